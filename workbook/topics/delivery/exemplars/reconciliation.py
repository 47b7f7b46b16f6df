"""Reasons why the published, listed and dated phases of the exemplar services differ."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from workbook.periods import period_end
from workbook.text.dates import format_day
from workbook.text.grammar import join_items
from workbook.topics.delivery.exemplars.phase_counts import PublishedPhaseCounts, count_by_phase
from workbook.topics.delivery.exemplars.phase_history import latest_phase_list, phases_by_milestones
from workbook.topics.delivery.exemplars.phases import DISCOVERY, EXEMPLAR_PHASES


def explain_differences(
    published: PublishedPhaseCounts, phases: pd.DataFrame, milestones: pd.DataFrame
) -> tuple[str, ...]:
    """Explain why the sources differ on the day of the published counts.

    The next list after that day shows which services may have been published in the phase that
    they were about to enter.

    Args:
        published: Published counts.
        phases: The table of exemplar phases.
        milestones: The table of exemplar milestones.

    Returns:
        A sentence for each reason; none if no list was published by that day.
    """
    listed_services = latest_phase_list(phases, published.day)
    if listed_services.empty:
        return ()
    return (
        *_shared_numbers(published, listed_services),
        *_unpublished_discovery(published, listed_services),
        *_moved_services(published, listed_services, phases),
        *_milestone_differences(listed_services, phases_by_milestones(milestones, published.day)),
    )


def _shared_numbers(
    published: PublishedPhaseCounts, listed_services: pd.DataFrame
) -> Iterator[str]:
    """Services that share a number count once in the report and twice in the list."""
    if len(listed_services) > published.services:
        shared = listed_services[listed_services["number"].duplicated(keep=False)]
        names = join_items(shared["title"])
        numbers = join_items(shared["number"].unique())
        yield (
            f"The list has {len(listed_services)} services for the {published.services} of the"
            f" report: {names} share number {numbers}."
        )


def _unpublished_discovery(
    published: PublishedPhaseCounts, listed_services: pd.DataFrame
) -> Iterator[str]:
    """Services in discovery, a phase that the report does not publish."""
    names = listed_services.loc[listed_services["phase"] == DISCOVERY, "title"].tolist()
    if len(names) > published.counts[DISCOVERY]:
        yield (
            f"The list has {join_items(names)} in discovery, a phase that the report does not "
            "print."
        )


def _moved_services(
    published: PublishedPhaseCounts, listed_services: pd.DataFrame, phases: pd.DataFrame
) -> Iterator[str]:
    """Services that are published in one phase and listed in another."""
    counts = count_by_phase(listed_services["phase"])
    gaps = {
        phase: published.counts[phase] - counts[phase]
        for phase in EXEMPLAR_PHASES
        if phase != DISCOVERY
    }
    if not any(gaps.values()):
        return
    gap_text = join_items(
        f"{abs(gap)} {'more' if gap > 0 else 'fewer'} in {phase}"
        for phase, gap in gaps.items()
        if gap
    )
    yield (
        f"The report prints {gap_text} than the list."
        f" {_likely_moves(listed_services, phases, gaps, published.day)}"
    )


def _likely_moves(
    listed_services: pd.DataFrame, phases: pd.DataFrame, gaps: dict[str, int], day: date
) -> str:
    """Services that left a phase with too few published for one with too many, by the next list."""
    days = phases["as_of"].map(lambda as_of: period_end(str(as_of)))
    if not (days > day).any():
        return "Which service moved is not known by that day."
    next_day = days[days > day].min()
    in_both_lists = listed_services.merge(
        latest_phase_list(phases, next_day), on="title", suffixes=("", "_after")
    )
    moved = in_both_lists[
        in_both_lists["phase"].map(gaps).lt(0) & in_both_lists["phase_after"].map(gaps).gt(0)
    ]
    if moved.empty:
        return "No service moved so by the next list."
    names = join_items(
        f"{row['title']} moved from {row['phase']} to {row['phase_after']}"
        for row in moved.to_dict("records")
    )
    return f"{names} by the list of {format_day(next_day)}: it may be printed as of then."


def _milestone_differences(
    listed_services: pd.DataFrame, milestone_phases: "pd.Series[str]"
) -> Iterator[str]:
    """Services whose milestones and list give different phases."""
    differences = [
        f"{title} in {milestone_phases[title]} (listed in {phase})"
        for title, phase in zip(listed_services["title"], listed_services["phase"], strict=True)
        if title in milestone_phases.index and milestone_phases[title] != phase
    ]
    if differences:
        yield f"By their dated milestones there are {join_items(differences)}."
