"""The indicators as tiles: what each is, its value and its likely range."""

from html import escape
from typing import Any

import traitlets

from workbook.outcome import Indicator, Outcome
from workbook.widgets.widget import Widget


class Tiles(Widget):
    """A tile for each indicator of an outcome, or for those that are named."""

    tiles = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(self, names: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._names = names

    def show(self, outcome: Outcome) -> None:
        """Show the indicators of this outcome."""
        shown = [outcome[name] for name in self._names] if self._names else outcome.indicators
        self.tiles = [_tile(indicator) for indicator in shown]

    def still(self) -> str:
        """The tiles as a description list."""
        return f'<dl class="wb-tiles">{"".join(map(_still, self.tiles))}</dl>'


def _tile(indicator: Indicator) -> dict[str, Any]:
    return {
        "name": indicator.name,
        "label": indicator.label,
        "text": indicator.text,
        "spread": f"Likely {indicator.spread}" if indicator.spread else "",
        "value": "" if indicator.value is None else repr(indicator.value).strip("'"),
        "reason": indicator.reason or _outside(indicator),
    }


def _outside(indicator: Indicator) -> str:
    """Why a value may lie outside its likely range; nothing where it does not."""
    value, low, high = indicator.value, indicator.low, indicator.high
    if low is None or high is None or not isinstance(value, int | float) or low <= value <= high:
        return ""
    return "Outside its likely range: an assumption lies at or beyond the end of what is plausible."


def _still(tile: dict[str, Any]) -> str:
    name, label, text, value = (escape(tile[part]) for part in ("name", "label", "text", "value"))
    notes = [escape(note) for note in (tile["spread"], tile["reason"]) if note]
    return (
        f'<div class="wb-tile" data-indicator="{name}" data-value="{value}">'
        f'<dt>{label}</dt><dd class="wb-value">{text}</dd>'
        + "".join(f'<dd class="wb-note">{note}</dd>' for note in notes)
        + "</div>"
    )
