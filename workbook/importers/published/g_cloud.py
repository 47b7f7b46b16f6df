"""Read the published file of G-Cloud sales as the table ``gcloud_sales``.

The file has a row for each return of a supplier. Releases differ in the names and order of columns
and in how cells are written. Repeated rows are kept.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from workbook.importers.published.g_cloud_cells import COLUMN_INTERPRETERS, STANDARD_FORMS
from workbook.tables.findings import CellFinding, finding_issues
from workbook.tables.issues import TableIssue, first_of_several
from workbook.tables.mapped_table import MappedTable, map_columns
from workbook.tables.number_columns import is_numeric_type
from workbook.tables.raw_table import RawTable
from workbook.text.quoting import shorten_text
from workbook.text.suggestions import nearest_name

_ID_COLUMN: Final = "return_id"
_COLUMN_TITLES: Final = {
    _ID_COLUMN: (
        "id",
        "returnid",
        "returnnumber",
        "returnref",
        "reference",
        "ref",
        "identifier",
        "rowid",
    ),
    "month": ("returnmonth", "month", "reportmonth", "reportingmonth", "returndate", "date"),
    "framework": ("framework", "frameworkname", "frameworktitle", "frameworknumber"),
    "lot": ("lot", "lotnumber", "lotno", "lotname", "lotdescription"),
    "sector": ("sector", "customersector", "sectorname", "marketsector"),
    "supplier_size": ("smeorlarge", "smelarge", "sme", "suppliersize", "size", "smestatus"),
    "sales": ("evidencedspend", "spend", "sales", "amount", "totalcharge", "totalspend", "value"),
}
"""Headers of each column in any release, without spaces and signs, the most likely first."""

_PUBLISHED_HEADERS: Final = {
    _ID_COLUMN: "ID",
    "month": "ReturnMonth",
    "lot": "LotDescription",
    "supplier_size": "SMEorLarge",
    "sales": "EvidencedSpend",
}
"""Headers in the release of July 2014 that differ from the table's column names."""

_HEADER_PATTERNS: Final = {
    "month": re.compile("month|period"),
    "framework": re.compile("framework"),
    "lot": re.compile("^lot"),
    "sector": re.compile("sector"),
    "supplier_size": re.compile("sme|size"),
    "sales": re.compile("spend|sales|amount|charge|value"),
}
"""Words by which a column with any other header is recognised."""

_NOT_SALES = re.compile(r"vat|tax|forecast|target|share|percent|count|number|cumulative|todate")
_UNUSED_COLUMNS = re.compile("supplier|customer|buyer|project|description|product|service|^urn$|^$")
"""Words of columns that are known and not needed, such as the supplier's name."""

