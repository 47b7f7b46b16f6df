"""Properties that give a Study the views of its dashboard, to keep notebooks short."""

from workbook.widgets.chart import ChartWidget
from workbook.widgets.dashboard import Dashboard
from workbook.widgets.form import FormWidget
from workbook.widgets.headline import HeadlineWidget
from workbook.widgets.link import LinkWidget
from workbook.widgets.notes import NotesWidget
from workbook.widgets.table import TableWidget
from workbook.widgets.tiles import TilesWidget


class StudyViews:
    """Short names for the views of a dashboard: ``study.form`` for ``study.dashboard.form``."""

    dashboard: Dashboard

    @property
    def form(self) -> FormWidget:
        """The form: an input for each parameter."""
        return self.dashboard.form

    @property
    def link(self) -> LinkWidget:
        """The link to the scenario."""
        return self.dashboard.link

    @property
    def headline(self) -> HeadlineWidget:
        """The headline and the outcome's notes."""
        return self.dashboard.headline

    @property
    def tiles(self) -> TilesWidget:
        """A tile for each indicator."""
        return self.dashboard.tiles

    @property
    def charts(self) -> dict[str, ChartWidget]:
        """The charts by name: the topic's own, and those of its deferred analyses."""
        return self.dashboard.charts

    @property
    def assumptions_table(self) -> TableWidget:
        """The assumptions register of the scenario."""
        return self.dashboard.assumptions_table

    def table(self, name: str) -> TableWidget:
        """A view of one of the outcome's tables, as ``Dashboard.table``.

        Args:
            name: The table's name.

        Returns:
            The same view each time.

        Raises:
            KeyError: The outcome has no table of this name. The message lists its tables.
        """
        return self.dashboard.table(name)

    def select_tiles(self, *indicators: str) -> TilesWidget:
        """Tiles for some indicators, as ``Dashboard.select_tiles``.

        Args:
            *indicators: The indicators' names, in the order of the tiles.

        Returns:
            The same view each time.

        Raises:
            KeyError: The outcome has no such indicator.
        """
        return self.dashboard.select_tiles(*indicators)

    def section_notes(self, name: str) -> NotesWidget:
        """The notes of one section of the outcome, as ``Dashboard.section_notes``.

        Args:
            name: The section's name.

        Returns:
            A new view.

        Raises:
            KeyError: The outcome has no such section.
        """
        return self.dashboard.section_notes(name)

    def _ipython_display_(self) -> None:
        """Show every view, in reading order."""
        self.dashboard.display()
