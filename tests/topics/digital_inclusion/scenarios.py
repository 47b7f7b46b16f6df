"""Valid scenarios of digital inclusion, of any kind, for what must always hold."""

from hypothesis import strategies as st

from workbook.topics.digital_inclusion.scenario import LONGEST, MOST_A_YEAR, DigitalInclusion

FEW = 100
"""Draws, as few as may be: what must hold, holds for each."""

shares = st.floats(0, 1)
a_year = st.integers(0, MOST_A_YEAR)


@st.composite
def scenarios(draw, **fixed):
    """Any scenario within its bounds, its contradictions avoided."""
    adults = draw(st.integers(1, 1_000_000_000))
    baseline_year = draw(st.integers(2000, 2100))
    values = {
        "quarter": draw(st.sampled_from(["2010-Q1", "2014-Q1", "2014-Q2", "2026-Q4"])),
        "adults": adults,
        "baseline_people": draw(st.integers(0, adults)),
        "baseline_year": baseline_year,
        "target_year": baseline_year + draw(st.integers(1, LONGEST)),
        "reduction_target": draw(shares),
        "unaided_gain": draw(a_year),
        "relapse_rate": draw(shares),
        "programme_starts": draw(a_year),
        "dropout": draw(shares),
        "persistence": draw(shares),
        "deadweight": draw(shares),
        "unit_cost": draw(st.floats(0, 10_000)),
        "floor_share": draw(shares),
        "draws": FEW,
        "seed": draw(st.integers(0, 2**32 - 1)),
    }
    return DigitalInclusion(**values | fixed)
