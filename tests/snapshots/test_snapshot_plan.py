"""The plan of an unfinished snapshot: a later run of one topic completes it with the others."""

import pytest

from workbook.cli.snapshot_scenarios import add_planned_topics
from workbook.snapshots.archive import unfinished_folder
from workbook.snapshots.snapshot_plan import read_plan
from workbook.topics.registry import TOPICS


@pytest.fixture
def folder(tmp_path):
    folder = unfinished_folder(tmp_path, "2014-Q2")
    (folder / "records").mkdir(parents=True)
    (folder / "plan.json").write_text('{"savings": {"quarter": "2014-Q2", "horizon": 5}}')
    return folder


def finish(folder):
    (folder / "records" / "take_up.json").write_text("{}")


def test_a_plan_of_which_nothing_is_finished_counts_for_nothing(folder, tmp_path):
    assert read_plan(tmp_path, "2014-Q2") == {}
    finish(folder)
    assert read_plan(tmp_path, "2014-Q2") == {"savings": {"quarter": "2014-Q2", "horizon": 5}}
    assert read_plan(tmp_path, "2014-Q3") == {}


@pytest.mark.parametrize("text", ["{", "[]", '{"savings": 1}'])
def test_a_damaged_plan_says_how_to_start_anew(folder, tmp_path, text):
    finish(folder)
    (folder / "plan.json").write_text(text)
    with pytest.raises(ValueError, match=r"plan\.json is damaged\. Delete .*2014-Q2 to start"):
        read_plan(tmp_path, "2014-Q2")


def test_what_is_asked_for_counts_and_the_others_are_added():
    plan = {name: TOPICS[name].Scenario().values() for name in ("take_up", "savings")} | {
        "gone": {}
    }
    asked = TOPICS["savings"].Scenario(draws=100)
    runs = add_planned_topics([(TOPICS["savings"], asked)], plan, TOPICS)
    assert {topic.name: scenario for topic, scenario in runs} == {
        "take_up": TOPICS["take_up"].Scenario(),
        "savings": asked,
    }
    assert add_planned_topics([(TOPICS["savings"], asked)], {}, TOPICS) == [
        (TOPICS["savings"], asked)
    ]
