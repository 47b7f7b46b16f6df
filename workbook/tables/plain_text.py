"""Plain text from cells that hold HTML."""

import html
import re
from collections.abc import Collection
from dataclasses import replace
from typing import Final

import pyarrow as pa

from workbook.tables.findings import CellFinding, finding_issues
from workbook.tables.mapped_table import MappedTable
from workbook.tables.raw_table import joined_bytes
from workbook.text.quoting import quote_value

_TAG = re.compile(r"<(?P<mark>[/!?]?)(?P<name>[A-Za-z-][^\s<>/]*+)[^<>]*+>")
_HIDDEN_TAGS: Final = ("script", "style")
"""Tags whose content is no text."""

_BLOCK_TAGS: Final = frozenset(
    {
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hr", "li", "main", "nav", "ol", "option", "p", "pre", "section", "table", "tbody"),
        *("td", "tfoot", "th", "thead", "tr", "ul"),
    }
)
"""Tags that separate words."""

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_MOST_ROUNDS = 5
"""How often a text is read again. What is HTML in HTML in HTML after that was never a text."""


def to_plain_text(text: str) -> str:
    """Remove HTML tags from a text and decode its entities, until there are none.

    The content of ``script`` and ``style`` is removed too. A tag such as ``p`` becomes a space.

    Args:
        text: A text such as ``Fish &amp; <em>chips</em>``.

    Returns:
        The text such as ``Fish & chips``. A text without HTML is unchanged.
    """
    for _ in range(_MOST_ROUNDS):
        plain = _ENTITY.sub(_decode_entity, _remove_tags(text))
        if plain == text:
            return text
        text = " ".join(plain.split())
    return text.replace("<", "").replace("&", "")


def remove_markup(mapped_table: MappedTable, columns: Collection[str]) -> MappedTable:
    """Make the cells of some columns plain text, with a warning for each that held HTML.

    Args:
        mapped_table: The cells.
        columns: Names of the columns.

    Returns:
        The table with plain text in them.
    """
    cells, warnings = dict(mapped_table.cells), list(mapped_table.warnings)
    for name in columns:
        if name not in cells or not _may_hold_markup(cells[name]):
            continue
        texts = cells[name].cast(pa.string()).to_pylist()
        plain_texts = [text and to_plain_text(text) for text in texts]
        cells[name] = pa.array([text or None for text in plain_texts], pa.string())
        changed = [
            position
            for position, (text, plain) in enumerate(zip(texts, plain_texts, strict=True))
            if text != plain
        ]
        finding = CellFinding(
            name,
            changed,
            lambda position, plain_texts=plain_texts: (  # type: ignore[misc]
                f"holds HTML, which is removed: read as {quote_value(plain_texts[position])}"
            ),
        )
        warnings += finding_issues(finding, mapped_table)
    return replace(mapped_table, cells=cells, warnings=tuple(warnings))


def _remove_tags(text: str) -> str:
    folded = text.lower()
    last_ends = {name: folded.rfind(f"</{name}") for name in _HIDDEN_TAGS}
    kept: list[str] = []
    start, hidden = 0, ""
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if hidden:
            if tag["mark"] == "/" and name == hidden:
                start, hidden = tag.end(), ""
            continue
        kept += [text[start : tag.start()], " " if name in _BLOCK_TAGS else ""]
        start = tag.end()
        if not tag["mark"] and last_ends.get(name, -1) >= start:
            hidden = name
    return "".join([*kept, "" if hidden else text[start:]])


def _decode_entity(match: "re.Match[str]") -> str:
    return html.unescape(match[0])


def _may_hold_markup(cells: pa.Array) -> bool:
    texts = cells.dictionary if pa.types.is_dictionary(cells.type) else cells
    if not pa.types.is_string(texts.type):
        return False
    all_bytes = joined_bytes(texts)
    return b"<" in all_bytes or b"&" in all_bytes
