"""Analysis of the exemplar services: phases by source, timeline, and time to live."""

from datetime import date

import pandas as pd

from workbook.topics.delivery.exemplars.phase_counts import compare_phase_counts
from workbook.topics.delivery.exemplars.phase_history import (
    last_known_month,
    milestones_of_other_sources,
    milestones_of_products,
    months_to_live,
    phase_start_months,
    phase_timeline,
    phases_by_milestones,
)
from workbook.topics.delivery.exemplars.phase_lists import (
    count_services,
    latest_phase_list,
    next_phase_list,
)
from workbook.topics.delivery.exemplars.phases import EXEMPLAR_PHASES, PublishedPhaseCounts
from workbook.topics.delivery.exemplars.reconciliation import explain_differences
from workbook.topics.delivery.exemplars.services import ExemplarServices
from workbook.topics.delivery.exemplars.survival import estimate_survival


def analyse_services(
    phases: pd.DataFrame,
    milestones: pd.DataFrame,
    published: PublishedPhaseCounts | None,
    day: date,
) -> ExemplarServices:
    """Analyse the selected exemplar services as they stood on a day.

    Args:
        phases: Rows of the table of exemplar phases.
        milestones: Rows of the table of exemplar milestones.
        published: Published counts by phase, None where they are not for the selected services.
        day: The day.

    Returns:
        The services' phases, timeline and time to live.
    """
    latest_list = latest_phase_list(phases, day)
    timeline = _sort_timeline(
        phase_timeline(milestones, day), milestones.drop_duplicates("title"), latest_list
    )
    durations = months_to_live(milestones, day)
    last_month = last_known_month(milestones, day)
    dated_phases = phases_by_milestones(milestones, day)
    dated_services = milestones[milestones["title"].isin(dated_phases.index)]
    return ExemplarServices(
        service_count=(
            published.services
            if published and published.day == day
            else count_services(dated_services if latest_list.empty else latest_list)
        ),
        phase_counts=compare_phase_counts(published, latest_list, dated_phases, day, last_month),
        differences=_differences_table(published, phases, milestones, day),
        latest_list=latest_list,
        timeline=timeline,
        summary=_services_table(latest_list, timeline, durations),
        time_to_live=estimate_survival(durations),
        last_known_month=last_month,
        other_sources=milestones_of_other_sources(milestones, day),
        product_milestones=milestones_of_products(milestones, day),
    )


def _differences_table(
    published: PublishedPhaseCounts | None,
    phases: pd.DataFrame,
    milestones: pd.DataFrame,
    day: date,
) -> pd.DataFrame:
    """Reasons why the sources differ on the day of the published counts, as known on a day."""
    reasons: tuple[str, ...] = ()
    if published:
        reasons = explain_differences(
            published,
            latest_phase_list(phases, published.day),
            next_phase_list(phases, published.day),
            phases_by_milestones(milestones, published.day),
            phase_start_months(milestones, day),
        )
    days = [str(published.day)] * len(reasons) if published else []
    return pd.DataFrame({"difference": list(reasons), "as_of": days}, dtype=object)


def _sort_timeline(
    rows: pd.DataFrame, services: pd.DataFrame, latest_list: pd.DataFrame
) -> pd.DataFrame:
    """Add numbers and departments to the timeline; sort services by their phase, live first."""
    with_departments = rows.assign(
        department=rows["title"].map(latest_list.set_index("title")["department"]),
        number=rows["title"].map(services.set_index("title")["number"]),
    )
    current_phases = rows[rows["going_on"].astype(bool)]
    furthest_first = sorted(
        zip(current_phases["title"], current_phases["phase"], current_phases["start"], strict=True),
        key=lambda service: (-EXEMPLAR_PHASES.index(service[1]), service[2]),
    )
    positions = {title: position for position, (title, *_) in enumerate(furthest_first)}
    return with_departments.sort_values(
        "title", key=lambda titles: titles.map(positions), kind="stable", ignore_index=True
    )


def _services_table(
    latest_list: pd.DataFrame, timeline: pd.DataFrame, durations: pd.DataFrame
) -> pd.DataFrame:
    """Each service: its listed phase, its phase by milestones, and its months from discovery."""
    current_phases = timeline[timeline["going_on"].astype(bool)].set_index("title")
    listed_phases = latest_list.set_index("title")[["department", "phase"]]
    order = [*current_phases.index, *listed_phases.index.difference(current_phases.index)]
    services = listed_phases.rename(columns={"phase": "phase_listed"}).reindex(order)
    services = services.assign(phase_dated=current_phases["phase"], **durations.set_index("title"))
    return services.astype({"completed": "boolean"}).rename_axis("title").reset_index()
