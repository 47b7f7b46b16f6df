"""The staff that answers: a queue in years, its answer in days, and what cannot be reached."""

import pytest

from tests.topics.policymaking.examples import evaluate
from workbook.topics.policymaking.parameters import Policymaking
from workbook.topics.policymaking.staffing import plan_staffing, staffing_table


def test_two_analysts_by_hand():
    # load 24 × 15 / 220 = 1.63636; C = 7.363636 / 10; wait = C / (2 × 220 / 15 − 24) years
    outcome = evaluate()
    assert outcome["wait_probability"].value == pytest.approx(0.7363636)
    assert outcome["mean_wait_days"].value == pytest.approx(0.7363636 / (16 / 3) * 365, rel=1e-6)
    assert outcome["analysts_for_target"].value == 3


def test_three_analysts_reach_the_target_and_two_do_not():
    table = staffing_table(plan_staffing(Policymaking())).set_index("analysts")
    assert table["meets_target"].to_dict() == {
        2: False,
        3: True,
        4: True,
        5: True,
        6: True,
        7: True,
    }
    assert table.loc[3, "share_in_time"] == pytest.approx(
        evaluate(analysts=3)["expected_share_in_time"].value
    )


@pytest.mark.parametrize("analysts", [1, 2])
def test_too_few_analysts_have_no_wait_but_a_reason(analysts):
    outcome = evaluate(analysts=analysts, consultations_a_year=30)
    verb = "analyst is" if analysts == 1 else "analysts are"
    for name in ("expected_share_in_time", "mean_wait_days", "wait_probability"):
        assert outcome[name].value is None
        assert outcome[name].explanation == (
            f"{analysts} {verb} too few: the queue grows without bound, and at least 3 are needed"
            " to keep up"
        )
    assert outcome["analysts_for_target"].value is not None


def test_work_that_takes_too_long_has_no_number_of_analysts():
    outcome = evaluate(staff_days=40, analysts=9)
    assert outcome["analysts_for_target"].value is None
    assert outcome["analysts_for_target"].formatted_value == "cannot be reached"
    # 1 − exp(−84 / 365 × 220 / 40) = 71.8%
    assert outcome["analysts_for_target"].explanation == (
        "even if no consultation waits, 71.8% are answered in time, fewer than 90%"
    )
    assert "no number of analysts answers more than 71.8% in time" in outcome.headline


def test_no_consultations_need_one_analyst_and_no_wait():
    outcome = evaluate(consultations_a_year=0)
    assert outcome["mean_wait_days"].value == 0
    assert outcome["analysts_for_target"].value == 1


def test_the_table_stays_short_for_any_number_of_analysts():
    for values in ({"analysts": 10_000}, {"consultations_a_year": 10_000}):
        assert len(staffing_table(plan_staffing(Policymaking(**values)))) <= 24
