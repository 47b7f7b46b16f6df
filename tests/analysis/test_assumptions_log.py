"""The assumptions log: every assumption with its swing and its risk, the highest first."""

import pytest

from workbook.analysis.assumptions_log import build_assumptions_log
from workbook.analysis.tornado import tornado
from workbook.topics.registry import TOPICS

INCLUSION = TOPICS["digital_inclusion"]
SCENARIO = INCLUSION.Scenario(draws=100)


def test_risk_is_quality_times_swing_and_the_highest_comes_first() -> None:
    frame = build_assumptions_log(INCLUSION, SCENARIO).frame.set_index("parameter")
    swings = tornado(INCLUSION, SCENARIO, indicator=INCLUSION.tornado).set_index("parameter")
    for name, score in (("baseline_people", 1), ("unaided_gain", 2), ("dropout", 3)):
        assert frame.loc[name, "swing"] == swings.loc[name, "swing"]
        assert frame.loc[name, "risk"] == score * swings.loc[name, "swing"]
    assert frame["risk"].dropna().is_monotonic_decreasing


def test_each_assumption_says_what_auditors_ask_for() -> None:
    log = build_assumptions_log(INCLUSION, SCENARIO)
    row = log.frame.set_index("parameter").loc["dropout"]
    assert row["meaning"] == "Of people who start, the share who leave before they gain the skills."
    assert (row["value"], row["range"], row["distribution"]) == ("30%", "10% to 50%", "PERT")
    assert (row["quality"], row["owner"]) == ("red", "policy team")
    assert (row["reviewed"], row["review_due"]) == ("2014-07-24", "2015-07-24")
    assert row["review_status"] == "up to date"
    assert "People without basic digital skills in 2020: +" in row["moves"]
    assert set(log.columns) == set(log.frame.columns)


def test_a_lever_has_no_swing_and_a_changed_value_no_quality() -> None:
    scenario = SCENARIO.replace(dropout=0.4)
    frame = build_assumptions_log(INCLUSION, scenario).frame.set_index("parameter")
    assert frame.loc["programme_starts", ["swing", "risk"]].isna().all()
    assert frame.loc["dropout", "quality"] == ""
    assert frame.loc["dropout", "risk"] == 3 * frame.loc["dropout", "swing"]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_a_log_of_its_assumptions(topic: str) -> None:
    selected = TOPICS[topic]
    declared = selected.Scenario.parameters().values()
    frame = build_assumptions_log(selected).frame
    assert set(frame["parameter"]) == {item.name for item in declared if item.is_assumption}
