"""Reasons why the published, listed and dated phases of the exemplar services differ."""

from collections.abc import Iterator, Mapping
from itertools import combinations

import pandas as pd

from workbook.text.dates import format_day, format_month
from workbook.text.grammar import choose_form, join_items
from workbook.topics.delivery.exemplars.phase_history import PhaseStartMonths
from workbook.topics.delivery.exemplars.phase_lists import (
    count_programme_by_phase,
    describe_list_day,
)
from workbook.topics.delivery.exemplars.phases import (
    DISCOVERY,
    EXEMPLAR_PHASES,
    PublishedPhaseCounts,
)

_PUBLISHED_PHASES = tuple(phase for phase in EXEMPLAR_PHASES if phase != DISCOVERY)
"""The phases of which a report publishes the number of services."""


def explain_differences(
    published: PublishedPhaseCounts,
    listed: pd.DataFrame,
    next_list: pd.DataFrame,
    dated_phases: "pd.Series[str]",
    start_months: PhaseStartMonths,
) -> tuple[str, ...]:
    """Explain why the sources differ on the day of the published counts.

    A list may have been updated some time before that day. The next one shows which services moved
    in between, and which of their moves give the published counts.

    Args:
        published: Published counts.
        listed: The newest list of services by phase on that day.
        next_list: The first list after that day.
        dated_phases: The phase of each service by its milestones on that day.
        start_months: Month of each phase's first completed milestone, as known now.

    Returns:
        A sentence for each reason; none if no list was published by that day.
    """
    if listed.empty:
        return ()
    return (
        *_shared_numbers(published, listed),
        *_unpublished_discovery(published, listed),
        *_moved_services(published, listed, next_list, start_months),
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
            f"The dashboard’s list has {len(listed_services)} entries for the report’s"
            f" {published.services} services: {names} share number {numbers}."
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
    published: PublishedPhaseCounts,
    listed_services: pd.DataFrame,
    next_list: pd.DataFrame,
    start_months: PhaseStartMonths,
) -> Iterator[str]:
    """Services that are published in one phase and listed in another."""
    counts = count_programme_by_phase(listed_services)
    gaps = {phase: published.counts[phase] - counts[phase] for phase in _PUBLISHED_PHASES}
    if not any(gaps.values()):
        return
    gap_text = join_items(
        f"{abs(gap)} {'more' if gap > 0 else 'fewer'} in {phase}"
        for phase, gap in gaps.items()
        if gap
    )
    yield (
        f"The report has {gap_text} than the dashboard’s list"
        f" {describe_list_day(listed_services)}."
        f" {_describe_moves(published, listed_services, next_list, start_months)}"
    )


def _describe_moves(
    published: PublishedPhaseCounts,
    listed_services: pd.DataFrame,
    next_list: pd.DataFrame,
    start_months: PhaseStartMonths,
) -> str:
    """Which of the moves up to the next list give the published counts, and when they were made."""
    day = format_day(published.day)
    if next_list.empty:
        return f"Services may have moved between that update and {day}. No later list is known yet."
    moves = _moves_between(listed_services, next_list)
    opening = (
        f"By the next list, {describe_list_day(next_list)},"
        f" {join_items(f'{title} moved to {phase}' for title, phase in moves.items())}."
    )
    made = _moves_that_give(published, listed_services, moves)
    if made is None:
        return f"{opening} No choice of these moves gives the report’s counts."
    last_month = f"{published.day:%Y-%m}"
    later_moves = {
        title: month
        for title in made
        if (month := start_months.get(title, {}).get(moves[title])) and month > last_month
    }
    if later_moves:
        dated_moves = {title: moves[title] for title in made if title not in later_moves}
        needed = {title: moves[title] for title in made}
        moved_by_then = _apply_moves(listed_services, dated_moves)
        return f"{opening} {_describe_later_moves(published, needed, later_moves, moved_by_then)}"
    counts = ", ".join(f"{published.counts[phase]} {phase}" for phase in _PUBLISHED_PHASES)
    return (
        f"{opening} With only {join_items(made)} moved by {day}, the lists give {counts}, as the"
        " report does."
    )


def _describe_later_moves(
    published: PublishedPhaseCounts,
    needed: Mapping[str, str],
    later_moves: Mapping[str, str],
    moved_by_then: pd.DataFrame,
) -> str:
    """Which moves the published counts would need that milestones date after their day."""
    counts = count_programme_by_phase(moved_by_then)
    differing = [phase for phase in _PUBLISHED_PHASES if counts[phase] != published.counts[phase]]
    published_text, dated_text = (
        join_items(f"{numbers[phase]} in {phase}" for phase in differing)
        for numbers in (published.counts, counts)
    )
    needed_text = join_items(f"{title} in {phase}" for title, phase in needed.items())
    months = join_items(
        f"the move of {title} in {format_month(month)}" for title, month in later_moves.items()
    )
    return (
        f"The report has {published_text}, which would need {needed_text} by"
        f" {format_day(published.day)}. The dashboard’s milestones date {months}, which gives"
        f" {dated_text}."
    )


def _moves_between(listed_services: pd.DataFrame, next_list: pd.DataFrame) -> dict[str, str]:
    """The new phase of each service that moved by the next list, by title."""
    in_both_lists = listed_services.merge(next_list, on="title", suffixes=("", "_after"))
    moved = in_both_lists[in_both_lists["phase"] != in_both_lists["phase_after"]]
    return dict(zip(moved["title"], moved["phase_after"], strict=True))


def _moves_that_give(
    published: PublishedPhaseCounts, listed_services: pd.DataFrame, moves: Mapping[str, str]
) -> tuple[str, ...] | None:
    """The fewest moves after which the list has the published counts; None if there are none."""
    for size in range(1, len(moves) + 1):
        for made in combinations(moves, size):
            after = _apply_moves(listed_services, {title: moves[title] for title in made})
            counts = count_programme_by_phase(after)
            if all(counts[phase] == published.counts[phase] for phase in _PUBLISHED_PHASES):
                return made
    return None


def _apply_moves(listed_services: pd.DataFrame, moves: Mapping[str, str]) -> pd.DataFrame:
    """The list after some services have moved to another phase."""
    titles, phases = listed_services["title"], listed_services["phase"]
    phases_after = [moves.get(title, phase) for title, phase in zip(titles, phases, strict=True)]
    return listed_services.assign(phase=phases_after)


def _milestone_differences(
    listed_services: pd.DataFrame, milestone_phases: "pd.Series[str]"
) -> Iterator[str]:
    """Services whose milestones and list give different phases."""
    listed_phases = {
        title: phase
        for title, phase in zip(listed_services["title"], listed_services["phase"], strict=True)
        if title in milestone_phases.index and milestone_phases[title] != phase
    }
    if not listed_phases:
        return
    differences = (
        f"{title} ({milestone_phases[title]}, listed in {phase})"
        for title, phase in listed_phases.items()
    )
    yield " ".join(
        [
            f"Dated milestones give a different phase for {join_items(differences)}.",
            *_completed_discoveries(listed_phases, milestone_phases),
        ]
    )


def _completed_discoveries(
    listed_phases: Mapping[str, str], milestone_phases: "pd.Series[str]"
) -> Iterator[str]:
    """Services whose last milestone is the end of discovery, so that the next phase is undated."""
    titles = [title for title in listed_phases if milestone_phases[title] == DISCOVERY]
    if titles:
        verb = choose_form(len(titles), "has", "have")
        yield f"{join_items(titles)} {verb} discovery completed, and no dated milestone after it."
