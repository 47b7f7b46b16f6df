"""The published file of G-Cloud sales: a row for each return of a supplier to the framework.

Any release of it, with columns named or ordered otherwise and cells written otherwise. It is a
reader of the table ``gcloud_sales``; of a row that repeats another nothing is dropped.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from workbook.importers.g_cloud_cells import AS_PUBLISHED, MEANINGS
from workbook.tables.findings import Finding, told
from workbook.tables.grid import Grid
from workbook.tables.numbers import is_number
from workbook.tables.problems import LONGEST, Problem, cut
from workbook.tables.sheet import Sheet, tidy

ID: Final = "return_id"
TITLES: Final = {
    ID: ("id", "returnid", "returnnumber", "returnref", "reference", "ref", "identifier", "rowid"),
    "month": ("returnmonth", "month", "reportmonth", "reportingmonth", "returndate", "date"),
    "framework": ("framework", "frameworkname", "frameworktitle", "frameworknumber"),
    "lot": ("lot", "lotnumber", "lotno", "lotname", "lotdescription"),
    "sector": ("sector", "customersector", "sectorname", "marketsector"),
    "supplier_size": ("smeorlarge", "smelarge", "sme", "suppliersize", "size", "smestatus"),
    "sales": ("evidencedspend", "spend", "sales", "amount", "totalcharge", "totalspend", "value"),
}
"""What a column may be called, the likeliest first."""

PUBLISHED: Final = {
    ID: "ID",
    "month": "ReturnMonth",
    "lot": "LotDescription",
    "supplier_size": "SMEorLarge",
    "sales": "EvidencedSpend",
}
"""What the file of July 2014 calls a column that it calls otherwise than the table."""

SIGNS: Final = {
    "month": re.compile("month|period"),
    "framework": re.compile("framework"),
    "lot": re.compile("^lot"),
    "sector": re.compile("sector"),
    "supplier_size": re.compile("sme|size"),
    "sales": re.compile("spend|sales|amount|charge|value"),
}
"""What the name of a column says that is called otherwise."""

NOT_SALES = re.compile(r"vat|tax|forecast|target|share|percent|count|number|cumulative|todate")
NEEDLESS = re.compile("supplier|customer|buyer|project|description|product|service|^urn$|^$")
"""Signs of a column that is understood and not needed: it names people's firms."""

UNIT = re.compile(r"ex(?:cl?|cluding)?\.?\s*vat|gbp", re.IGNORECASE)
FOLDED = re.compile(r"[\W_]+")
ALIKE = 0.85
FEWEST = 4
"""Columns by which a header is known for that of such a file, even with some gone."""

WIDEST = 200
FEW = 5
"""Cells read in the same way that are told one by one."""


def recognises(header: tuple[str, ...]) -> bool:
    """Whether this is the header of such a file."""
    return len(header) <= WIDEST and len(_heads(header)) >= FEWEST


def sheet(grid: Grid) -> Sheet:
    """The sheet of such a file."""
    heads = _heads(grid.header)
    printed = tidy(_needed(grid, heads), heads, heads)
    cells, found = dict(printed.cells), []
    for name in [name for name in MEANINGS if name in cells]:
        if name != "sales" or not is_number(cells[name].type):
            cells[name], readings = _read(name, cells[name])
            found += [problem for each in readings for problem in told(each, printed)]
    odd = (*printed.oddities, *_likened(grid, heads), *found, *_alike(grid, heads))
    return replace(printed, cells=cells, oddities=odd, published=PUBLISHED)


def _heads(header: tuple[str, ...]) -> dict[str, str]:
    """The header of each of our columns: by its title, else by the only one that is like it."""
    free = {_folded(head): head for head in reversed(header)}
    heads: dict[str, str] = {}
    for name, titles in TITLES.items():
        title = next((title for title in titles if title in free), None)
        if title is not None:
            heads[name] = free.pop(title)
    for name in [name for name in SIGNS if name not in heads]:
        like = [folded for folded in free if name in _likenesses(folded)]
        if len(like) == 1:
            heads[name] = free.pop(like[0])
    return heads


def _likenesses(folded: str) -> list[str]:
    """Our columns that a header may be of, though none is called so."""
    said = [name for name, sign in SIGNS.items() if sign.search(folded)]
    if said == ["sales"] and NOT_SALES.search(folded):
        return []
    near = [
        name
        for name, titles in TITLES.items()
        if get_close_matches(folded[:LONGEST], titles, 1, ALIKE)
    ]
    return near or (said if len(said) == 1 else [])


def _folded(head: str) -> str:
    return FOLDED.sub("", UNIT.sub("", head)).casefold()


def _likened(grid: Grid, heads: Mapping[str, str]) -> Iterator[Problem]:
    """An oddity for each column whose name was not known."""
    for name, head in heads.items():
        if _folded(head) not in TITLES[name]:
            yield Problem(grid.header_row, head, head, f"is read as the column {name}")


def _needed(grid: Grid, heads: Mapping[str, str]) -> Grid:
    """The grid without the columns that are understood and not needed."""
    kept = [
        at
        for at, head in enumerate(grid.header)
        if head in heads.values() or not NEEDLESS.search(_folded(head))
    ]
    header = tuple(grid.header[at] for at in kept)
    return replace(grid, header=header, columns=[grid.columns[at] for at in kept])


def _read(name: str, cells: pa.Array) -> tuple[pa.Array, list[Finding]]:
    """A column as it is meant, and the cells that are not as printed, by how they are written."""
    coded = _coded(cells.cast(pa.string()) if is_number(cells.type) else cells)
    texts = [text or "" for text in coded.dictionary.to_pylist()]
    meant = MEANINGS[name](texts)
    usual = AS_PUBLISHED.get(name)
    shapes: dict[str, list[int]] = {}
    for code, (text, meaning) in enumerate(zip(texts, meant, strict=True)):
        if text != meaning and not (usual and usual.fullmatch(text)):
            shapes.setdefault(_shape(text), []).append(code)
    codes = coded.indices.fill_null(-1).to_numpy()
    say = lambda at: f"{cut(texts[codes[at]])} is read as {meant[codes[at]]}"  # noqa: E731
    found = (np.flatnonzero(np.isin(codes, alike)) for alike in shapes.values())
    readings = [Finding(name, at, say, common=len(at) > FEW) for at in found]
    labels = pa.array([meaning or None for meaning in meant], pa.string())
    return pa.DictionaryArray.from_arrays(coded.indices, labels), readings


def _shape(text: str) -> str:
    """How a cell is written, whatever its figures are: ``£1,234.50`` as ``£0``."""
    return re.sub(r"\d[\d,.]*", "0", text)


def _alike(grid: Grid, heads: Mapping[str, str]) -> Iterator[Problem]:
    """One oddity for all rows that repeat another but for the identifier."""
    columns = [
        column
        for head, column in zip(grid.header, grid.columns, strict=True)
        if head != heads.get(ID)
    ]
    if ID not in heads or not columns:
        return
    codes = {
        at: _coded(column).indices.to_numpy(zero_copy_only=False)
        for at, column in enumerate(columns)
    }
    if (again := np.flatnonzero(pd.DataFrame(codes).duplicated())).size:
        said = "repeats another" if again.size == 1 else "this one first, repeat another"
        rows = "the row" if again.size == 1 else f"{again.size:,} rows,"
        message = f"{rows} {said} but for the identifier: kept, since returns may be alike"
        yield Problem(int(grid.numbers[again[0]]), None, None, message)


def _coded(column: pa.Array) -> pa.DictionaryArray:
    return column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
