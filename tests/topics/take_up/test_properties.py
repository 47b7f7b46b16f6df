"""Property tests of take-up for any table and any selection."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.topics.take_up.example_tables import evaluate_on_table, small_table
from workbook.scenario import ScenarioError, join_list
from workbook.topics.take_up.comparison import TAKE_UP_CHANGE_PARTS
from workbook.topics.take_up.data import take_up_table as table

WINDOWS = ("2013-03", "2013-06", "2013-09", "2013-12", "2014-03", "2014-06")
SERVICES = tuple("ABCDE")
SHIPPED = table.load_table("2017-Q3")
NAMES = sorted(set(SHIPPED["service"]))
DEPARTMENTS = sorted(set(SHIPPED["department"]))

counts = st.one_of(st.none(), st.integers(0, 10**9))


@st.composite
def example_tables(draw):
    """Draw a table of a few services, with gaps and with digital counts above the volume."""
    places = [(service, window) for service in SERVICES for window in WINDOWS]
    kept = draw(st.lists(st.sampled_from(places), unique=True, min_size=1))
    return small_table(*((service, window, draw(counts), draw(counts)) for service, window in kept))


def evaluate_or_none(frame, **values):
    try:
        return evaluate_on_table(frame, **{"exclude": "", **values})
    except ScenarioError:
        return None  # nobody reports: refused, which is tested by itself


def assert_parts_add_up(outcome):
    change = outcome.frame("change")["value"]
    if len(change) == 1 or change.isna().any():
        return
    parts = [outcome[f"change_{part}"].value for part in TAKE_UP_CHANGE_PARTS]
    assert math.fsum(parts) == pytest.approx(change.iloc[-1] - change.iloc[0], abs=1e-9)


@given(example_tables())
@settings(max_examples=60)
def test_any_table_gives_shares_within_0_and_1(frame):
    outcome = evaluate_or_none(frame)
    if outcome is None:
        return
    assert_parts_add_up(outcome)
    ahead = outcome.frame("forecast")
    others = ["quarter", "take_up", "services", "cases", "error_relative"]
    shares = ahead.drop(columns=others).to_numpy(dtype=float)
    assert ((shares >= 0) & (shares <= 1)).sum() == (shares == shares).sum()  # noqa: PLR0124
    chance = outcome["probability_of_target"].value
    assert chance is None or 0 <= chance <= 1
    covered = outcome["volume_covered"].value
    assert covered is None or 0 <= covered <= 1


@given(
    quarter=st.sampled_from(["2013-Q1", "2014-Q2", "2016-Q1", "2017-Q3"]),
    department=st.lists(st.sampled_from(DEPARTMENTS), max_size=3, unique=True),
    exclude=st.lists(st.sampled_from(NAMES), max_size=4, unique=True),
)
@settings(max_examples=40)
def test_the_five_effects_add_up_for_any_selection(quarter, department, exclude):
    values = {"department": join_list(department), "exclude": join_list(exclude)}
    outcome = evaluate_or_none(SHIPPED, quarter=quarter, **values)
    if outcome is not None:
        assert_parts_add_up(outcome)


@given(example_tables(), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_of_rows_changes_nothing(frame, random):
    order = list(range(len(frame)))
    random.shuffle(order)
    one, other = evaluate_or_none(frame), evaluate_or_none(frame.iloc[order].reset_index(drop=True))
    assert (one is None) == (other is None)
    if one is None:
        return
    for a, b in zip(one.indicators, other.indicators, strict=True):
        assert a.value == b.value or a.value == pytest.approx(b.value, rel=1e-9, abs=1e-12)


@given(example_tables(), st.sampled_from([0.2, 0.5, 0.82, 0.99]))
@settings(max_examples=30)
def test_a_higher_target_is_never_more_likely(frame, target):
    lower, higher = evaluate_or_none(frame, target=target), evaluate_or_none(frame, target=1.0)
    if lower is not None and lower["probability_of_target"].value is not None:
        chances = [target_share["probability_of_target"].value for target_share in (lower, higher)]
        assert chances == sorted(chances, reverse=True)
