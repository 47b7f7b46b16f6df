"""Check mapped cells against a schema: data types, rules and unique keys."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pan
import pyarrow as pa

from workbook.tables import column_rules, number_advice, number_columns, text_columns
from workbook.tables.columns import BLANK_REASON_KEY
from workbook.tables.findings import CellFinding, finding_issues
from workbook.tables.issues import HEADER_ROW, TableIssue, first_of_several
from workbook.tables.mapped_table import MappedTable
from workbook.tables.raw_table import first_bytes, joined_bytes
from workbook.text.grammar import join_items
from workbook.text.numbers import FORMULA_PREFIXES
from workbook.text.quoting import quote_text, shorten_text

_LARGEST_KEY = 2**62

_LIST_COLUMN, _LIST_SEPARATOR = "service", ";"
"""The column whose names parameters list, and the separator of those lists."""

_FORMULA_SIGNS = "".join(FORMULA_PREFIXES).encode()


def build_frame(
    mapped_table: MappedTable, schema: pan.DataFrameSchema, period: str
) -> tuple[pd.DataFrame, list[TableIssue], list[TableIssue]]:
    """Convert mapped cells to a frame with the schema's data types.

    An unreadable number and a marker for missing are blank in the frame.

    Args:
        mapped_table: The cells, with their places in the file.
        schema: Columns and their rules.
        period: Name of the period column, whose categories are ordered; empty if there is none.

    Returns:
        The frame, the errors and the warnings.
    """
    columns: dict[str, Any] = {}
    errors = [*mapped_table.errors, *_missing_column_issues(mapped_table, schema)]
    warnings = list(mapped_table.warnings)
    for name, column in schema.columns.items():
        if name not in mapped_table.cells:
            continue
        data_type, unreadable = str(column.dtype), number_columns.NO_POSITIONS
        if data_type in number_columns.NUMBER_DESCRIPTIONS:
            parsed_numbers = number_columns.parse_numbers(mapped_table.cells[name], data_type)
            columns[name], unreadable = (
                number_columns.to_number_array(parsed_numbers.values, data_type),
                parsed_numbers.unreadable,
            )
            errors += finding_issues(
                _unreadable_finding(name, data_type, parsed_numbers.unreadable, mapped_table),
                mapped_table,
            )
            warnings += finding_issues(
                _missing_marker_finding(name, parsed_numbers.missing_markers, mapped_table),
                mapped_table,
            )
        else:
            columns[name] = text_columns.to_text_array(
                mapped_table.cells[name], data_type, ordered=name == period
            )
            warnings += _text_marker_issues(name, columns[name], mapped_table)
            warnings += finding_issues(
                _special_sign_finding(name, columns[name], mapped_table), mapped_table
            )
        for finding in _rule_findings(name, columns[name], column, unreadable, mapped_table):
            errors += finding_issues(finding, mapped_table)
    return pd.DataFrame(columns, copy=False), errors, warnings


def duplicate_key_issues(
    frame: pd.DataFrame, key: Sequence[str], mapped_table: MappedTable
) -> Iterator[TableIssue]:
    """Find rows that repeat the key of an earlier row. Keys with a blank are not compared.

    Args:
        frame: The rows.
        key: Columns that together identify a row.
        mapped_table: The cells of the same rows, with their places in the file.

    Yields:
        An error for each repeated row.
    """
    if not key or not set(key) <= set(frame.columns):
        return
    keys = _encode_keys(frame, key)
    known = np.flatnonzero(keys >= 0)
    if pd.Index(keys[known]).is_unique:
        return
    known_keys = pd.Series(keys[known], known)
    first_rows = known_keys.index.to_series().groupby(known_keys).transform("first")
    repeated_rows = first_rows.index[first_rows != first_rows.index].to_numpy()
    names = join_items(key)
    # A title says which row is meant in a file without row numbers.
    titles = frame["title"].fillna("").astype(str).tolist() if "title" in frame else []

    def describe(position: int) -> str:
        row = mapped_table.locate(first_rows[position], key[0])[0]
        title = titles[first_rows[position]] if titles else None
        return f"repeats the {names} of row {row}{f', {quote_text(title)}' if title else ''}"

    yield from finding_issues(CellFinding(key[0], repeated_rows, describe), mapped_table)


def _missing_column_issues(
    mapped_table: MappedTable, schema: pan.DataFrameSchema
) -> Iterator[TableIssue]:
    for name, column in schema.columns.items():
        if column.required and name not in mapped_table.cells:
            published_header = mapped_table.published_headers.get(name)
            hint = f' ("{published_header}" in the published file)' if published_header else ""
            yield TableIssue(HEADER_ROW, name, None, f'required column "{name}"{hint} is missing')


def _unreadable_finding(
    name: str, data_type: str, positions: npt.NDArray[np.intp], mapped_table: MappedTable
) -> CellFinding:
    return CellFinding(
        name,
        positions,
        lambda position: number_advice.describe_non_number(
            mapped_table.cell_text(position, name) or "", data_type
        ),
    )


def _missing_marker_finding(
    name: str, positions: npt.NDArray[np.intp], mapped_table: MappedTable
) -> CellFinding:
    """Numeric cells that hold a marker for missing."""

    def describe(position: int) -> str:
        return f"{shorten_text(mapped_table.cell_text(position, name) or '')} is treated as missing"

    return CellFinding(name, positions, describe, grouped=True)


def _text_marker_issues(
    name: str, cells: text_columns.ColumnArray, mapped_table: MappedTable
) -> Iterator[TableIssue]:
    """Warn once for each marker for missing in a text column."""
    if b"[" not in joined_bytes(_distinct_texts(mapped_table, name)):
        return
    codes, labels = text_columns.encode_labels(cells)
    for code, label in enumerate(labels):
        if number_columns.is_missing_marker(label):
            positions = np.flatnonzero(codes == code)
            rows = np.unique(np.asarray(mapped_table.row_numbers)[positions]).size
            row_count = first_of_several(rows, "rows")
            yield mapped_table.cell_issue(
                int(positions[0]),
                name,
                f"{shorten_text(label)} is a marker for missing. It is kept{row_count}",
            )


def _distinct_texts(mapped_table: MappedTable, name: str) -> pa.Array:
    """Texts of a column; distinct ones only where it is dictionary-encoded."""
    column = mapped_table.cells[name]
    return column.dictionary if pa.types.is_dictionary(column.type) else column.cast(pa.string())


def _special_sign_finding(
    name: str, cells: text_columns.ColumnArray, mapped_table: MappedTable
) -> CellFinding:
    """First cell of each text with a character that has a meaning elsewhere."""
    distinct_texts = _distinct_texts(mapped_table, name)
    first_signs = first_bytes(distinct_texts)
    if _LIST_SEPARATOR.encode() not in joined_bytes(distinct_texts) and not any(
        sign in first_signs for sign in _FORMULA_SIGNS
    ):
        return CellFinding(name, number_columns.NO_POSITIONS, str)
    codes, labels = text_columns.encode_labels(cells)
    has_special_sign = np.array(
        [bool(_describe_special_sign(name, label)) for label in labels.tolist()], bool
    )
    index = np.flatnonzero(np.append(has_special_sign, False)[codes])
    _, first_index = np.unique(codes[index], return_index=True)
    return CellFinding(
        name,
        np.sort(index[first_index]),
        lambda at: _describe_special_sign(name, labels[codes[at]]),
    )


def _describe_special_sign(name: str, text: str) -> str:
    """Describe a text's special character; empty if it has none."""
    if text.startswith(FORMULA_PREFIXES):
        return f"begins with {quote_text(text[0])}: a spreadsheet may run it as a formula"
    if name == _LIST_COLUMN and _LIST_SEPARATOR in text:
        return f'"{_LIST_SEPARATOR}" separates the names in a list: it is shown as ","'
    return ""


