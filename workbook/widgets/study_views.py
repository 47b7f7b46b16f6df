"""Properties that give a Study the views of its dashboard, to keep notebooks short."""

from workbook.topic import Topic
from workbook.widgets.changes import ChangesWidget
from workbook.widgets.chart import ChartWidget
from workbook.widgets.comparison import ComparisonWidget
from workbook.widgets.dashboard import Dashboard
from workbook.widgets.dependence import DependenceWidget
from workbook.widgets.form import FormWidget
from workbook.widgets.goal_seek import GoalSeekWidget
from workbook.widgets.headline import HeadlineWidget
from workbook.widgets.link import LinkWidget
from workbook.widgets.more_figures import MoreFiguresWidget
from workbook.widgets.notes import NotesWidget
from workbook.widgets.overview import Overview
from workbook.widgets.requested_analyses import RequestedAnalyses
from workbook.widgets.section_heading import SectionHeadingWidget
from workbook.widgets.table import TableWidget
from workbook.widgets.tiles import TilesWidget


class StudyViews:
    """Short names for the views of a dashboard: ``study.form`` for ``study.dashboard.form``."""

    topic: Topic
    dashboard: Dashboard
    requested: RequestedAnalyses

    @property
    def form(self) -> FormWidget:
        """The form: an input for each parameter."""
        return self.dashboard.form

    @property
    def overview(self) -> Overview:
        """The first screen: the answer, the key chart, the form, the key indicators and notes."""
        return self.dashboard.overview

    @property
    def link(self) -> LinkWidget:
        """The link to the scenario."""
        return self.dashboard.link

    @property
    def changes(self) -> ChangesWidget:
        """What stands above the answer: errors and what has changed."""
        return self.dashboard.changes

    @property
    def headline(self) -> HeadlineWidget:
        """The headline."""
        return self.dashboard.headline

    @property
    def notes(self) -> NotesWidget:
        """The outcome's notes."""
        return self.dashboard.notes

    @property
    def tiles(self) -> TilesWidget:
        """A tile for each indicator."""
        return self.dashboard.tiles

    @property
    def more_figures(self) -> MoreFiguresWidget:
        """The indicators that are not on the first screen, as a compact list."""
        return self.dashboard.more_figures

    @property
    def charts(self) -> dict[str, ChartWidget]:
        """The charts by name: the topic's own, and those of its deferred analyses."""
        return self.dashboard.charts

    @property
    def assumptions_table(self) -> TableWidget:
        """The assumptions register of the scenario."""
        return self.dashboard.assumptions_table

    @property
    def goal_seek(self) -> GoalSeekWidget:
        """What must be true for an indicator to reach a target."""
        return self.requested.goal_seek

    @property
    def comparison(self) -> ComparisonWidget:
        """A comparison of scenarios of the reader's choice."""
        return self.requested.comparison

    @property
    def dependence(self) -> DependenceWidget:
        """What an indicator of the reader's choice depends on."""
        return self.requested.dependence

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

    def show(self, *names: str) -> None:
        """Show charts, tables and indicators in a notebook, as ``Dashboard.select_views``.

        Args:
            *names: The names, in the order of the views.

        Raises:
            KeyError: Neither a chart nor a table nor an indicator has the name.
        """
        from IPython.display import display  # noqa: PLC0415  only needed in a notebook

        for view in self.dashboard.select_views(*names):
            display(view)  # type: ignore[no-untyped-call]

    def section_heading(self, name: str) -> SectionHeadingWidget:
        """The heading of a topic's section in a report, as ``Dashboard.section_heading``.

        Args:
            name: Name of the topic reported on.

        Returns:
            A new view.

        Raises:
            KeyError: The report has no such section.
        """
        return self.dashboard.section_heading(name)

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
