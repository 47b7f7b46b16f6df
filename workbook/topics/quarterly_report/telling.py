"""What the report says in words: the headline, each topic's answer, what moved in it."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from workbook.claims.verdicts import NOT_CHECKABLE, NOT_REPRODUCED, REPRODUCED, ROUNDED, Result
from workbook.topics.quarterly_report.changes import CHANGED, GONE, NEW, SAME, Change
from workbook.topics.quarterly_report.parts import Part
from workbook.topics.quarterly_report.scenario import QuarterlyReport


def headline(
    every: Collection[Change], scenario: QuarterlyReport, counted: Mapping[Result, int]
) -> str:
    """What changed, and whether what was printed holds, in a sentence or two."""
    return " ".join([_changed(every, scenario.quarter, scenario.before), *_claims(counted)])


def answers(parts: Sequence[Part], before: str) -> Iterator[str]:
    """Each topic's answer, by its title; and which of them had none in the quarter before."""
    for part in parts:
        yield f"{part.title}: {part.now.headline}"
    if silent := [part.title for part in parts if part.before is None]:
        yield f"Nothing had been published by {before} to set beside: {', '.join(silent)}."


def moved(part: Part, every: Collection[Change], before: str) -> str:
    """How many of a topic's indicators changed, in a sentence."""
    own = [change for change in every if change.part.name == part.name]
    changed = sum(change.kind in CHANGED for change in own)
    if not changed:
        return f"None of its {len(own)} indicators has changed since {before}."
    return f"Of its {len(own)} indicators {_has(changed)} changed since {before}."


def since(change: Change, before: str) -> str:
    """How a figure has moved, as it stands beneath it."""
    if change.kind == SAME:
        return f"As in {before}"
    if change.kind == NEW:
        return f"Not known in {before}"
    if change.kind == GONE and change.before:
        return f"{change.before.text} in {before}"
    return f"{change.said} since {before}" if change.moved else ""


def _changed(every: Collection[Change], quarter: str, before: str) -> str:
    both = [change for change in every if change.moved or change.kind == SAME]
    changed = sum(change.moved for change in both)
    new = sum(change.kind == NEW for change in every)
    if not both:
        return f"In {quarter} {new} indicators are known, and in {before} there was none."
    said = (
        f"In {quarter}, {changed or 'none'} of the {len(both)} indicators that were known in "
        f"{before} too {'has' if changed <= 1 else 'have'} changed"
    )
    first = f", and {new} more {'is' if new == 1 else 'are'} known for the first time"
    return f"{said}{first if new else ''}."


def _claims(counted: Mapping[Result, int]) -> Iterator[str]:
    every = sum(counted.values())
    if not every:
        yield "No figures had been printed by then that could be checked."
        return
    checked = every - counted[NOT_CHECKABLE]
    holds = counted[REPRODUCED] + counted[ROUNDED]
    yield (
        f"Of the {every} figures printed {checked} can be checked: {holds} come out as printed or "
        f"within rounding, {counted[NOT_REPRODUCED]} do not."
    )


def _has(count: int) -> str:
    return f"{count} {'has' if count == 1 else 'have'}"
