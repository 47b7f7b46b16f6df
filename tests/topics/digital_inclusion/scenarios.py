"""Strategies that draw valid scenarios of digital inclusion for property tests."""

from hypothesis import strategies as st

from workbook.topics.digital_inclusion.parameters import (
    MAX_PEOPLE_PER_YEAR,
    MAX_TARGET_YEARS,
    DigitalInclusion,
)

QUARTERS = ["2014-Q2", "2016-Q1", "2021-Q4", "2026-Q4"]
"""The first quarter that knows the baseline, and later ones with more counts."""

FEW_DRAWS = 100
"""Number of simulations: the least allowed, because the properties hold for each."""

shares = st.floats(0, 1)
people_per_year = st.integers(0, MAX_PEOPLE_PER_YEAR)


@st.composite
def valid_scenarios(draw, **fixed):
    """Draw a scenario within the bounds and without contradictions."""
    adults = draw(st.integers(1, 1_000_000_000))
    baseline_year = draw(st.integers(2000, 2100))
    values = {
        "quarter": draw(st.sampled_from(QUARTERS)),
        "adults": adults,
        "baseline_people": draw(st.integers(0, adults)),
        "baseline_year": baseline_year,
        "target_year": baseline_year + draw(st.integers(1, MAX_TARGET_YEARS)),
        "reduction_target": draw(shares),
        "unaided_gain": draw(people_per_year),
        "relapse_rate": draw(shares),
        "programme_starts": draw(people_per_year),
        "dropout": draw(shares),
        "persistence": draw(shares),
        "deadweight": draw(shares),
        "unit_cost": draw(st.floats(0, 10_000)),
        "floor_share": draw(shares),
        "draws": FEW_DRAWS,
        "seed": draw(st.integers(0, 2**32 - 1)),
    }
    return DigitalInclusion(**values | fixed)
