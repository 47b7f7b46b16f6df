"""The passages of a draft: its headings, paragraphs, list items and cells of tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

_LONGEST_HEADING: Final = 90
"""Characters of the longest line that can be a heading without being marked as one."""

_BULLET = re.compile(r"^\s*(?:[•◦▪‣*–-]|\(?\d{1,2}[.)])\s+")
_SENTENCE_END = (".", "!", "?", ":", ";", ",")

_TEXT_BLOCKS: Final = frozenset({"Para", "Plain", "Header", "LineBlock"})
_LIST_BLOCKS: Final = frozenset({"BulletList", "OrderedList", "DefinitionList"})
_SPACES: Final = frozenset({"Space", "SoftBreak", "LineBreak"})
_SKIPPED: Final = frozenset({"Image", "RawInline", "RawBlock", "Note", "CodeBlock"})


@dataclass(frozen=True)
class Passage:
    """A heading, a paragraph, an item of a list or a cell of a table.

    Attributes:
        text: Its text on one line. That of a cell is ``row; column: cell``.
        is_heading: Whether it is a heading, or a line that looks like one.
        cell_start: Where the cell begins in the text. The name of its row stands before. 0 for
            what is no cell.
    """

    text: str
    is_heading: bool = False
    cell_start: int = 0


def split_text(text: str) -> list[Passage]:
    r"""Split a plain text into passages at blank lines and before items of lists.

    Args:
        text: The text.

    Returns:
        The passages in order, without empty ones.

    Example:
        >>> [passage.text for passage in split_text("Savings\n\nWe saved\n£2 million.")]
        ['Savings', 'We saved £2 million.']
    """
    passages: list[Passage] = []
    for paragraph in re.split(r"\n\s*\n", text):
        lines: list[str] = []
        is_item = False
        for line in paragraph.splitlines():
            if bullet := _BULLET.match(line):
                passages += _make_passages(lines, is_item=is_item)
                lines, is_item = [line[bullet.end() :]], True
            else:
                lines.append(line)
        passages += _make_passages(lines, is_item=is_item)
    return passages


def split_blocks(blocks: Sequence[Any]) -> list[Passage]:
    """Split a document that pandoc has read into passages.

    Args:
        blocks: The document's blocks, as pandoc writes them in JSON.

    Returns:
        The passages in order, without empty ones. A footnote follows its paragraph.
    """
    return [passage for passage in _walk_nodes(blocks, in_list=False) if passage.text]


def _make_passages(lines: Sequence[str], *, is_item: bool) -> list[Passage]:
    text = _join_words(" ".join(lines))
    return [Passage(text, is_heading=not is_item and _looks_like_heading(text))] if text else []


def _looks_like_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not text.endswith(_SENTENCE_END)


def _walk_nodes(node: Any, *, in_list: bool) -> Iterator[Passage]:  # noqa: ANN401  JSON
    if isinstance(node, list):
        for part in node:
            yield from _walk_nodes(part, in_list=in_list)
        return
    kind = node.get("t") if isinstance(node, dict) else None
    if kind in _TEXT_BLOCKS:
        yield _read_block(node, in_list=in_list)
        yield from _read_notes(node)
    elif kind == "Table":
        yield from _read_table(node)
    elif kind is not None and kind not in _SKIPPED:
        yield from _walk_nodes(node.get("c", []), in_list=in_list or kind in _LIST_BLOCKS)


def _read_block(node: Any, *, in_list: bool) -> Passage:  # noqa: ANN401  JSON
    text = _join_words(_inline_text(node["c"]))
    is_marked = node["t"] == "Header"
    return Passage(text, is_heading=is_marked or (not in_list and _looks_like_heading(text)))


def _read_notes(node: Any) -> Iterator[Passage]:  # noqa: ANN401  JSON
    """Give the footnotes of a block."""
    if isinstance(node, list):
        for part in node:
            yield from _read_notes(part)
    elif isinstance(node, dict):
        if node.get("t") == "Note":
            yield from _walk_nodes(node["c"], in_list=True)
        else:
            yield from _read_notes(node.get("c", []))


def _read_table(node: Any) -> Iterator[Passage]:  # noqa: ANN401  JSON
    """Give the caption, and each cell with its row and column."""
    _, caption, _, head, bodies, foot = node["c"]
    yield from _walk_nodes(caption[1], in_list=True)
    head_rows = [_read_cells(row) for row in head[1]]
    body_rows = [_read_cells(row) for body in bodies for row in (*body[2], *body[3])]
    rows = [*body_rows, *(_read_cells(row) for row in foot[1])]
    headings = head_rows[-1] if any(map(any, head_rows)) else (rows.pop(0) if rows else [])
    yield from (Passage(heading) for heading in headings)
    for cells in rows:
        yield from _name_cells(cells, headings)


def _name_cells(cells: Sequence[str], headings: Sequence[str]) -> Iterator[Passage]:
    """Give the name of a row, and each of its other cells with the names of row and column."""
    name, *others = cells or [""]
    yield Passage(name)
    for heading, cell in zip_longest(headings[1:], others, fillvalue=""):
        if cell:
            before = f"{name}; " if name else ""
            text = f"{before}{heading}: {cell}" if heading else f"{before}{cell}"
            yield Passage(text, cell_start=len(text) - len(cell))


def _read_cells(row: Any) -> list[str]:  # noqa: ANN401  JSON
    return [
        _join_words(" ".join(passage.text for passage in _walk_nodes(cell[4], in_list=True)))
        for cell in row[1]
    ]


def _inline_text(node: Any) -> str:  # noqa: ANN401  JSON
    """The text of inline elements."""
    if isinstance(node, list):
        return "".join(map(_inline_text, node))
    if not isinstance(node, dict):
        return ""
    kind, content = node["t"], node.get("c", "")
    if kind in _SPACES:
        return " "
    if kind in {"Str", "Code", "Math"}:
        return str(content if kind == "Str" else content[1])
    return "" if kind in _SKIPPED else _nested_text(kind, _inline_text(content))


def _nested_text(kind: str, text: str) -> str:
    """The text of an element with others in it. A superscript number is the mark of a note."""
    if kind == "Superscript" and text.strip("[]() ,").isdigit():
        return ""
    return f"“{text}”" if kind == "Quoted" else text


def _join_words(text: str) -> str:
    return " ".join(text.split())
