"""Reasons why the published, listed and dated phases of the exemplar services differ."""

from collections.abc import Iterator

import pandas as pd

from workbook.periods import period_end
from workbook.text.dates import format_day
from workbook.text.grammar import join_items
from workbook.topics.delivery.exemplars.phases import (
    DISCOVERY,
    EXEMPLAR_PHASES,
    PublishedPhaseCounts,
    count_by_phase,
)


def explain_differences(
    published: PublishedPhaseCounts,
    listed: pd.DataFrame,
    next_list: pd.DataFrame,
    dated_phases: "pd.Series[str]",
) -> tuple[str, ...]:
    """Explain why the sources differ on the day of the published counts.

    The next list after that day shows which services may have been published in the phase that
    they were about to enter.

    Args:
        published: Published counts.
        listed: The newest list of services by phase on that day.
        next_list: The first list after that day.
        dated_phases: The phase of each service by its milestones on that day.

    Returns:
        A sentence for each reason; none if no list was published by that day.
    """
    if listed.empty:
        return ()
    return (
        *_shared_numbers(published, listed),
        *_unpublished_discovery(published, listed),
        *_moved_services(published, listed, next_list),
        *_milestone_differences(listed, dated_phases),
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
            f"The dashboard lists {len(listed_services)} services and the report"
            f" {published.services}: {names} share number {numbers}."
        )


def _unpublished_discovery(
    published: PublishedPhaseCounts, listed_services: pd.DataFrame
) -> Iterator[str]:
    """Services in discovery, a phase that the report does not publish."""
    names = listed_services.loc[listed_services["phase"] == DISCOVERY, "title"].tolist()
    if len(names) > published.counts[DISCOVERY]:
        yield (
            f"The dashboard lists {join_items(names)} in discovery, a phase that the report does"
            " not publish."
        )


def _moved_services(
    published: PublishedPhaseCounts, listed_services: pd.DataFrame, next_list: pd.DataFrame
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
        f"The report has {gap_text} than the dashboard."
        f" {_likely_moves(listed_services, next_list, gaps)}"
    )


def _likely_moves(
    listed_services: pd.DataFrame, next_list: pd.DataFrame, gaps: dict[str, int]
) -> str:
    """Services that left a phase with too few published for one with too many, by the next list."""
    if next_list.empty:
        return "No later list shows yet which service moved."
    in_both_lists = listed_services.merge(next_list, on="title", suffixes=("", "_after"))
    moved = in_both_lists[
        in_both_lists["phase"].map(gaps).lt(0) & in_both_lists["phase_after"].map(gaps).gt(0)
    ]
    if moved.empty:
        return "The next list shows no such move."
    names = join_items(
        f"{row['title']} moved from {row['phase']} to {row['phase_after']}"
        for row in moved.to_dict("records")
    )
    next_day = format_day(period_end(str(next_list["as_of"].iloc[0])))
    return f"{names} by the list of {next_day}, so the report may describe that later position."


def _milestone_differences(
    listed_services: pd.DataFrame, milestone_phases: "pd.Series[str]"
) -> Iterator[str]:
    """Services whose milestones and list give different phases."""
    differences = [
        f"{title} ({milestone_phases[title]}, listed in {phase})"
        for title, phase in zip(listed_services["title"], listed_services["phase"], strict=True)
        if title in milestone_phases.index and milestone_phases[title] != phase
    ]
    if differences:
        yield f"Dated milestones give a different phase for {join_items(differences)}."
