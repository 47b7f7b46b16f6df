"""What a run's tables are called, and which there are."""

from dataclasses import replace

import altair as alt
import pandas as pd
import pytest

from tests.snapshots.example_topic import People, evaluate_people, topic, write_notebook
from workbook.snapshots.jobs import TopicRun
from workbook.snapshots.result import compute_result
from workbook.topic import Dependency
from workbook.widgets.study import Study

TITLES = {"path": "People by year", "ages": "People by age"}
AGES = pd.DataFrame({"age": [30]})


def evaluate_with_more_tables(tables, scenario):
    """The small outcome with two more tables, all but one of them titled."""
    outcome = evaluate_people(tables, scenario)
    return replace(
        outcome,
        tables={**outcome.tables, "ages": AGES, "by_place": AGES.copy()},
        table_titles=TITLES,
    )


def table_titles(folder, topic_to_run):
    result = compute_result(TopicRun(topic_to_run, People(), write_notebook(folder)))
    return {table.name: table.title for table in result.tables}


def test_a_charts_title_goes_before_the_outcomes_and_that_before_the_name(tmp_path):
    titles = table_titles(tmp_path, replace(topic, model=evaluate_with_more_tables))
    assert titles == {"path": "People go", "ages": "People by age", "by_place": "By place"}


def test_a_chart_without_a_title_leaves_the_outcomes(tmp_path):
    def untitled(outcome):
        return alt.Chart(outcome.frame("path")).mark_line().encode(x="year:Q", y="people:Q")

    titles = table_titles(
        tmp_path, replace(topic, model=evaluate_with_more_tables, charts={"path": untitled})
    )
    assert titles["path"] == "People by year"


def test_a_table_on_the_page_has_its_title_where_no_caption_is_given():
    study = Study(replace(topic, model=evaluate_with_more_tables), People())
    captions = [study.table(name).caption for name in ("path", "ages", "by_place")]
    assert captions == ["People by year", "People by age", "By place"]
    assert study.table("ages", "Ages").caption == "Ages"
    with pytest.raises(KeyError, match="no table 'age': there are path, ages, by_place"):
        study.table("age")


def test_the_tables_of_parts_follow_but_for_those_that_are_its_own(tmp_path):
    part = replace(topic, name="part", title="Part", model=evaluate_with_more_tables)

    def whole(tables, scenario, outcomes):
        own_tables = {"ages": outcomes["part"].frame("ages")}
        return replace(evaluate_people(tables, scenario), tables=own_tables, parts=dict(outcomes))

    needing = replace(topic, model=whole, charts={}, dependencies=(Dependency(part),))
    assert table_titles(tmp_path, needing) == {
        "ages": "Ages",
        "part_path": "Part: People by year",
        "part_by_place": "Part: By place",
    }
