"""The views of an outcome: those that every topic has, and those that a notebook asks for."""

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

import traitlets

from workbook.analysis.assumptions import assumptions_register
from workbook.analysis.deferred import analysis_names
from workbook.outcome import Outcome
from workbook.topic import AnyChart, Topic
from workbook.widgets.chart import ChartWidget
from workbook.widgets.form import FormWidget
from workbook.widgets.headline import HeadlineWidget
from workbook.widgets.link import LinkWidget
from workbook.widgets.notes import NotesWidget
from workbook.widgets.table import TableWidget
from workbook.widgets.tiles import TilesWidget

DashboardWidget = TypeVar("DashboardWidget", NotesWidget, TableWidget, TilesWidget)


class Dashboard(traitlets.HasTraits):
    """The form, link, headline, tiles, charts and tables of a topic, all of one outcome."""

    outcome = traitlets.Instance(Outcome)

    def __init__(self, topic: Topic) -> None:
        super().__init__()
        self.topic = topic
        self.form = FormWidget(
            topic.Scenario, topic.published_scenarios(), topic.table_sources(topic.Scenario())
        )
        self.link, self.headline, self.tiles = LinkWidget(), HeadlineWidget(), TilesWidget()
        chart_names = [*topic.charts, *analysis_names(topic)]
        self.charts = {name: ChartWidget(name, self.form.study_id) for name in chart_names}
        self._updates: list[Callable[[Outcome], None]] = [
            self.headline.show,
            self.tiles.show,
            lambda outcome: self.form.offer_options(outcome.parameter_options),
            lambda outcome: self.form.show_warnings(outcome.parameter_warnings),
        ]
        self._table_views: dict[str, TableWidget] = {}
        self._tiles_by_indicators: dict[tuple[str, ...], TilesWidget] = {}

    @cached_property
    def assumptions_table(self) -> TableWidget:
        """A view of the scenario's assumptions, which follows it."""
        view = TableWidget()
        return self._keep_updated(
            view, lambda outcome: view.show(assumptions_register(outcome.scenario))
        )

    def table(self, name: str) -> TableWidget:
        """A view of one of the outcome's tables that follows the scenario.

        Raises:
            KeyError: The outcome has no table of this name; the message lists those it has.
        """
        if name not in self._table_views:
            view = TableWidget()
            self._table_views[name] = self._keep_updated(
                view, lambda outcome: view.show(outcome.table(name))
            )
        return self._table_views[name]

    def select_tiles(self, *indicators: str) -> TilesWidget:
        """Tiles for these indicators only, which follow the scenario."""
        if indicators not in self._tiles_by_indicators:
            tiles = TilesWidget(indicators)
            self._tiles_by_indicators[indicators] = self._keep_updated(tiles, tiles.show)
        return self._tiles_by_indicators[indicators]

    def section_notes(self, name: str) -> NotesWidget:
        """A view of what must be known of one part of the outcome. Raises KeyError for no part."""
        notes = NotesWidget()
        return self._keep_updated(notes, lambda outcome: notes.show(outcome.part_outcomes[name]))

    def show(self, outcome: Outcome, charts: dict[str, AnyChart]) -> None:
        """Show this outcome and its charts in every view."""
        self.outcome = outcome
        self.link.show(outcome.scenario)
        tables = {table.name: table for table in outcome.tables}
        for name, chart in charts.items():
            self.charts[name].show(chart, tables.get(name))
        for update in self._updates:
            update(outcome)

    def show_pending(self) -> None:
        """Show of what is worked out later that it is being worked out."""
        for name in analysis_names(self.topic):
            self.charts[name].show_pending()

    def _ipython_display_(self) -> None:
        """Show every view, in reading order."""
        from IPython.display import display  # noqa: PLC0415  only there where something is displayed

        for view in (self.link, self.headline, self.tiles, self.form, *self.charts.values()):
            display(view)  # type: ignore[no-untyped-call]

    def _keep_updated(
        self, view: DashboardWidget, update: Callable[[Outcome], None]
    ) -> DashboardWidget:
        update(self.outcome)
        self._updates.append(update)
        return view
