"""Soft checks for a table's schema: the value is kept as published, with a warning."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.tables.findings import CellFinding
from workbook.tables.text_columns import encode_labels
from workbook.text.quoting import quote_value

RowLabel = Callable[[int], str]
_NOT_WORDS = re.compile(r"[\W_]+")
TableCheck = Callable[[pd.DataFrame, RowLabel], Iterator[CellFinding]]
"""Finds issues in a table's frame. The second argument names a position's row: ``row 5``."""


def check_part_within_total(part: str, total: str) -> TableCheck:
    """Make a check that a part does not exceed its total.

    Args:
        part: Column of the part.
        total: Column of the total.

    Returns:
        The check.
    """

    def find_excess_parts(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
        if {part, total} <= set(frame):
            parts, totals = frame[part], frame[total]
            yield CellFinding(
                part,
                np.flatnonzero(_as_floats(parts) > _as_floats(totals)),
                lambda position: f"{parts[position]} is more than the {total} ({totals[position]})",
            )

    return find_excess_parts


def check_total_reported(part: str, total: str) -> TableCheck:
    """Make a check that the total is reported wherever a part is.

    Args:
        part: Column of the part.
        total: Column of the total.

    Returns:
        The check.
    """

    def find_missing_totals(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
        if {part, total} <= set(frame):
            positions = np.flatnonzero(
                ~np.isnan(_as_floats(frame[part])) & np.isnan(_as_floats(frame[total]))
            )
            yield CellFinding(
                part, positions, lambda _: f"is reported without the {total}", grouped=True
            )

    return find_missing_totals


def check_single_parent(name: str, parent: str) -> TableCheck:
    """Make a check that a name has only one parent, such as a service one organisation.

    Args:
        name: Column of the name.
        parent: Column of the parent.

    Returns:
        The check.
    """

    def find_several_parents(frame: pd.DataFrame, row_label: RowLabel) -> Iterator[CellFinding]:
        if {name, parent} <= set(frame):
            names, labels = encode_labels(frame[name].array)
            parents, _ = encode_labels(frame[parent].array)
            has_several = _has_several_values(names, parents, len(labels))
            yield from _conflict_findings(
                frame, name, parent, np.flatnonzero(has_several[names]), names, row_label
            )

    return find_several_parents


def fold_spelling(text: str) -> str:
    """Fold a name for a comparison: case, spaces and punctuation."""
    return _NOT_WORDS.sub("", text).casefold()


def check_single_spelling(
    name: str,
    parent: str = "",
    fold: Callable[[str], str] = fold_spelling,
    difference: str = "differs only in case, spaces or punctuation from",
) -> TableCheck:
    """Make a check for several spellings of one name.

    Args:
        name: Column of the name.
        parent: Column of the parent, under which a name is unique; empty if there is none.
        fold: Gives the same text for the spellings of one name.
        difference: How one spelling is told from another, before the other.

    Returns:
        The check.
    """

    def find_several_spellings(frame: pd.DataFrame, row_label: RowLabel) -> Iterator[CellFinding]:
        if not {name, parent or name} <= set(frame):
            return
        codes, labels = encode_labels(frame[name].array)
        folded = list(map(fold, labels.tolist()))
        if len(set(folded)) == len(folded):
            return
        spelling_groups, _ = pd.factorize(np.array(folded, object))
        parents = encode_labels(frame[parent].array)[0] if parent else np.zeros_like(codes)
        pairs, _ = pd.factorize(spelling_groups[codes] * (parents.max(initial=0) + 1) + parents)
        pairs[(codes < 0) | (parents < 0)] = -1
        has_several = _has_several_values(pairs, codes, int(pairs.max(initial=-1)) + 1)
        yield from _conflict_findings(
            frame, name, name, np.flatnonzero(has_several[pairs]), pairs, row_label, difference
        )

    return find_several_spellings


def _as_floats(cells: "pd.Series[Any]") -> npt.NDArray[np.float64]:
    return cells.to_numpy(dtype=np.float64, na_value=np.nan)


def _has_several_values(
    groups: npt.NDArray[np.int64], values: npt.NDArray[np.int64], size: int
) -> npt.NDArray[np.bool_]:
    """Whether each of ``size`` groups has several values. The last entry, for blanks, is False."""
    known = (groups >= 0) & (values >= 0)
    if not known.all():
        groups, values = groups[known], values[known]
    sample_value = np.empty(size, np.int64)
    sample_value[groups] = values
    has_several = np.zeros(size + 1, bool)
    has_several[groups[sample_value[groups] != values]] = True
    return has_several


def _conflict_findings(  # noqa: PLR0913, PLR0917  the two findings differ in every one of these
    frame: pd.DataFrame,
    name: str,
    differing_column: str,
    positions: npt.NDArray[np.intp],
    groups: npt.NDArray[np.int64],
    row_label: RowLabel,
    difference: str = "",
) -> Iterator[CellFinding]:
    """Find where a group first has another value of a column than in its first row."""
    if not positions.size:
        return
    values = frame[differing_column]
    first_positions: dict[int, int] = {}
    known_pairs: set[tuple[int, Any]] = set()
    conflicting_positions: dict[int, int] = {}
    for position, value in zip(positions.tolist(), values.iloc[positions], strict=True):
        group = int(groups[position])
        if (group, value) in known_pairs:
            continue
        known_pairs.add((group, value))
        if first_positions.setdefault(group, position) != position:
            conflicting_positions[position] = first_positions[group]

    def describe_conflict(position: int) -> str:
        other_position = conflicting_positions[position]
        if differing_column == name:
            return (
                f"{difference} {quote_value(values[other_position])} ({row_label(other_position)})"
            )
        return (
            f"is in {quote_value(values[position])} here and in"
            f" {quote_value(values[other_position])} in {row_label(other_position)}: treated as two"
        )

    yield CellFinding(name, list(conflicting_positions), describe_conflict)
