"""Exemplar services to test with: the bundled tables as a quarter sees them, and milestones."""

from datetime import date

import pandas as pd
from hypothesis import strategies as st

from tests.topics.delivery.bundled_tables import load_bundled
from workbook.periods import last_day_of_quarter
from workbook.topics.delivery.exemplars.data import (
    exemplar_milestones_schema,
    exemplar_phases_schema,
)
from workbook.topics.delivery.exemplars.phase_counts import (
    compare_phase_counts,
    published_phase_counts,
)
from workbook.topics.delivery.exemplars.phase_history import (
    last_known_month,
    phase_start_months,
    phases_by_milestones,
)
from workbook.topics.delivery.exemplars.phase_lists import latest_phase_list, next_phase_list
from workbook.topics.delivery.exemplars.phases import EXEMPLAR_PHASES
from workbook.topics.delivery.exemplars.reconciliation import explain_differences
from workbook.topics.delivery.measures.data import progress_measures_schema

JUNE = date(2014, 6, 30)
QUARTERS = [f"{year}-Q{n}" for year in range(2011, 2019) for n in range(1, 5)]
MONTH = st.builds("{:04d}-{:02d}".format, st.integers(2012, 2014), st.integers(1, 12))


def visible_data(quarter):
    """Published counts, lists and milestones known in a quarter, and its last day."""
    return (
        published_phase_counts(load_bundled(progress_measures_schema, quarter)),
        load_bundled(exemplar_phases_schema, quarter),
        load_bundled(exemplar_milestones_schema, quarter),
        last_day_of_quarter(quarter),
    )


def compare_on_day(quarter):
    """The services in each phase by source, as a quarter sees them."""
    published, phases, milestones, day = visible_data(quarter)
    return compare_phase_counts(
        published,
        latest_phase_list(phases, day),
        phases_by_milestones(milestones, day),
        day,
        last_known_month(milestones, day),
    )


def explain_on_day(published, phases, milestones, day=date(2014, 9, 30)):
    """Why the sources differ on the day of the published counts, as known on a later day."""
    return explain_differences(
        published,
        latest_phase_list(phases, published.day),
        next_phase_list(phases, published.day),
        phases_by_milestones(milestones, published.day),
        phase_start_months(milestones, day),
    )


def counts_on_day(quarter):
    return (
        compare_on_day(quarter)
        .set_index("account")[[*EXEMPLAR_PHASES, "services"]]
        .to_numpy()
        .tolist()
    )


def milestone_frame(*rows):
    frame = pd.DataFrame(rows, columns=["title", "phase", "month"], dtype=str)
    return frame.assign(state="completed", as_of="2015-02")


@st.composite
def example_milestones(draw):
    """Milestones of a few services, in any order and with some phases missing."""
    rows = draw(
        st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(EXEMPLAR_PHASES), MONTH))
    )
    return milestone_frame(*rows)
