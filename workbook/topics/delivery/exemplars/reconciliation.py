"""The three accounts of the exemplars' phases side by side, and why they differ, in words."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pandas as pd

from workbook.periods import period_end
from workbook.text.dates import format_day
from workbook.text.grammar import join_items
from workbook.topics.delivery.exemplars.phase_history import (
    last_known_month,
    latest_phase_list,
    phases_by_milestones,
)
from workbook.topics.delivery.exemplars.phases import DISCOVERY, EXEMPLAR_PHASES

PUBLISHED_PHASES_ROW, LISTED_PHASES_ROW, MILESTONE_PHASES_ROW = (
    "Printed in the report",
    "Listed by the dashboard",
    "By milestones",
)
_PHASE_BY_INDICATOR = {f"exemplars_{phase}": phase for phase in EXEMPLAR_PHASES}
PHASE_COUNT_COLUMNS = ("account", "as_of", *EXEMPLAR_PHASES, "services")


class PublishedPhaseCounts(NamedTuple):
    """What a report prints of the phases: services in each, of how many, on which day."""

    day: date
    counts: dict[str, int]
    services: int


def published_phase_counts(commitments: pd.DataFrame) -> PublishedPhaseCounts | None:
    """The newest counts that a report prints, None where there are none.

    No report prints how many are in discovery: it is what the others leave of all the services.
    """
    rows = commitments[
        commitments["indicator"].isin(_PHASE_BY_INDICATOR) & commitments["value"].notna()
    ]
    counts = {
        _PHASE_BY_INDICATOR[row["indicator"]]: int(row["value"])
        for row in rows.sort_values("period").to_dict("records")
    }
    total = rows["target"].dropna()
    if set(counts) != set(EXEMPLAR_PHASES) - {DISCOVERY} or total.empty:
        return None
    services = int(total.iloc[-1])
    counts[DISCOVERY] = services - sum(counts.values())
    return PublishedPhaseCounts(period_end(str(rows["period"].max())), counts, services)


def compare_phase_counts(
    published: PublishedPhaseCounts | None,
    phases: pd.DataFrame,
    milestones: pd.DataFrame,
    day: date,
) -> pd.DataFrame:
    """A row for each account of a day: ``account``, ``as_of``, a count for each phase, their sum.

    What a report prints is there where it is of that day; the list is the newest by then, and
    milestones may be known to an earlier one.
    """
    rows = []
    if published and published.day == day:
        rows.append((PUBLISHED_PHASES_ROW, str(day), published.counts))
    listed_services = latest_phase_list(phases, day)
    if not listed_services.empty:
        rows.append(
            (
                LISTED_PHASES_ROW,
                str(listed_services["as_of"].iloc[0]),
                _count_by_phase(listed_services["phase"]),
            )
        )
    if not (milestone_phases := phases_by_milestones(milestones, day)).empty:
        rows.append(
            (
                MILESTONE_PHASES_ROW,
                str(period_end(last_known_month(milestones, day))),
                _count_by_phase(milestone_phases),
            )
        )
    return pd.DataFrame(
        [
            (name, as_of, *(counts[phase] for phase in EXEMPLAR_PHASES), sum(counts.values()))
            for name, as_of, counts in rows
        ],
        columns=list(PHASE_COUNT_COLUMNS),
    )


def explain_differences(
    published: PublishedPhaseCounts, phases: pd.DataFrame, milestones: pd.DataFrame
) -> tuple[str, ...]:
    """Why what is printed, listed and dated on one day differ, a sentence each.

    Lists of later days tell which service may have been printed in the phase that it was in by
    then; without one it is not known.
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
    """Services that share a number are more than the numbers."""
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
    """Services in discovery, of which a report prints nothing."""
    names = listed_services.loc[listed_services["phase"] == DISCOVERY, "title"].tolist()
    if len(names) > published.counts[DISCOVERY]:
        yield (
            f"The list has {join_items(names)} in discovery, a phase that the report does not "
            "print."
        )


def _moved_services(
    published: PublishedPhaseCounts, listed_services: pd.DataFrame, phases: pd.DataFrame
) -> Iterator[str]:
    """Services that are printed in another phase than they are listed in."""
    counts = _count_by_phase(listed_services["phase"])
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
    """Who moved, by the next list, from where too few are printed to where too many are."""
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
    """Services whose milestones put them in another phase than the list does."""
    differences = [
        f"{title} in {milestone_phases[title]} (listed in {phase})"
        for title, phase in zip(listed_services["title"], listed_services["phase"], strict=True)
        if title in milestone_phases.index and milestone_phases[title] != phase
    ]
    if differences:
        yield f"By their dated milestones there are {join_items(differences)}."


def _count_by_phase(phases: "pd.Series[str]") -> dict[str, int]:
    return {phase: int((phases == phase).sum()) for phase in EXEMPLAR_PHASES}
