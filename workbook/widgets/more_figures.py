"""The indicators that are not on the first screen: "More figures (9)"."""

from collections.abc import Iterable

from workbook.outcome import Outcome
from workbook.widgets.tiles import TilesWidget, tile_content, tile_list_html


class MoreFiguresWidget(TilesWidget):
    """A compact list of an outcome's other indicators, in a disclosure.

    Args:
        first_names: Names of the indicators on the first screen, which the list leaves out; empty
            if all are there.
    """

    def __init__(self, first_names: Iterable[str]) -> None:
        super().__init__()
        self._first_names = frozenset(first_names)

    def show(self, outcome: Outcome) -> None:
        """Show the indicators of an outcome that are not on the first screen."""
        self.tiles = [
            tile_content(indicator)
            for indicator in outcome.indicators
            if self._first_names
            and indicator.name not in self._first_names
            and indicator.name not in outcome.left_out
        ]

    def to_static_html(self) -> str:
        """Render the list in a disclosure; an empty text if there is no other indicator."""
        if not self.tiles:
            return ""
        summary = f"<summary>More figures ({len(self.tiles)})</summary>"
        figures = tile_list_html(self.tiles, "wb-tiles wb-figures")
        return f'<details class="wb-more">{summary}{figures}</details>'
