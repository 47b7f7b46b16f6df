"""The three accounts of the exemplars' phases side by side, and why they differ, in words."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pandas as pd

from workbook.quarters import period_end
from workbook.topics.delivery.exemplars import known_to, listed, recounted
from workbook.topics.delivery.phases import DISCOVERY, PHASES

PRINTED, LISTED, RECOUNTED = "Printed in the report", "Listed by the dashboard", "By milestones"
INDICATORS = {f"exemplars_{phase}": phase for phase in PHASES}
COLUMNS = ("account", "as_of", *PHASES, "services")


class Printed(NamedTuple):
    """What a report prints of the phases: services in each, of how many, on which day."""

    day: date
    counts: dict[str, int]
    services: int


def printed(commitments: pd.DataFrame) -> Printed | None:
    """The newest counts that a report prints, None where there are none.

    No report prints how many are in discovery: it is what the others leave of all the services.
    """
    rows = commitments[commitments["indicator"].isin(INDICATORS) & commitments["value"].notna()]
    counts = {
        INDICATORS[row["indicator"]]: int(row["value"])
        for row in rows.sort_values("period").to_dict("records")
    }
    total = rows["target"].dropna()
    if set(counts) != set(PHASES) - {DISCOVERY} or total.empty:
        return None
    services = int(total.iloc[-1])
    counts[DISCOVERY] = services - sum(counts.values())
    return Printed(period_end(str(rows["period"].max())), counts, services)


def accounts(
    said: Printed | None, phases: pd.DataFrame, milestones: pd.DataFrame, day: date
) -> pd.DataFrame:
    """A row for each account of a day: ``account``, ``as_of``, a count for each phase, their sum.

    What a report prints is there where it is of that day; the list is the newest by then, and
    milestones may be known to an earlier one.
    """
    rows = []
    if said and said.day == day:
        rows.append((PRINTED, str(day), said.counts))
    found = listed(phases, day)
    if not found.empty:
        rows.append((LISTED, str(found["as_of"].iloc[0]), _counts(found["phase"])))
    if not (dated := recounted(milestones, day)).empty:
        rows.append((RECOUNTED, str(period_end(known_to(milestones, day))), _counts(dated)))
    return pd.DataFrame(
        [
            (name, as_of, *(counts[phase] for phase in PHASES), sum(counts.values()))
            for name, as_of, counts in rows
        ],
        columns=list(COLUMNS),
    )


def why(said: Printed, phases: pd.DataFrame, milestones: pd.DataFrame) -> tuple[str, ...]:
    """Why what is printed, listed and dated on one day differ, a sentence each.

    Lists of later days tell which service may have been printed in the phase that it was in by
    then; without one it is not known.
    """
    found = listed(phases, said.day)
    if found.empty:
        return ()
    return (
        *_shared(said, found),
        *_unprinted(said, found),
        *_moved(said, found, phases),
        *_dated(found, recounted(milestones, said.day)),
    )


def _shared(said: Printed, found: pd.DataFrame) -> Iterator[str]:
    """Services that share a number are more than the numbers."""
    if len(found) > said.services:
        shared = found[found["number"].duplicated(keep=False)]
        names = " and ".join(shared["title"])
        at = ", ".join(str(number) for number in shared["number"].unique())
        yield (
            f"The list has {len(found)} services for the {said.services} of the report: "
            f"{names} share number {at}."
        )


def _unprinted(said: Printed, found: pd.DataFrame) -> Iterator[str]:
    """Services in discovery, of which a report prints nothing."""
    names = found.loc[found["phase"] == DISCOVERY, "title"].tolist()
    if len(names) > said.counts[DISCOVERY]:
        yield (
            f"The list has {' and '.join(names)} in discovery, a phase that the report does not "
            "print."
        )


def _moved(said: Printed, found: pd.DataFrame, phases: pd.DataFrame) -> Iterator[str]:
    """Services that are printed in another phase than they are listed in."""
    counts = _counts(found["phase"])
    gaps = {phase: said.counts[phase] - counts[phase] for phase in PHASES if phase != DISCOVERY}
    if not any(gaps.values()):
        return
    told = " and ".join(
        f"{abs(gap)} {'more' if gap > 0 else 'fewer'} in {phase}"
        for phase, gap in gaps.items()
        if gap
    )
    yield f"The report prints {told} than the list. {_candidates(found, phases, gaps, said.day)}"


def _candidates(found: pd.DataFrame, phases: pd.DataFrame, gaps: dict[str, int], day: date) -> str:
    """Who moved, by the next list, from where too few are printed to where too many are."""
    days = phases["as_of"].map(lambda each: period_end(str(each)))
    if not (days > day).any():
        return "Which service moved is not known by that day."
    after = days[days > day].min()
    both = found.merge(listed(phases, after), on="title", suffixes=("", "_after"))
    moved = both[both["phase"].map(gaps).lt(0) & both["phase_after"].map(gaps).gt(0)]
    if moved.empty:
        return "No service moved so by the next list."
    names = " and ".join(
        f"{row['title']} moved from {row['phase']} to {row['phase_after']}"
        for row in moved.to_dict("records")
    )
    return f"{names} by the list of {after.day} {after:%B %Y}: it may be printed as of then."


def _dated(found: pd.DataFrame, dated: "pd.Series[str]") -> Iterator[str]:
    """Services whose milestones put them in another phase than the list does."""
    differ = [
        f"{title} in {dated[title]} (listed in {phase})"
        for title, phase in zip(found["title"], found["phase"], strict=True)
        if title in dated.index and dated[title] != phase
    ]
    if differ:
        yield f"By their dated milestones there are {', '.join(differ)}."


def _counts(phases: "pd.Series[str]") -> dict[str, int]:
    return {phase: int((phases == phase).sum()) for phase in PHASES}
