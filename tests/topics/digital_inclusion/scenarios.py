"""Valid scenarios of digital inclusion, of any kind, for what must always hold."""

from hypothesis import strategies as st

from workbook.topics.digital_inclusion.parameters import (
    MAX_PEOPLE_PER_YEAR,
    MAX_TARGET_YEARS,
    DigitalInclusion,
)

FEW_DRAWS = 100
"""Draws, as few as may be: what must hold, holds for each."""

shares = st.floats(0, 1)
people_per_year = st.integers(0, MAX_PEOPLE_PER_YEAR)


@st.composite
def valid_scenarios(draw, **fixed):
    """Any scenario within its bounds, its contradictions avoided."""
    adults = draw(st.integers(1, 1_000_000_000))
    baseline_year = draw(st.integers(2000, 2100))
    values = {
        "quarter": draw(st.sampled_from(["2010-Q1", "2014-Q1", "2014-Q2", "2026-Q4"])),
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
