"""Propose services that go on under another name: one ends where another begins."""

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from workbook.importers.corrections import Corrections
from workbook.importers.renamed_subjects import Subject
from workbook.tables import TableSchema
from workbook.tables.issues import file_issue
from workbook.tables.mapped_table import MappedTable
from workbook.tables.warnings import fold_spelling
from workbook.text.numbers import escape_formula
from workbook.text.quoting import quote_text
from workbook.text.suggestions import suggest_names

_NEAREST_FIGURES: Final = 0.1
"""Largest relative difference of the figures of one service before and after its new name."""

_SIMILARITY: Final = 0.7
"""Least similarity of two names that may be of one service (the ratio of ``difflib``)."""

_NOT_WORDS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Successor:
    """A service that may go on under another name.

    Args:
        old: The subject that ends.
        new: The subject that begins in the next period.
        period: The first period of the new one.
        difference: Relative difference of their figures; None if one has none.
    """

    old: Subject
    new: Subject
    period: str
    difference: float | None

    def __str__(self) -> str:
        figures = f", figures {self.difference:.0%} apart" if self.difference is not None else ""
        return (
            f"{quote_text(self.new[-1])} begins in {self.period}, where"
            f" {quote_text(self.old[-1])} ends ({self.old[0]}{figures})"
        )


def find_successors(table: TableSchema, frame: pd.DataFrame) -> list[Successor]:
    """Find services that end where another of the same organisation begins.

    Their figures differ by at most a tenth, or their names are alike. A service with several such
    partners is left out, and so are spellings of one name, for which there is another warning.

    Args:
        table: Schema of the table. Its key is a period and at least an organisation and a service.
        frame: Rows of the table.

    Returns:
        The pairs, in the order of their periods.
    """
    subject_columns = [name for name in table.key_columns if name != table.period]
    if not table.window or len(subject_columns) < 2:  # noqa: PLR2004  organisation and service
        return []
    rows = frame.dropna(subset=[*subject_columns, table.period])
    figures: dict[Subject, dict[str, float | None]] = {}
    measure = next(
        name
        for name in table.schema.columns
        if name in rows and pd.api.types.is_numeric_dtype(rows[name])
    )
    cells = zip(
        *(rows[name] for name in subject_columns), rows[table.period], rows[measure], strict=True
    )
    for *subject, period, figure in cells:
        figures.setdefault(tuple(map(str, subject)), {})[str(period)] = (
            None if pd.isna(figure) else float(figure)
        )
    pairs = list(_list_pairs(figures))
    old_count = Counter(pair.old for pair in pairs)
    new_count = Counter(pair.new for pair in pairs)
    return [pair for pair in pairs if old_count[pair.old] == new_count[pair.new] == 1]


def rename_subjects(
    table: TableSchema, mapped_table: MappedTable, corrections: Corrections
) -> MappedTable:
    """Give services the names under which their owner continues them.

    Args:
        table: Schema of the table.
        mapped_table: The cells of a file.
        corrections: What the owner of the file says about its services.

    Returns:
        The cells, with a warning for each name that is in the file, and an error for each that
        should be in it and is not.
    """
    column, names = subject_column(table), corrections.same_names
    if not (names or corrections.expected_names) or column not in mapped_table.cells:
        return mapped_table
    texts: list[Any] = mapped_table.cells[column].cast(pa.string()).to_pylist()
    known = dict.fromkeys(text for text in texts if text is not None)
    renamed = [name for name in names if name in known]
    errors = tuple(
        file_issue(unknown_subject_message("file", column, name, known))
        for name in corrections.expected_names
        if name not in {*known, *map(escape_formula, known)}
    )
    cells = pa.array([names.get(text, text) for text in texts], pa.string())
    warnings = tuple(
        file_issue(f"{quote_text(name)} is read as {quote_text(names[name])}, its name before")
        for name in renamed
    )
    return replace(
        mapped_table,
        cells={**mapped_table.cells, column: cells},
        errors=(*mapped_table.errors, *errors),
        warnings=(*mapped_table.warnings, *warnings),
    )


def unknown_subject_message(place: str, column: str, name: str, known: Collection[str]) -> str:
    """Say that a file or table has no such subject, and what to write instead.

    Args:
        place: ``file`` or ``table``.
        column: Column of the subjects, such as ``service``.
        name: The unknown name.
        known: The names that there are.

    Returns:
        Two sentences, such as ``the file has no service "Renw". Did you mean "Renew"?``
    """
    return f"the {place} has no {column} {quote_text(name)}. {suggest_names(name, known)}"


def parse_names(settings: Collection[str]) -> dict[str, str]:
    """Parse the values of ``--same``.

    Args:
        settings: Texts such as ``Get a permit=Renew a permit``.

    Returns:
        Name before, by new name.

    Raises:
        ValueError: A text is not ``NEW=OLD``.
    """
    names: dict[str, str] = {}
    for setting in settings:
        new, equals, old = (part.strip() for part in setting.partition("="))
        if not new or not equals or not old:
            msg = (
                f"--same {quote_text(setting)} is incomplete: write NEW=OLD, such as"
                ' "Get a permit=Renew a permit"'
            )
            raise ValueError(msg)
        names[new] = old
    return names


def subject_column(table: TableSchema) -> str:
    """Column with the names of a table's subjects, such as services: the last of its key."""
    columns = [name for name in table.key_columns if name != table.period]
    return columns[-1] if columns else ""


def _list_pairs(figures: Mapping[Subject, Mapping[str, float | None]]) -> Iterator[Successor]:
    periods = sorted({period for known in figures.values() for period in known})
    for before, after in pairwise(periods):
        ended = [subject for subject, known in figures.items() if max(known) == before]
        begun = [subject for subject, known in figures.items() if min(known) == after]
        for old in ended:
            for new in begun:
                difference = _measure_difference(figures[old][before], figures[new][after])
                is_near = difference is not None and difference <= _NEAREST_FIGURES
                is_spelling = fold_spelling(old[-1]) == fold_spelling(new[-1])
                if old[:-1] != new[:-1] or is_spelling:
                    continue
                if is_near or _is_alike(old[-1], new[-1]):
                    yield Successor(old, new, after, difference)


def _measure_difference(before: float | None, after: float | None) -> float | None:
    if not before or after is None:
        return None
    return abs(after / before - 1)


def _is_alike(old: str, new: str) -> bool:
    before, after = (_NOT_WORDS.sub(" ", name).strip().casefold() for name in (old, new))
    similarity = difflib.SequenceMatcher(None, before, after, autojunk=False).ratio()
    return bool(similarity >= _SIMILARITY)
