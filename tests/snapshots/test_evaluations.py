"""Evaluations that the check of a request shares with the processes of its topics."""

from dataclasses import replace
from functools import partial

import pytest

from tests.snapshots.example_topic import People, evaluate_people, topic
from workbook.dependencies import Dependency
from workbook.resources import resource_folder
from workbook.snapshots.evaluations import evaluate_once
from workbook.tables import TableError
from workbook.topics.take_up import topic as take_up


def evaluate(topic_to_run, scenario):
    return evaluate_once(topic_to_run, scenario, scenario)


def test_the_same_scenario_is_evaluated_once_and_another_again():
    three = evaluate(topic, People(people=3))
    assert evaluate(topic, People(people=3)) is three
    assert evaluate(topic, People(people=4)).outcome["doubled"].value == 8
    assert evaluate(topic, People(people=3)) is not three


def test_another_topic_of_the_same_name_is_evaluated():
    other = replace(topic, model=partial(evaluate_people))
    assert evaluate(other, People()) is not evaluate(topic, People())


def test_a_file_that_was_changed_is_read_again(tmp_path):
    path = tmp_path / "take_up.csv"
    content = (resource_folder("data") / "take_up.csv").read_bytes()
    path.write_bytes(content)
    scenario = take_up.Scenario(quarter="2014-Q2", data=str(path))
    first = evaluate(take_up, scenario)
    assert evaluate(take_up, scenario) is first
    path.write_bytes(content.replace(b"HM Revenue", b"The Revenue"))
    changed = evaluate(take_up, scenario)
    assert changed is not first
    assert not changed.tables["take_up"].equals(first.tables["take_up"])
    path.unlink()
    with pytest.raises(TableError, match="is neither a file nor a table"):
        evaluate(take_up, scenario)


@pytest.mark.parametrize(("people", "evaluations"), [(5, 1), (6, 2)])
def test_a_report_uses_what_is_known_of_its_topics_if_it_rests_on_the_same(people, evaluations):
    evaluated = []

    def evaluate_and_count(tables, scenario):
        evaluated.append(scenario.people)
        return evaluate_people(tables, scenario)

    counted = replace(topic, model=evaluate_and_count)
    report = replace(
        topic,
        name="report",
        model=lambda *inputs: inputs[-1]["small"],
        dependencies=(Dependency(counted, {"people": "people"}),),
    )
    evaluate(counted, People(people=5))
    assert evaluate(report, People(people=people)).outcome["doubled"].value == 2 * people
    assert len(evaluated) == evaluations
