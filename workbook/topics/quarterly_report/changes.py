"""What changed between two quarters: each indicator of each topic, then and now."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from workbook import words
from workbook.outcome import NOT_KNOWN, Indicator
from workbook.topics.quarterly_report.parts import Part

CHANGES = ("topic", "indicator", "then", "now", "change", "verdict")
COMPARED = ("topic", "name", "label", "unit", "before", "value", "difference", "change")

RISEN, FALLEN, OTHER = "risen", "fallen", "changed"
NEW, GONE, SAME, UNKNOWN = "new", "not known any more", "unchanged", "not known"
MOVED = (RISEN, FALLEN, OTHER)
CHANGED = (*MOVED, NEW, GONE)

OF_OTHERS = "of other services"
"""In place of a difference between two figures that are not of the same services."""

COUNTED = "commitments_"
"""How indicators begin that count commitments: more are counted as more is published."""


class Change(NamedTuple):
    """An indicator of a topic, and the same of the quarter compared with where there is one."""

    part: Part
    now: Indicator
    before: Indicator | None

    @property
    def kind(self) -> str:
        """How the figure has moved, in a word or two; what reads the same has not."""
        if self.before is None:
            return UNKNOWN if self.now.value is None else NEW
        then, now = self.before.value, self.now.value
        if then is None or now is None:
            return _without(self.before, self.now)
        if self.before.text == self.now.text:
            return SAME
        if isinstance(then, str) or isinstance(now, str):
            return OTHER
        return RISEN if now > then else FALLEN

    @property
    def moved(self) -> bool:
        """Whether the figure is known in both quarters, and not the same."""
        return self.kind in MOVED

    @property
    def difference(self) -> float | None:
        """Now less then, None unless both are numbers of the same."""
        then = None if self.before is None else self.before.value
        now = self.now.value
        if then is None or now is None or isinstance(then, str) or isinstance(now, str):
            return None
        return float(now - then) if self.part.comparable else None

    @property
    def said(self) -> str:
        """The difference as a reader sees it; what has happened where there is none."""
        if self.moved and not self.part.comparable:
            return OF_OTHERS
        difference = self.difference
        if difference is None or not self.moved:
            return self.kind
        return by(difference, self.now.unit)

    @property
    def verdict(self) -> str:
        """Whether it moved the better way; nothing where no way is, or like is not with like."""
        better = {"higher": RISEN, "lower": FALLEN}.get(self.now.better)
        if not better or self.difference is None or not self.moved:
            return ""
        if self.now.name.startswith(COUNTED):
            return ""
        return "better" if self.kind == better else "worse"


def by(difference: float, unit: str) -> str:
    """A difference in words: ``up 3.1 points``, ``down £0.12``."""
    size = abs(difference)
    if unit == "share":
        written = words.difference(size).removeprefix("+")
    else:
        written = words.value_in(size, unit)
    return f"{'up' if difference > 0 else 'down'} {written}"


def alike(part: Part) -> Change | None:
    """The take-up of those services that reported in both quarters; None where it is not known."""
    if part.since is None:
        return None
    changed = [part.since[f"change_{each}"].value for each in ("within", "mix", "interaction")]
    now, services = part.since["take_up_matched"], part.since["services_matched"]
    if now.value is None or any(each is None for each in changed):
        return None
    label = f"Take-up of the {services.text} services that reported in both"
    after = replace(now, label=label, better="higher")
    value = float(now.value) - sum(float(each or 0) for each in changed)
    return Change(part._replace(comparable=True), after, replace(after, value=value))


def changes(parts: Iterable[Part]) -> tuple[Change, ...]:
    """Every indicator of every topic beside what it was, in their order."""
    return tuple(change for part in parts for change in _of(part))


def table(every: Iterable[Change]) -> pd.DataFrame:
    """Those that changed as a reader has them: what is compared like for like comes first."""
    changed = [change for change in every if change.kind in CHANGED]
    rows = [
        (
            change.part.title,
            change.now.label,
            change.before.text if change.before else "not known",
            change.now.text,
            change.said,
            change.verdict or None,
        )
        for change in sorted(changed, key=_place)
    ]
    return pd.DataFrame(rows, columns=list(CHANGES)).astype("str")


def compared(every: Iterable[Change]) -> pd.DataFrame:
    """Every indicator with its figures, NaN where one is not known or is no number."""
    rows = [
        (
            change.part.title,
            f"{change.part.name}.{change.now.name}",
            change.now.label,
            change.now.unit,
            _number(change.before),
            _number(change.now),
            change.difference,
            change.kind,
        )
        for change in every
    ]
    numbers = dict.fromkeys(("before", "value", "difference"), float)
    return pd.DataFrame(rows, columns=list(COMPARED)).astype(numbers)


def _of(part: Part) -> Iterator[Change]:
    then = {each.name: each for each in part.before.indicators} if part.before else {}
    for indicator in part.now.indicators:
        yield Change(part, indicator, then.get(indicator.name))


def _without(before: Indicator, now: Indicator) -> str:
    """The kind of a change to or from no value: one that has a name of its own is known too."""
    if before.value is None and now.value is None:
        return UNKNOWN
    missing, kind = (before, NEW) if before.value is None else (now, GONE)
    return kind if missing.absent == NOT_KNOWN else OTHER


def _place(change: Change) -> int:
    """Where a change stands among others: compared, of others, without one to compare with."""
    if not change.moved:
        return 2
    return 0 if change.difference is not None else 1


def _number(indicator: Indicator | None) -> float | None:
    value = None if indicator is None else indicator.value
    return None if value is None or isinstance(value, str) else float(value)
