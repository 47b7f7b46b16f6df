"""The report passes the tables that its topics take."""

import pytest

from workbook.topics.quarterly_report import topic as report
from workbook.topics.quarterly_report.parameters import QuarterlyReport
from workbook.topics.registry import TOPICS


def test_every_table_that_a_topic_takes_can_be_chosen():
    tables = {
        parameter.choice_of
        for name, other in TOPICS.items()
        if name != report.name
        for parameter in other.Scenario.parameters().values()
        if parameter.choice_of
    }
    chosen = {parameter.choice_of for parameter in QuarterlyReport.parameters().values()}
    assert tables <= chosen


def test_other_discount_rates_give_another_net_present_value_in_both_quarters(tmp_path):
    rates = tmp_path / "rates.csv"
    rates.write_text(
        "schedule,valid_from,valid_to,from_year,to_year,rate,source\n"
        "ours,2003-01-01,,1,125,0.0,Ours\n"
    )
    outcome = report.run(discount_data=str(rates))
    savings = outcome.part_outcomes["savings"]
    assert savings.scenario.values()["discount_data"] == str(rates)
    assert savings["npv"].value == pytest.approx(savings.frame("cash_flow")["net"].sum())
    assert "the same as in March 2014" in outcome["savings.npv"].note


def test_the_report_of_a_quarter_after_june_2026_uses_the_last_rates():
    outcome = report.run(quarter="2026-Q3")
    notes = outcome.part_outcomes["savings"].notes
    assert any("due for review by 30 June 2026" in note for note in notes)
    assert outcome["savings.npv"].value == pytest.approx(report.run()["savings.npv"].value)
