"""Read JSON files: one object, a list of objects, or an object a line."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import pyarrow as pa

from workbook.importers.formats.spreadsheet_limits import MAXIMUM_CELLS
from workbook.tables.issues import file_issue
from workbook.tables.raw_table import RawTable
from workbook.text.grammar import join_items
from workbook.text.quoting import quote_text

_JSON_START = re.compile(rb"\s*(?:\{|\[\s*[\[{\"\]])")
_SPACE = re.compile(r"\s*")
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
"""Numbers stay as printed: the table's columns decide whether they are valid."""

_FAULTS: Final = {
    "Expecting ',' delimiter": "a comma or a closing bracket is missing",
    "Expecting ':' delimiter": "a colon is missing after a name",
    "Expecting property name enclosed in double quotes": "a name in double quotes is missing",
    "Expecting value": "a value is missing",
    "Illegal trailing comma before end of array": "there is a comma after the last value",
    "Illegal trailing comma before end of object": "there is a comma after the last value",
    "Invalid control character at": "a text holds a line break or another control character",
    "Invalid \\escape": "a text holds a backslash that means nothing",
    "Invalid \\uXXXX escape": "a text holds a character code that is not complete",
    "Unterminated string starting at": "a text has no closing quotation mark",
}
_TYPE_NAMES: Final[dict[type, str]] = {list: "a list", bool: "true or false", type(None): "null"}

_FEWEST_NAMES: Final = 3
"""Fewest names of an object that is a row. One with fewer says something else, such as an error."""

MAXIMUM_ITEMS: Final = 200_000
"""Items of a file that are read at most. Each takes far more memory than it has bytes."""

NO_ITEMS_MESSAGE = "the file has no items: it must hold one JSON object or more"


def starts_as_json(content: bytes) -> bool:
    """Whether a file begins like a JSON object or list."""
    return bool(_JSON_START.match(content.removeprefix(b"\xef\xbb\xbf")))


def read_json_records(
    content: bytes, fits: Callable[[tuple[str, ...]], bool] = lambda _: True
) -> RawTable:
    """Read a JSON file as a table with a row for each object.

    The names of objects in objects are joined by full stops: ``details.opening_date``. A list in an
    object stays JSON text. The first object is row 2, as in a spreadsheet with a header. A single
    object that does not fit may wrap the list, as in ``{"total": 2, "results": [{…}, {…}]}``.

    Args:
        content: The file's bytes: one object, a list of objects, or one after the other.
        fits: Whether a header is one of the table that is wanted.

    Returns:
        Header and cells. A cell is null where the object lacks the name or has null.

    Raises:
        ValueError: The file is not JSON in UTF-8, holds anything but objects, or is too large.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"the file is not text in UTF-8 (byte {error.start + 1}): save it again as UTF-8"
        raise ValueError(msg) from None
    try:
        records: list[dict[str, str | None]] = []
        only_item = None
        for item in _parse_items(text):
            only_item = None if records else item
            records.append(dict(_flatten_object(item)))
    except RecursionError:
        msg = "the file is not a list of items: it nests lists or objects too deeply"
        raise ValueError(msg) from None
    table = _build_table(records)
    return table if only_item is None or fits(table.header) else _read_wrapper(only_item, table)


def _read_wrapper(item: dict[str, Any], table: RawTable) -> RawTable:
    """Read the list of objects that a single object wraps; the object's table if there is none."""
    lists = {name: value for name, value in item.items() if _is_list_of_objects(value)}
    if len(lists) == 1:
        [(name, objects)] = lists.items()
        _check_item_count(len(objects))
        warnings = (file_issue(f"the list {quote_text(name)} of the file is read"),)
        return replace(
            _build_table([dict(_flatten_object(row)) for row in objects]), warnings=warnings
        )
    if lists or len(item) < _FEWEST_NAMES:
        names = join_items(quote_text(name) for name in [*item][:_FEWEST_NAMES])
        msg = f"the file is not a list of items: it is one object with {names}. Save the list alone"
        raise ValueError(msg)
    return table


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _parse_items(text: str) -> Iterator[dict[str, Any]]:
    """Parse the objects of a text, whether single, in lists or one after the other."""
    position, number = _skip_space(text, 0), 0
    while position < len(text):
        try:
            value, position = _DECODER.raw_decode(text, position)
        except json.JSONDecodeError as error:
            raise ValueError(_describe_fault(error)) from None
        for item in value if isinstance(value, list) else [value]:
            number += 1
            _check_item_count(number)
            if not isinstance(item, dict):
                type_name = _TYPE_NAMES.get(type(item), "a text or number")
                msg = f"item {number} of the file is {type_name}: each item must be a JSON object"
                raise ValueError(msg)  # noqa: TRY004  as for every fault of a file
            yield item
        position = _skip_space(text, position)


def _check_item_count(count: int) -> None:
    """Raise ValueError if a file has more items than are read."""
    if count > MAXIMUM_ITEMS:
        raise ValueError(f"the file has more than {MAXIMUM_ITEMS:,} items: save fewer at a time")


def _describe_fault(error: json.JSONDecodeError) -> str:
    """Say in plain words what is wrong with a JSON file, and where."""
    known_faults = (fault for start, fault in _FAULTS.items() if error.msg.startswith(start))
    fault = next(known_faults, "the text is no JSON from here on")
    if error.pos >= len(error.doc.rstrip()):
        fault = "the file ends before it is complete: save it again"
    return f"the file is not valid JSON: in line {error.lineno}, column {error.colno}, {fault}"


def _skip_space(text: str, position: int) -> int:
    """Position of the next character that is no white space."""
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _flatten_object(item: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str | None]]:
    """Names and texts of the values in an object, None for null."""
    for name, value in item.items():
        path = f"{prefix}{_make_storable(name)}"
        if isinstance(value, dict):
            yield from _flatten_object(value, f"{path}.")
        elif isinstance(value, bool):
            yield path, str(value).lower()
        elif isinstance(value, str):
            yield path, _make_storable(value)
        elif value is None:
            yield path, None
        else:
            yield path, _make_storable(json.dumps(value, ensure_ascii=False))


def _make_storable(text: str) -> str:
    """Text without characters that no file can hold: nulls and halves of a pair."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def _build_table(records: Sequence[dict[str, str | None]]) -> RawTable:
    header = tuple(dict.fromkeys(name for record in records for name in record))
    if not records or not header:
        raise ValueError(NO_ITEMS_MESSAGE)
    if len(records) * len(header) > MAXIMUM_CELLS:
        msg = (
            f"the file has {len(records):,} items with {len(header):,} different names, which"
            f" makes more than {MAXIMUM_CELLS:,} cells: save fewer items at a time"
        )
        raise ValueError(msg)
    columns = [pa.array([record.get(name) for record in records], pa.string()) for name in header]
    return RawTable(header, 1, columns, range(2, len(records) + 2))
