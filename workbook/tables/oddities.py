"""What may be odd in a table, for its declaration: kept as published, and reported."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.tables.findings import Finding
from workbook.tables.problems import cut
from workbook.tables.texts import coded

Place = Callable[[int], str]
Oddity = Callable[[pd.DataFrame, Place], Iterator[Finding]]
"""Findings in a table's frame; a position's place is told as ``row 5``."""


def at_most(part: str, total: str) -> Oddity:
    """A number that is above the total of which it is a part."""

    def odd(frame: pd.DataFrame, _: Place) -> Iterator[Finding]:
        if {part, total} <= set(frame):
            parts, totals = frame[part], frame[total]
            yield Finding(
                part,
                np.flatnonzero(_floats(parts) > _floats(totals)),
                lambda at: f"{parts[at]} is more than the {total}, {totals[at]}",
            )

    return odd


def only_with(part: str, total: str) -> Oddity:
    """A number whose total is not reported."""

    def odd(frame: pd.DataFrame, _: Place) -> Iterator[Finding]:
        if {part, total} <= set(frame):
            alone = np.flatnonzero(
                ~np.isnan(_floats(frame[part])) & np.isnan(_floats(frame[total]))
            )
            yield Finding(part, alone, lambda _: f"is reported without the {total}", common=True)

    return odd


def one_home(name: str, home: str) -> Oddity:
    """A name that stands in two places, such as a service in two organisations."""

    def odd(frame: pd.DataFrame, place: Place) -> Iterator[Finding]:
        if {name, home} <= set(frame):
            names, labels = coded(frame[name].array)
            homes, _ = coded(frame[home].array)
            several = _several(names, homes, len(labels))
            yield from _beside(frame, name, home, np.flatnonzero(several[names]), names, place)

    return odd


def one_spelling(name: str, home: str) -> Oddity:
    """Two names in one place that differ only in their case or their spaces."""

    def odd(frame: pd.DataFrame, place: Place) -> Iterator[Finding]:
        if not {name, home} <= set(frame):
            return
        codes, labels = coded(frame[name].array)
        folded = [label.lower().replace(" ", "") for label in labels.tolist()]
        if len(set(folded)) == len(folded):
            return
        alike, _ = pd.factorize(np.array(folded, object))
        homes, _ = coded(frame[home].array)
        pairs, _ = pd.factorize(alike[codes] * (homes.max(initial=0) + 1) + homes)
        pairs[(codes < 0) | (homes < 0)] = -1
        several = _several(pairs, codes, int(pairs.max(initial=-1)) + 1)
        yield from _beside(frame, name, name, np.flatnonzero(several[pairs]), pairs, place)

    return odd


def _floats(cells: "pd.Series[Any]") -> npt.NDArray[np.float64]:
    return cells.to_numpy(dtype=np.float64, na_value=np.nan)


def _several(
    groups: npt.NDArray[np.int64], values: npt.NDArray[np.int64], size: int
) -> npt.NDArray[np.bool_]:
    """Whether each of ``size`` groups has more than one value; blanks, the last, have none."""
    known = (groups >= 0) & (values >= 0)
    if not known.all():
        groups, values = groups[known], values[known]
    one_of = np.empty(size, np.int64)
    one_of[groups] = values
    several = np.zeros(size + 1, bool)
    several[groups[one_of[groups] != values]] = True
    return several


def _beside(  # noqa: PLR0913, PLR0917  the two findings differ in every one of these
    frame: pd.DataFrame,
    name: str,
    differs: str,
    among: npt.NDArray[np.intp],
    groups: npt.NDArray[np.int64],
    place: Place,
) -> Iterator[Finding]:
    """Where a group first has another value of ``differs`` than at its first row."""
    if not among.size:
        return
    values = frame[differs]
    first: dict[int, int] = {}
    seen: set[tuple[int, Any]] = set()
    second: dict[int, int] = {}
    for at, value in zip(among.tolist(), values.iloc[among], strict=True):
        group = int(groups[at])
        if (group, value) in seen:
            continue
        seen.add((group, value))
        if first.setdefault(group, at) != at:
            second[at] = first[group]

    def say(at: int) -> str:
        other = second[at]
        if differs == name:
            return f"differs only in case or spaces from {cut(values[other])!r} ({place(other)})"
        homes = f"{cut(values[at])} and in {cut(values[other])}"
        return f"stands in {homes} ({place(other)}): held as two"

    yield Finding(name, list(second), say)
