"""What the report says in words: the headline, each topic's answer, what moved in it."""

from collections.abc import Collection, Iterator, Sequence

from workbook.claims.verdicts import NOT_CHECKABLE, NOT_REPRODUCED
from workbook.topics.quarterly_report.changes import (
    GONE,
    MOVED,
    NEW,
    OF_OTHERS,
    SAME,
    Change,
    alike,
)
from workbook.topics.quarterly_report.checked import Counted
from workbook.topics.quarterly_report.parts import Part
from workbook.topics.quarterly_report.scenario import QuarterlyReport

FIRST = "known for the first time"
COURSE = {"yes": "on course", "no": "off course", "not known": "not known to be on course"}


def headline(every: Collection[Change], scenario: QuarterlyReport, counted: Counted) -> str:
    """What changed, and whether what was printed holds, in a sentence or two."""
    return f"{_changed(every, scenario.quarter, scenario.before)} {_claims(counted)}"


def answers(parts: Sequence[Part], before: str, reports: str) -> Iterator[str]:
    """Each topic's answer, by its title; which had none before; which reports are checked."""
    for part in parts:
        yield f"{part.title}: {part.now.headline}"
    if silent := [part.title for part in parts if part.before is None]:
        yield f"Nothing is known of {before} to be set beside it: {', '.join(silent)}."
    if reports:
        yield f"The figures that are checked are those of: {reports}."


def remarks(part: Part, every: Collection[Change], quarter: str, before: str) -> Iterator[str]:
    """What changed in a topic, and what must be known of its answer, a sentence or two each."""
    yield _moved([change for change in every if change.part.name == part.name], before)
    if same := alike(part):
        then = same.before.text if same.before else ""
        yield f"{same.now.label}: {then} in {before}, {same.now.text} in {quarter}: {same.said}."
    yield from _courses(part, before)
    yield from part.now.remarks


def since(change: Change, before: str) -> str:
    """How a figure has moved, as it stands beneath it."""
    if change.kind == NEW or change.before is None:
        return f"Not known in {before}"
    if change.kind == SAME:
        return f"As in {before}"
    if not change.part.comparable:
        return f"{change.before.text} in {before}, {OF_OTHERS}"
    said = f"{change.said} since {before}" if change.difference else ""
    return said[:1].upper() + said[1:] or f"{change.before.text} in {before}"


def _moved(own: Sequence[Change], before: str) -> str:
    """How many of a topic's indicators changed, and how many are new."""
    changed, new = _count(own, *MOVED), _count(own, NEW)
    if not changed and not new:
        return (
            f"None of its {len(own)} indicators has changed since {before}: nothing that they rest "
            "on has been published in between."
        )
    others = f"; {new} more {_are(new)} known for the first time" if new else ""
    return f"Of its {len(own)} indicators {changed or 'none'} {_have(changed)} changed{others}."


def _courses(part: Part, before: str) -> Iterator[str]:
    """The commitments whose course is another than it was, where a topic has commitments."""
    if part.before is None or "commitments" not in part.now.tables:
        return
    then = part.before.tables["commitments"].set_index("id")["on_course"].to_dict()
    for row in part.now.tables["commitments"].to_dict("records"):
        was, course = then.get(row["id"]), row["on_course"]
        if was and was != course:
            yield f"{row['commitment']}: {COURSE[was]} in {before}, {COURSE[course]} now."


def _changed(every: Collection[Change], quarter: str, before: str) -> str:
    both = _count(every, *MOVED, SAME)
    changed, new, gone = _count(every, *MOVED), _count(every, NEW), _count(every, GONE)
    if not changed + new + gone:
        return f"Nothing has changed since {before}: nothing has been published between."
    others = [
        f"{count} {'more ' if word == FIRST else ''}{_are(count)} {word}"
        for count, word in ((new, FIRST), (gone, "not known any more"))
        if count
    ]
    said = (
        f"In {quarter}, {changed or 'none'} of {both} indicators {_have(changed)} changed since "
        f"{before}"
    )
    return "; ".join([said, *others]) + "."


def _claims(counted: Counted) -> str:
    every = sum(counted.counts.values())
    if not every:
        return "No report had been printed by then whose figures could be checked."
    return (
        f"Of {every} printed figures {every - counted.counts[NOT_CHECKABLE]} can be checked: "
        f"{counted.holding} hold, {counted.counts[NOT_REPRODUCED]} do not."
    )


def _count(every: Collection[Change], *kinds: str) -> int:
    return sum(change.kind in kinds for change in every)


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _have(count: int) -> str:
    return "has" if count <= 1 else "have"
