"""The indicators as tiles: label, value, interval and note."""

from html import escape
from typing import Any

import traitlets

from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.widgets.prose import to_prose_html
from workbook.widgets.widget import WorkbookWidget


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
        """Show the indicators of an outcome."""
        indicators = [outcome[name] for name in self._names] if self._names else outcome.indicators
        self.tiles = [_tile_content(indicator) for indicator in indicators]

    def to_static_html(self) -> str:
        """Render the tiles as a description list."""
        return f'<dl class="wb-tiles">{"".join(map(_tile_html, self.tiles))}</dl>'


def _tile_content(indicator: Indicator) -> dict[str, Any]:
    interval = indicator.formatted_range
    return {
        "name": indicator.name,
        "label": indicator.label,
        "text": indicator.formatted_value,
        "interval": f"80% of simulations: {interval}" if interval else "",
        "value": "" if indicator.value is None else repr(indicator.value).strip("'"),
        "note": indicator.explanation or _outside_range_note(indicator),
    }


def _outside_range_note(indicator: Indicator) -> str:
    """Why a value lies outside the range from P10 to P90; empty where it does not."""
    value, low, high = indicator.value, indicator.low, indicator.high
    if low is None or high is None or not isinstance(value, int | float) or low <= value <= high:
        return ""
    return "The value is outside this range: an assumption is at or beyond the end of its range."


def _tile_html(tile: dict[str, Any]) -> str:
    name, label, text, value = (escape(tile[key]) for key in ("name", "label", "text", "value"))
    notes = [to_prose_html(note) for note in (tile["interval"], tile["note"]) if note]
    return (
        f'<div class="wb-tile" data-indicator="{name}" data-value="{value}">'
        f'<dt>{label}</dt><dd class="wb-value">{text}</dd>'
        + "".join(f'<dd class="wb-note">{note}</dd>' for note in notes)
        + "</div>"
    )
