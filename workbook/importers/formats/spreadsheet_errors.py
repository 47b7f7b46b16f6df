"""Find the cells of a spreadsheet that hold an error, such as ``#REF!``.

The reading library gives such a cell as blank.
"""

import io
import zipfile
from typing import Any, Final
from xml.etree import ElementTree as ET

_ERRORS_BY_PLACE = dict[tuple[int, int], str]
_ERROR_TYPE: Final = b't="e"'
_ODS_ERROR_MARKS: Final = (b'calcext:value-type="error"', b'office:string-value=""')
_RELATIONSHIP_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ALPHABET_LENGTH: Final = 26


def error_cells(content: bytes) -> dict[str, _ERRORS_BY_PLACE]:
    """Find the cells with errors.

    Args:
        content: Bytes of an XLSX or ODS file that has been read.

    Returns:
        By sheet, the text of each error by row and column, from 0.
    """
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "content.xml" in archive.namelist():
            return _ods_errors(archive.read("content.xml"))
        return _xlsx_errors(archive)


def _xlsx_errors(archive: zipfile.ZipFile) -> dict[str, _ERRORS_BY_PLACE]:
    parts = {name.lower(): name for name in archive.namelist()}
    errors: dict[str, _ERRORS_BY_PLACE] = {}
    for sheet, part in _sheet_parts(archive, parts).items():
        if part.lower() in parts:
            xml = archive.read(parts[part.lower()])
            if _ERROR_TYPE in xml:
                errors[sheet] = _sheet_errors(xml)
    return errors


def _sheet_parts(archive: zipfile.ZipFile, parts: dict[str, str]) -> dict[str, str]:
    """Part of the archive that holds each sheet."""
    book, relations = parts.get("xl/workbook.xml"), parts.get("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        return {}
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in ET.fromstring(archive.read(relations))  # noqa: S314  size is checked
    }
    sheets = ET.fromstring(archive.read(book)).iter()  # noqa: S314  size is checked
    return {
        sheet.get("name", ""): _absolute_part(targets.get(sheet.get(_RELATIONSHIP_ID), ""))
        for sheet in sheets
        if _local_name(sheet) == "sheet"
    }


def _absolute_part(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _sheet_errors(xml: bytes) -> _ERRORS_BY_PLACE:
    errors: _ERRORS_BY_PLACE = {}
    row = -1
    for event, element in ET.iterparse(io.BytesIO(xml), ("start", "end")):  # noqa: S314
        match event, _local_name(element):
            case "start", "row":
                row = int(element.get("r", row + 2)) - 1
            case "end", "c" if element.get("t") == "e" and element.get("r"):
                text = "".join(part.text or "" for part in element if _local_name(part) == "v")
                errors[row, _column_index(element.get("r", ""))] = text
            case "end", "row":
                element.clear()
    return errors


def _ods_errors(xml: bytes) -> dict[str, _ERRORS_BY_PLACE]:
    if not any(mark in xml for mark in _ODS_ERROR_MARKS):
        return {}
    errors: dict[str, _ERRORS_BY_PLACE] = {}
    for sheet in _find_elements(ET.fromstring(xml), "table"):  # noqa: S314  size is checked
        row_index, places = 0, errors.setdefault(_find_attribute(sheet, "name"), {})
        for row in _find_elements(sheet, "table-row"):
            column_index = 0
            for cell in row:
                if _is_ods_error(cell):
                    places[row_index, column_index] = "".join(cell.itertext()).strip()
                column_index += int(_find_attribute(cell, "number-columns-repeated") or 1)
            row_index += int(_find_attribute(row, "number-rows-repeated") or 1)
    return errors


def _is_ods_error(cell: "ET.Element[Any]") -> bool:
    """Whether a cell is marked as an error, or shows a text although its value is blank."""
    return any(
        (name.rpartition("}")[2], value) in {("value-type", "error"), ("string-value", "")}
        for name, value in cell.attrib.items()
    )


def _find_elements(parent: "ET.Element[Any]", name: str) -> "list[ET.Element[Any]]":
    return [element for element in parent.iter() if _local_name(element) == name]


def _local_name(element: "ET.Element[Any]") -> str:
    return str(element.tag).rpartition("}")[2]


def _find_attribute(element: "ET.Element[Any]", name: str) -> str:
    """An attribute of any namespace; blank if there is none."""
    values = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(values, "")


def _column_index(reference: str) -> int:
    number = 0
    for letter in reference.rstrip("0123456789").upper():
        number = number * _ALPHABET_LENGTH + ord(letter) - ord("A") + 1
    return number - 1
