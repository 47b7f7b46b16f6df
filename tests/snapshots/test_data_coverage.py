"""The last quarter that the tables of a snapshot reach."""

from datetime import date

import pytest

from tests.snapshots.example_topic import topic as without_tables
from workbook.snapshots.data_coverage import check_quarter, find_last_quarter
from workbook.topics.registry import TOPICS

TODAY = date(2026, 11, 30)


def with_defaults(*names):
    return [(TOPICS[name], TOPICS[name].Scenario()) for name in names]


def test_the_newest_period_of_any_table_is_the_last_quarter():
    reached = {name: find_last_quarter(topic, topic.Scenario()) for name, topic in TOPICS.items()}
    assert (reached["take_up"], reached["delivery"]) == ("2017-Q3", "2018-Q4")
    assert reached["quarterly_report"] == max(reached.values())  # it reads the others' tables


def test_a_table_that_a_scenario_names_counts(tmp_path):
    path = tmp_path / "sales.csv"
    header = "return_id,month,framework,lot,sector,supplier_size,sales"
    path.write_text(f"{header}\n1,2021-04,G-Cloud 12,1,,other,10\n", encoding="utf-8")
    scenario = TOPICS["delivery"].Scenario(sales=str(path))
    assert find_last_quarter(TOPICS["delivery"], scenario) == "2021-Q2"


def test_a_topic_without_periods_has_none_and_sets_no_limit():
    assert not find_last_quarter(without_tables, without_tables.Scenario())
    check_quarter("2026-Q3", [(without_tables, without_tables.Scenario())], TODAY)


@pytest.mark.parametrize("quarter", ["2014-Q2", "2017-Q3"])
def test_a_quarter_of_the_figures_is_accepted(quarter):
    check_quarter(quarter, with_defaults("take_up"), TODAY)


def test_a_topic_may_be_behind_the_others():
    check_quarter("2018-Q1", with_defaults("take_up", "delivery"), TODAY)


@pytest.mark.parametrize(
    ("quarter", "names", "problem", "limits", "remedy"),
    [
        (
            "2018-Q1",
            ["take_up"],
            "is after all the figures",
            "2017-Q3 for take_up",
            "Import later figures, or choose 2017-Q3 or an earlier quarter",
        ),
        (
            "2019-Q1",
            ["take_up", "delivery", "savings"],
            "is after all the figures",
            "2018-Q4 for delivery; 2017-Q3 for take_up and savings",
            "Import later figures, or choose 2018-Q4 or an earlier quarter",
        ),
        (
            "2026-Q4",
            ["take_up"],
            "has not ended",
            "2017-Q3 for take_up",
            "Name an earlier quarter",
        ),
    ],
)
def test_a_later_quarter_is_rejected_with_the_last_one(quarter, names, problem, limits, remedy):
    with pytest.raises(ValueError, match=problem) as error:
        check_quarter(quarter, with_defaults(*names), TODAY)
    reach = f"The last quarter that the tables reach is {limits}."
    assert str(error.value) == f"{quarter} {problem}. {reach} {remedy}"


def test_a_quarter_that_has_not_ended_is_rejected_whatever_is_known_of_it():
    with pytest.raises(ValueError, match=r"^2014-Q2 has not ended\."):
        check_quarter("2014-Q2", with_defaults("take_up"), date(2014, 6, 30))
    check_quarter("2014-Q2", with_defaults("take_up"), date(2014, 7, 1))


def test_a_table_that_cannot_be_read_is_left_to_the_run(tmp_path):
    (tmp_path / "sales.csv").write_text("nothing", encoding="utf-8")
    scenario = TOPICS["delivery"].Scenario(sales=str(tmp_path / "sales.csv"))
    assert find_last_quarter(TOPICS["delivery"], scenario) == "2018-Q4"  # of its other tables
