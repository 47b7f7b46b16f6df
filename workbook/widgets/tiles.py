"""The indicators as tiles: label, value, interval and note."""

from collections.abc import Iterable, Mapping
from html import escape

import traitlets

from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.text.prose import to_prose_html
from workbook.widgets.widget import WorkbookWidget

_LONGEST_NOTE = 100
"""A longer note is opened on request."""


class TilesWidget(WorkbookWidget):
    """A tile for each indicator of an outcome, or for some of them.

    Args:
        names: The indicators' names, in the order of the tiles; all indicators if empty.
    """

    tiles = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(self, names: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._names = names

    def show(self, outcome: Outcome) -> None:
        """Show the indicators of an outcome, without those that the scenario leaves out."""
        indicators = [outcome[name] for name in self._names] if self._names else outcome.indicators
        self.tiles = [
            tile_content(indicator)
            for indicator in indicators
            if indicator.name not in outcome.left_out
        ]

    def describe_content(self) -> str:
        """The label and the value of each tile."""
        return "; ".join(f"{tile['label']}: {tile['text']}" for tile in self.tiles)

    def to_static_html(self) -> str:
        """Render the tiles as a description list; an empty text without tiles."""
        return tile_list_html(self.tiles, "wb-tiles") if self.tiles else ""


def tile_content(indicator: Indicator) -> dict[str, str]:
    """Content of an indicator's tile.

    Args:
        indicator: The indicator.

    Returns:
        Name, label and raw value, and the texts of value, interval and note, empty where there is
        none.
    """
    interval = indicator.formatted_range
    return {
        "name": indicator.name,
        "label": indicator.label,
        "text": indicator.formatted_value,
        "interval": f"8 in 10 simulations: {interval}" if interval else "",
        "value": indicator.raw_text,
        "note": indicator.explanation or _outside_range_note(indicator),
    }


def _outside_range_note(indicator: Indicator) -> str:
    """Why a value lies outside the range from P10 to P90; empty where it does not."""
    value, low, high = indicator.value, indicator.low, indicator.high
    if low is None or high is None or not isinstance(value, int | float) or low <= value <= high:
        return ""
    return "The value is outside this range: an assumption is at or beyond the end of its range."


def tile_list_html(tiles: Iterable[Mapping[str, str]], class_name: str) -> str:
    """Render tiles as a description list.

    Args:
        tiles: The tiles' contents.
        class_name: Class of the list.

    Returns:
        The ``dl`` element.
    """
    return f'<dl class="{class_name}">{"".join(map(_tile_html, tiles))}</dl>'


def _tile_html(tile: Mapping[str, str]) -> str:
    name, value = escape(tile["name"]), escape(tile["value"])
    label, text, interval = (to_prose_html(tile[key]) for key in ("label", "text", "interval"))
    notes = [interval] if interval else []
    if note := to_prose_html(tile["note"]):
        is_long = len(tile["note"]) > _LONGEST_NOTE
        summary = '<details class="wb-more"><summary>Note</summary>'
        notes.append(f"{summary}{note}</details>" if is_long else note)
    return (
        f'<div class="wb-tile" data-indicator="{name}" data-value="{value}">'
        f'<dt>{label}</dt><dd class="wb-value">{text}</dd>'
        + "".join(f'<dd class="wb-note">{note}</dd>' for note in notes)
        + "</div>"
    )
