"""The dashboard: the views that every topic has, and those that a notebook adds."""

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

from workbook.analysis.assumptions import assumptions_register
from workbook.analysis.deferred import analysis_names
from workbook.outcome import Outcome
from workbook.topic import AnalysisResult, Topic
from workbook.widgets.chart import ChartWidget
from workbook.widgets.evaluation import Evaluation
from workbook.widgets.form import FormWidget
from workbook.widgets.headline import HeadlineWidget
from workbook.widgets.link import LinkWidget
from workbook.widgets.notes import NotesWidget
from workbook.widgets.table import TableWidget
from workbook.widgets.tiles import TilesWidget

DashboardWidget = TypeVar("DashboardWidget", NotesWidget, TableWidget, TilesWidget)


class Dashboard:
    """The form, link, headline, tiles, charts and tables of a topic, all for one outcome.

    The views are empty until the first call of ``show``.

    Args:
        topic: The topic whose scenario and outcomes are shown.
    """

    def __init__(self, topic: Topic) -> None:
        self._deferred_names = analysis_names(topic)
        self.form = FormWidget(
            topic.Scenario, topic.published_scenarios(), topic.table_sources(topic.Scenario())
        )
        self.link, self.headline, self.tiles = LinkWidget(), HeadlineWidget(), TilesWidget()
        chart_names = [*topic.charts, *self._deferred_names]
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
        """The assumptions register, kept up to date with the scenario."""
        view = TableWidget()
        return self._keep_updated(view, lambda outcome: view.show(assumptions_register(outcome)))

    def table(self, name: str) -> TableWidget:
        """Add a view of one of the outcome's tables, kept up to date with the scenario.

        Args:
            name: The table's name.

        Returns:
            The same view each time.

        Raises:
            KeyError: The outcome has no table of this name. The message lists its tables.
        """
        if name not in self._table_views:
            view = TableWidget()
            self._table_views[name] = self._keep_updated(
                view, lambda outcome: view.show(outcome.table(name))
            )
        return self._table_views[name]

    def select_tiles(self, *indicators: str) -> TilesWidget:
        """Add tiles for some indicators only, kept up to date with the scenario.

        Args:
            *indicators: The indicators' names, in the order of the tiles.

        Returns:
            The same view each time.

        Raises:
            KeyError: The outcome has no such indicator.
        """
        if indicators not in self._tiles_by_indicators:
            tiles = TilesWidget(indicators)
            self._tiles_by_indicators[indicators] = self._keep_updated(tiles, tiles.show)
        return self._tiles_by_indicators[indicators]

    def section_notes(self, name: str) -> NotesWidget:
        """Add a view of the notes of one section of the outcome.

        Args:
            name: The section's name.

        Returns:
            A new view.

        Raises:
            KeyError: The outcome has no such section.
        """
        notes = NotesWidget()
        return self._keep_updated(notes, lambda outcome: notes.show(outcome.part_outcomes[name]))

    def show(self, evaluation: Evaluation) -> None:
        """Show an outcome and its charts in every view except the form's fields.

        Args:
            evaluation: The outcome of a scenario of the topic, with its charts.
        """
        outcome = self._outcome = evaluation.outcome
        self.link.show(outcome.scenario)
        tables = {table.name: table for table in outcome.tables}
        for name, chart in evaluation.charts.items():
            self.charts[name].show(chart, tables.get(name))
        for update in self._updates:
            update(outcome)

    def show_result(self, result: AnalysisResult) -> None:
        """Show the result of a deferred analysis in its chart.

        Args:
            result: The result; its name is the chart's.
        """
        self.charts[result.name].show(result.chart, result.table)

    def show_pending(self) -> None:
        """Mark the charts of the deferred analyses as being calculated."""
        for name in self._deferred_names:
            self.charts[name].show_pending()

    def display(self) -> None:
        """Show every view in a notebook, in reading order."""
        from IPython.display import display  # noqa: PLC0415  only needed in a notebook

        for view in (self.link, self.headline, self.tiles, self.form, *self.charts.values()):
            display(view)  # type: ignore[no-untyped-call]

    def _keep_updated(
        self, view: DashboardWidget, update: Callable[[Outcome], None]
    ) -> DashboardWidget:
        update(self._outcome)
        self._updates.append(update)
        return view