_SALES_UNIT = re.compile(r"ex(?:cl?|cluding)?\.?\s*vat|gbp", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[\W_]+")
_TITLE_SIMILARITY = 0.85
_FEWEST_COLUMNS = 4
"""Fewest recognised columns in the header of a G-Cloud sales file."""

_WIDEST_HEADER = 200
_MOST_LISTED_CELLS = 5
"""Cells interpreted in the same way that are reported one by one, at most."""


def recognises_g_cloud_header(header: tuple[str, ...]) -> bool:
    """Whether a header is that of a G-Cloud sales file."""
    return len(header) <= _WIDEST_HEADER and len(_match_headers(header)) >= _FEWEST_COLUMNS


def map_g_cloud_sales(raw_table: RawTable) -> MappedTable:
    """Map a G-Cloud sales file to the columns of ``gcloud_sales``.

    Args:
        raw_table: Header and cells of the file.

    Returns:
        The cells by column, with a warning for everything not read as printed.
    """
    matched_headers = _match_headers(raw_table.header)
    printed_table = map_columns(
        _drop_unused_columns(raw_table, matched_headers), matched_headers, matched_headers
    )
    cells, reading_warnings = dict(printed_table.cells), []
    for name in [name for name in COLUMN_INTERPRETERS if name in cells]:
        if name != "sales" or not is_numeric_type(cells[name].type):
            cells[name], findings = _interpret_column(name, cells[name])
            reading_warnings += [
                issue for finding in findings for issue in finding_issues(finding, printed_table)
            ]
    warnings = (
        *printed_table.warnings,
        *_guessed_column_warnings(raw_table, matched_headers),
        *reading_warnings,
        *_repeated_row_warnings(raw_table, matched_headers),
    )
    return replace(
        printed_table, cells=cells, warnings=warnings, published_headers=_PUBLISHED_HEADERS
    )


def _match_headers(header: tuple[str, ...]) -> dict[str, str]:
    """Match a header to each column: a known title, or else the only similar one."""
    free_headers = {_fold_header(header_text): header_text for header_text in reversed(header)}
    matched_headers: dict[str, str] = {}
    for name, titles in _COLUMN_TITLES.items():
        title = next((title for title in titles if title in free_headers), None)
        if title is not None:
            matched_headers[name] = free_headers.pop(title)
    for name in [name for name in _HEADER_PATTERNS if name not in matched_headers]:
        candidates = [folded for folded in free_headers if name in _candidate_columns(folded)]
        if len(candidates) == 1:
            matched_headers[name] = free_headers.pop(candidates[0])
    return matched_headers


def _candidate_columns(folded: str) -> list[str]:
    """Columns that an unknown header may belong to."""
    hinted_columns = [name for name, pattern in _HEADER_PATTERNS.items() if pattern.search(folded)]
    if hinted_columns == ["sales"] and _NOT_SALES.search(folded):
        return []
    similar_columns = [
        name
        for name, titles in _COLUMN_TITLES.items()
        if nearest_name(folded, titles, _TITLE_SIMILARITY)
    ]
    return similar_columns or (hinted_columns if len(hinted_columns) == 1 else [])


def _fold_header(header_text: str) -> str:
    return _PUNCTUATION.sub("", _SALES_UNIT.sub("", header_text)).casefold()


def _guessed_column_warnings(
    raw_table: RawTable, matched_headers: Mapping[str, str]
) -> Iterator[TableIssue]:
    """Warn of each column whose header is not a known title."""
    for name, header_text in matched_headers.items():
        if _fold_header(header_text) not in _COLUMN_TITLES[name]:
            yield TableIssue(
                raw_table.header_row, header_text, header_text, f'is read as column "{name}"'
            )


def _drop_unused_columns(raw_table: RawTable, matched_headers: Mapping[str, str]) -> RawTable:
    """Drop columns that are known and not needed, so that no warning mentions them."""
    kept_indices = [
        column_index
        for column_index, header_text in enumerate(raw_table.header)
        if header_text in matched_headers.values()
        or not _UNUSED_COLUMNS.search(_fold_header(header_text))
    ]
    header = tuple(raw_table.header[at] for at in kept_indices)
    return replace(raw_table, header=header, columns=[raw_table.columns[at] for at in kept_indices])


def _interpret_column(name: str, cells: pa.Array) -> tuple[pa.Array, list[CellFinding]]:
    """Interpret a column. Gives its cells, and findings for those not read as printed."""
    encoded = _dictionary_encode(cells.cast(pa.string()) if is_numeric_type(cells.type) else cells)
    texts = [text or "" for text in encoded.dictionary.to_pylist()]
    meanings = COLUMN_INTERPRETERS[name](texts)
    standard_form = STANDARD_FORMS.get(name)
    shapes: dict[str, list[int]] = {}
    for code, (text, meaning) in enumerate(zip(texts, meanings, strict=True)):
        if text != meaning and not (standard_form and standard_form.fullmatch(text)):
            shapes.setdefault(_written_shape(text), []).append(code)
    codes = encoded.indices.fill_null(-1).to_numpy()

    def describe(index: int) -> str:
        return f"{shorten_text(texts[codes[index]])} is read as {meanings[codes[index]]}"

    shape_positions = (
        np.flatnonzero(np.isin(codes, shape_codes)) for shape_codes in shapes.values()
    )
    findings = [
        CellFinding(name, at, describe, grouped=len(at) > _MOST_LISTED_CELLS)
        for at in shape_positions
    ]
    labels = pa.array([meaning or None for meaning in meanings], pa.string())
    return pa.DictionaryArray.from_arrays(encoded.indices, labels), findings


def _written_shape(text: str) -> str:
    """Format of a cell, whatever its digits: ``£0`` for ``£1,234.50``."""
    return re.sub(r"\d[\d,.]*", "0", text)


def _repeated_row_warnings(
    raw_table: RawTable, matched_headers: Mapping[str, str]
) -> Iterator[TableIssue]:
    """Warn once of rows that repeat another apart from the identifier."""
    columns = [
        column
        for header_text, column in zip(raw_table.header, raw_table.columns, strict=True)
        if header_text != matched_headers.get(_ID_COLUMN)
    ]
    if _ID_COLUMN not in matched_headers or not columns:
        return
    codes = {
        column_index: _dictionary_encode(column).indices.to_numpy(zero_copy_only=False)
        for column_index, column in enumerate(columns)
    }
    if (repeated_rows := np.flatnonzero(pd.DataFrame(codes).duplicated())).size:
        message = (
            "the row repeats another apart from the identifier. It is kept: returns may be equal"
            f"{first_of_several(repeated_rows.size, 'rows')}"
        )
        yield TableIssue(int(raw_table.row_numbers[repeated_rows[0]]), None, None, message)


def _dictionary_encode(column: pa.Array) -> pa.DictionaryArray:
    return column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
