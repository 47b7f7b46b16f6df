"""The counterfactual: what take-up is assumed to be without the move."""

import pytest

from tests.topics.savings.examples import evaluate_example

START = "The whole rise is counted as due to the move. Without it, take-up is assumed to stay at "


@pytest.mark.parametrize(
    ("quarter", "recent_change"),
    [
        ("2012-Q4", ""),
        (
            "2014-Q2",
            " At unchanged mix, reported take-up rose by 1.2 points in the year to June 2014.",
        ),
        (
            "2015-Q1",
            " At unchanged mix, reported take-up rose by 4.4 points in the year to March 2015.",
        ),
        (
            "2021-Q4",
            " At unchanged mix, reported take-up rose by 3.2 points in the year to September 2017.",
        ),
    ],
)
def test_it_is_said_as_an_assumption_in_the_first_three_notes(quarter, recent_change):
    outcome = evaluate_example(quarter=quarter)
    note = f"{START}72.3%, which nothing here shows.{recent_change}"
    assert note in outcome.warnings_and_notes[:3]


def test_a_service_has_its_own_change():
    outcome = evaluate_example(service="Vehicle tax renewals")
    assert outcome.notes[0] == (
        f"{START}54.2%, which nothing here shows. Its reported take-up rose by 1.3 points in the"
        " year to June 2014."
    )


def test_a_fall_is_due_to_the_move_too():
    assert evaluate_example(take_up_target=0.6).notes[0].startswith("The whole fall is counted")


def test_there_is_none_where_take_up_stays_as_it_is():
    notes = " ".join(evaluate_example(curve="forecast").notes)
    assert "due to the move" not in notes
