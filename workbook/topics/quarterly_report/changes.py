"""What changed between two quarters: each indicator of each topic, then and now."""

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd

from workbook import words
from workbook.outcome import Indicator
from workbook.topics.quarterly_report.parts import Part

CHANGES = ("topic", "indicator", "then", "now", "change", "verdict")
COMPARED = ("topic", "name", "label", "unit", "before", "value", "difference", "change")

RISEN, FALLEN, OTHER = "risen", "fallen", "changed"
NEW, GONE, SAME, UNKNOWN = "known now", "not known any more", "unchanged", "not known"
MOVED = (RISEN, FALLEN, OTHER)
CHANGED = (*MOVED, NEW, GONE)

EXACT = 1e-9
"""How far, as a fraction, two figures that are equal may differ in the computer."""


class Change(NamedTuple):
    """An indicator of a topic, and the same of the quarter compared with where there is one."""

    part: Part
    now: Indicator
    before: Indicator | None

    @property
    def kind(self) -> str:
        """How the figure has moved, in a word or two."""
        then = None if self.before is None else self.before.value
        now = self.now.value
        if then is None or now is None:
            return {(True, False): NEW, (False, True): GONE}.get(
                (then is None, now is None), UNKNOWN
            )
        if isinstance(then, str) or isinstance(now, str):
            return SAME if then == now else OTHER
        if math.isclose(then, now, rel_tol=EXACT):
            return SAME
        return RISEN if now > then else FALLEN

    @property
    def difference(self) -> float | None:
        """Now less then, None unless both are numbers."""
        then = None if self.before is None else self.before.value
        now = self.now.value
        if then is None or now is None or isinstance(then, str) or isinstance(now, str):
            return None
        return float(now - then)

    @property
    def said(self) -> str:
        """The difference as a reader sees it, signed; what has happened where there is none."""
        difference = self.difference
        if difference is None or self.kind == SAME:
            return self.kind
        if self.now.unit == "share":
            return words.difference(difference)
        written = words.value_in(abs(difference), self.now.unit)
        return f"{'+' if difference > 0 else '−'}{written}"

    @property
    def verdict(self) -> str:
        """Whether it moved the better way; nothing where no way is, or it is not seen to move."""
        better = {"higher": RISEN, "lower": FALLEN}.get(self.now.better)
        if not better or not self.moved or (self.before and self.before.text == self.now.text):
            return ""
        return "better" if self.kind == better else "worse"

    @property
    def moved(self) -> bool:
        """Whether the figure is known in both quarters, and not the same."""
        return self.kind in MOVED


def changes(parts: Iterable[Part]) -> tuple[Change, ...]:
    """Every indicator of every topic beside what it was, in their order."""
    return tuple(change for part in parts for change in _of(part))


def table(every: Iterable[Change]) -> pd.DataFrame:
    """Those that changed as a reader has them, figures first that are known in both quarters."""
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
        for change in sorted(changed, key=lambda change: not change.moved)
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


def _number(indicator: Indicator | None) -> float | None:
    value = None if indicator is None else indicator.value
    return None if value is None or isinstance(value, str) else float(value)