def _rule_findings(
    name: str,
    cells: text_columns.ColumnArray,
    column: pan.Column,
    unreadable: npt.NDArray[np.intp],
    mapped_table: MappedTable,
) -> Iterator[CellFinding]:
    """Blank cells in a column that allows none, and cells that break a rule."""
    if not column.nullable:
        blank = np.flatnonzero(pd.isna(cells))
        blank = np.setdiff1d(blank, unreadable) if unreadable.size else blank
        reason = (column.metadata or {}).get(BLANK_REASON_KEY, "a value is required")
        yield CellFinding(name, blank, lambda _: f"is blank: {reason}")
    for check in column.checks:
        positions = _breach_positions(cells, check)
        yield CellFinding(name, positions, partial(_describe_breach, name, mapped_table, check))


def _describe_breach(name: str, mapped_table: MappedTable, check: pan.Check, position: int) -> str:
    cell_text = mapped_table.cell_text(position, name) or ""
    is_numeric = check.name in column_rules.RANGE_CHECKS
    if is_numeric:
        return f"{cell_text} {check.error}"
    advice = mapped_table.advice.get(name, {}).get(cell_text)
    message = f"{quote_text(cell_text)} {check.error}"
    return f"{message}: {advice}" if advice else message


def _breach_positions(cells: text_columns.ColumnArray, check: pan.Check) -> npt.NDArray[np.intp]:
    """Positions of cells that break a rule. Each distinct text is checked once."""
    if pd.api.types.is_numeric_dtype(cells.dtype):
        figures = number_columns.to_floats(cells)
        limits = column_rules.rule_bounds(check)
        is_above = figures > limits.get("maximum", np.inf)
        return np.flatnonzero(is_above | (figures < limits.get("minimum", -np.inf)))
    codes, labels = text_columns.encode_labels(cells)
    if labels.empty:
        return number_columns.NO_POSITIONS
    is_allowed = check(pd.Series(labels.tolist(), dtype=object)).check_output.to_numpy(bool)
    return np.flatnonzero(np.append(~is_allowed, False)[codes])


def _encode_keys(frame: pd.DataFrame, key: Sequence[str]) -> npt.NDArray[np.int64]:
    """Encode each row's key as an integer, -1 where part of it is blank."""
    keys, size = np.zeros(len(frame), np.int64), 1
    blank = np.zeros(len(frame), bool)
    for name in key:
        codes, labels = text_columns.encode_labels(frame[name].array)
        if size * (len(labels) + 1) > _LARGEST_KEY:
            keys, distinct = pd.factorize(keys)
            size = len(distinct)
        keys = keys * len(labels) + codes
        blank |= codes < 0
        size *= max(len(labels), 1)
    keys[blank] = -1
    return keys
