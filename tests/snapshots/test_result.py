"""Titles and selection of the tables of a run."""

from dataclasses import replace

import pandas as pd
import pytest

from tests.result_tables import make_table
from tests.snapshots.example_topic import People, evaluate_people, topic, write_notebook
from workbook.dependencies import Dependency
from workbook.snapshots.jobs import TopicRun
from workbook.snapshots.result import compute_result
from workbook.widgets.study import Study

AGES = pd.DataFrame({"age": [30]})


def evaluate_with_more_tables(tables, scenario):
    """The outcome of the example topic with one more table."""
    outcome = evaluate_people(tables, scenario)
    return replace(outcome, tables=(*outcome.tables, make_table("ages", AGES, "People by age")))


def table_titles(folder, topic_to_run):
    result = compute_result(TopicRun(topic_to_run, People(), write_notebook(folder)))
    return {table.name: table.title for table in result.tables}


def test_a_table_has_the_same_title_in_files_and_on_the_page(tmp_path):
    topic_to_run = replace(topic, model=evaluate_with_more_tables)
    titles = {"path": "People by year", "ages": "People by age"}
    assert table_titles(tmp_path, topic_to_run) == titles
    study = Study(topic_to_run, People())
    assert {name: study.table(name).content["title"] for name in titles} == titles
    assert study.charts["path"].table_content["title"] == titles["path"]


def test_an_unknown_table_is_rejected_with_a_suggestion():
    study = Study(replace(topic, model=evaluate_with_more_tables), People())
    with pytest.raises(KeyError, match=r'Unknown table "age". Did you mean "ages"'):
        study.table("age")


def test_tables_of_parts_follow_without_duplicates(tmp_path):
    part = replace(topic, name="part", title="Part", model=evaluate_with_more_tables)

    def evaluate_combined(tables, scenario, outcomes):
        return replace(
            evaluate_people(tables, scenario),
            tables=(outcomes["part"].table("ages"),),
            part_outcomes=dict(outcomes),
        )

    dependent = replace(topic, model=evaluate_combined, charts={}, dependencies=(Dependency(part),))
    assert table_titles(tmp_path, dependent) == {
        "ages": "People by age",
        "part_path": "Part: People by year",
    }
