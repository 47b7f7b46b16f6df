"""The assumptions register: every assumption with its swing and its risk, the highest first."""

import pytest

from workbook.analysis.assumptions_register import assumptions_register, build_register
from workbook.analysis.deferred import run_analyses
from workbook.analysis.tornado import tornado
from workbook.topics.registry import TOPICS

INCLUSION = TOPICS["digital_inclusion"]
SCENARIO = INCLUSION.Scenario(draws=100)


def test_risk_is_quality_times_swing_and_the_highest_comes_first() -> None:
    frame = build_register(INCLUSION, SCENARIO).frame.set_index("parameter")
    swings = tornado(INCLUSION, SCENARIO, indicator=INCLUSION.tornado).set_index("parameter")
    for name, score in (("baseline_people", 1), ("unaided_gain", 2), ("dropout", 3)):
        assert frame.loc[name, "swing"] == swings.loc[name, "swing"]
        assert frame.loc[name, "risk"] == score * swings.loc[name, "swing"]
    assert frame["risk"].dropna().is_monotonic_decreasing


def test_each_assumption_says_what_auditors_ask_for() -> None:
    register = build_register(INCLUSION, SCENARIO)
    row = register.frame.set_index("parameter").loc["dropout"]
    assert row["meaning"] == "Of people who start, the share who leave before they gain the skills."
    assert (row["value"], row["range"], row["distribution"]) == ("30%", "10% to 50%", "PERT")
    assert (row["quality"], row["owner"]) == ("red", "policy team")
    assert (row["reviewed"], row["review_due"]) == ("2014-07-24", "2015-07-24")
    assert row["review_status"] == "up to date"
    assert "People without basic digital skills in 2020: +" in row["moves"]
    assert set(register.columns) == set(register.frame.columns)


def test_a_lever_has_no_swing_and_a_changed_value_no_quality() -> None:
    scenario = SCENARIO.replace(dropout=0.4)
    frame = build_register(INCLUSION, scenario).frame.set_index("parameter")
    assert frame.loc["programme_starts", ["swing", "risk"]].isna().all()
    assert frame.loc["dropout", "quality"] == ""
    assert frame.loc["dropout", "risk"] == 3 * frame.loc["dropout", "swing"]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_a_register_of_its_assumptions(topic: str) -> None:
    selected = TOPICS[topic]
    declared = selected.Scenario.parameters().values()
    frame = build_register(selected).frame
    assert set(frame["parameter"]) == {item.name for item in declared if item.is_assumption}


def test_no_risk_is_known_before_the_swings() -> None:
    frame = assumptions_register(INCLUSION, INCLUSION.run(SCENARIO)).frame
    declared = INCLUSION.Scenario.parameters().values()
    assert frame["parameter"].tolist() == [item.name for item in declared if item.is_assumption]
    assert frame[["swing", "risk"]].isna().all(axis=None)


@pytest.mark.parametrize("topic", TOPICS)
def test_the_register_is_among_the_deferred_analyses(topic: str) -> None:
    selected = TOPICS[topic]
    scenario = selected.Scenario()
    tables = selected.load_tables(scenario)
    outcome = selected.evaluate_model(tables, scenario)
    results = run_analyses(selected, outcome, tables)
    registers = [result.table for result in results if result.chart is None]
    expected = build_register(selected, scenario, tables=tables).frame
    assert [table.name for table in registers] == ["assumptions"] * (not expected.empty)
    assert all(table.frame.equals(expected) for table in registers)
