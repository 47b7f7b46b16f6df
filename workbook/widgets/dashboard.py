"""The dashboard: the views that every topic has, and those that a notebook adds."""

import sys
from collections.abc import Callable, Mapping
from functools import cached_property
from itertools import groupby
from typing import Any, TypeVar

import traitlets

from workbook.analysis.assumptions_register import REGISTER_NAME, assumptions_register
from workbook.analysis.deferred import analysis_chart_names
from workbook.analysis.pins import find_pin_store
from workbook.analysis.quality_assurance import LOG_NAME, quality_assurance_log
from workbook.outcome import Outcome
from workbook.text.suggestions import unknown_name_message
from workbook.topic import AnalysisResult, Topic
from workbook.widgets.changes import ChangesWidget
from workbook.widgets.chart import ChartWidget
from workbook.widgets.evaluation import Evaluation
from workbook.widgets.form import FormWidget
from workbook.widgets.headline import HeadlineWidget
from workbook.widgets.link import LinkWidget
from workbook.widgets.more_figures import MoreFiguresWidget
from workbook.widgets.notes import NotesWidget
from workbook.widgets.opened_scenario import OpenedScenarioWidget
from workbook.widgets.overview import Overview
from workbook.widgets.pinned_link import PinnedLinkWidget
from workbook.widgets.pinned_scenario import PinnedScenarioWidget
from workbook.widgets.saved_scenarios import SavedScenariosWidget
from workbook.widgets.scenario_changes import scenario_changes
from workbook.widgets.section_heading import SectionHeadingWidget
from workbook.widgets.share import ShareWidget
from workbook.widgets.table import TableWidget
from workbook.widgets.tiles import TilesWidget
from workbook.widgets.widget import WorkbookWidget

_REGISTER_COLUMNS = (
    *("label", "value", "range", "quality", "swing", "risk"),
    *("source", "owner", "reviewed", "review_due", "review_status"),
)
"""Columns of the assumptions register that a page shows; its download has all."""

MORE_FIGURES = "more_figures"
"""Name by which a notebook shows the indicators that are not on the first screen."""

_SPECIAL_VIEWS = (REGISTER_NAME, LOG_NAME, MORE_FIGURES)
"""Names of views that are neither charts nor tables of the outcome."""

DashboardWidget = TypeVar(
    "DashboardWidget", NotesWidget, SectionHeadingWidget, TableWidget, TilesWidget
)


class Dashboard:
    """The form, link, headline, tiles, charts and tables of a topic, all for one outcome.

    The views are empty until the first call of ``show``.

    Args:
        topic: The topic whose scenario and outcomes are shown.
    """

    def __init__(self, topic: Topic) -> None:
        self._topic = topic
        self._evaluation: Evaluation | None = None
        self._deferred_names = analysis_chart_names(topic)
        self.form = FormWidget(
            topic.Scenario,
            topic.scenarios.published,
            topic.table_sources(topic.Scenario()),
            topic.levers,
        )
        study_id = self.form.study_id
        self.link, self.headline = LinkWidget(study_id), HeadlineWidget(study_id)
        self.notes, self.tiles = NotesWidget(), TilesWidget()
        self.key_tiles = TilesWidget(topic.key_indicators)
        self.more_figures = MoreFiguresWidget(topic.key_indicators)
        pins = find_pin_store()
        self.pinned_link = PinnedLinkWidget(topic, pins)
        self.opened_scenario = OpenedScenarioWidget()
        self.saved_scenarios = SavedScenariosWidget(topic, study_id)
        self.share = ShareWidget(topic, study_id, pins, self.form.uploads.tables)
        self.pinned_scenario = PinnedScenarioWidget(study_id, topic.key_indicators)
        self.pinned_scenario.on_msg(self._handle_pin)
        self.changes = ChangesWidget(study_id, topic.key_indicators)
        traitlets.dlink((self.link, "open_error"), (self.changes, "link_error"))
        self._key_chart = topic.key_chart
        chart_names = [*topic.charts, *self._deferred_names]
        self.charts = {
            name: ChartWidget(
                name,
                self.form.study_id,
                is_deferred=name in self._deferred_names,
                topic_name=topic.name,
            )
            for name in chart_names
        }
        self._updates: list[Callable[[Outcome], None]] = [
            self._show_changes,
            self.headline.show,
            self.notes.show,
            self.key_tiles.show,
            self.more_figures.show,
            self.tiles.show,
            self.share.show,
            self.saved_scenarios.show,
            self.pinned_scenario.show,
        ]
        self._table_views: dict[str, TableWidget] = {}
        self._tiles_by_indicators: dict[tuple[str, ...], TilesWidget] = {}

    @cached_property
    def overview(self) -> Overview:
        """The first screen: link, changes, answer, key chart, form, key indicators and notes."""
        key_chart = [self.charts[self._key_chart]] if self._key_chart else []
        answer = (self.pinned_link, self.opened_scenario, self.changes, self.headline, *key_chart)
        figures = (self.key_tiles, self.pinned_scenario, self.notes)
        passing_on = (self.link, self.share, self.saved_scenarios)
        return Overview((*answer, self.form, *figures, *passing_on))

    @property
    def _outcome(self) -> Outcome:
        if self._evaluation is None:
            raise RuntimeError("the dashboard shows no outcome yet: call show first")
        return self._evaluation.outcome

    def _show_changes(self, outcome: Outcome) -> None:
        """Show above the answer and in the form what the scenario has changed."""
        changes = scenario_changes(outcome.scenario)
        self.changes.show(outcome, changes)
        self.form.show_outcome(outcome, changes)

    def select_views(self, *names: str) -> list[WorkbookWidget]:
        """Select views by the names of charts, tables and indicators.

        Args:
            *names: The names, in the order of the views. A chart comes before a table of the same
                name, which it shows with its data. ``assumptions`` is the assumptions register,
                ``quality_assurance`` the quality assurance log,
                and ``more_figures`` the indicators that are not on the first screen.

        Returns:
            The views. Indicators that follow each other share their tiles.

        Raises:
            KeyError: Neither a chart nor a table nor an indicator has the name.
        """
        views: list[WorkbookWidget] = []
        for is_indicator, group in groupby(names, self._is_indicator):
            if is_indicator:
                views.append(self.select_tiles(*group))
            else:
                views.extend(map(self._select_view, group))
        return views

    def _is_indicator(self, name: str) -> bool:
        is_view = name in {*self.charts, *self._outcome.table_names, *_SPECIAL_VIEWS}
        return not is_view and name in {indicator.name for indicator in self._outcome.indicators}

    def _select_view(self, name: str) -> WorkbookWidget:
        if name in self.charts:
            return self.charts[name]
        if name == REGISTER_NAME:
            return self.assumptions_table
        if name == LOG_NAME:
            return self.quality_assurance_table
        if name == MORE_FIGURES:
            return self.more_figures
        if name in self._outcome.table_names or self._outcome.no_figures_reason:
            return self.table(name)
        indicators = [indicator.name for indicator in self._outcome.indicators]
        known_names = [
            *self.charts,
            *self._outcome.table_names,
            *indicators,
            *_SPECIAL_VIEWS,
        ]
        raise KeyError(unknown_name_message("view", name, known_names))

    @cached_property
    def assumptions_table(self) -> TableWidget:
        """The assumptions register, kept up to date with the scenario. Its risks follow later."""
        view = TableWidget()
        self._keep_updated(
            view, lambda outcome: view.show(assumptions_register(self._topic, outcome))
        )
        return view.select_columns(*_REGISTER_COLUMNS)

    @cached_property
    def quality_assurance_table(self) -> TableWidget:
        """The quality assurance log as it is when the page is opened."""
        view = TableWidget()
        view.show(quality_assurance_log(self._topic))
        return view

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
                view, lambda outcome: view.show_from(outcome, name)
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

    def section_heading(self, name: str) -> SectionHeadingWidget:
        """Add a view of the heading of a section, hidden where its topic has no figures.

        Args:
            name: Name of the topic reported on.

        Returns:
            A new view.

        Raises:
            KeyError: The report has no such section; the message suggests one.
        """
        topics = {
            dependency.topic.name: dependency.topic for dependency in self._topic.dependencies
        }
        if name not in topics:
            raise KeyError(unknown_name_message("section", name, list(topics)))
        heading = SectionHeadingWidget(topics[name])
        return self._keep_updated(
            heading, lambda outcome: heading.show(outcome.part_outcomes[name])
        )

    def section_notes(self, name: str) -> NotesWidget:
        """Add a view of the notes of one section of the outcome.

        Args:
            name: The section's name.

        Returns:
            A new view. It is empty where the topic has no figures: the outcome's notes say so.

        Raises:
            KeyError: The outcome has no such section.
        """
        notes = NotesWidget()
        return self._keep_updated(
            notes, lambda outcome: notes.show_section(outcome.part_outcomes[name])
        )

    def show(self, evaluation: Evaluation) -> None:
        """Show an outcome and its charts in every view except the form's fields.

        The charts of the deferred analyses are marked as stale until ``show_result``.

        Args:
            evaluation: The outcome of a scenario of the topic, with its charts.

        Raises:
            Exception: A table, a note or a chart has an error. Every view shows what it showed.
        """
        self._show_key_chart(evaluation)
        self._evaluation, outcome = evaluation, evaluation.outcome
        self.pinned_link.hide_record()
        self.opened_scenario.hide()
        for name in self.charts:
            if name != self._key_chart:
                self._show_chart(name, evaluation)
        for update in self._updates:
            update(outcome)
        self.link.show(outcome.scenario)  # last: a browser takes long to write the address

    def _show_key_chart(self, evaluation: Evaluation) -> None:
        """Show the key chart, which a visitor looks at, before the rest is derived."""
        try:
            self._show_chart(self._key_chart, evaluation)
            sys.stdout.flush()  # a kernel sends it now, not when this thread has nothing to do
            evaluation.derive_all()
        except BaseException:
            if self._evaluation:
                self._show_chart(self._key_chart, self._evaluation)
            raise

    def _show_chart(self, name: str, evaluation: Evaluation) -> None:
        """Show a chart of an evaluation, or mark or hide it where the evaluation has none."""
        if name not in self.charts:  # a topic may have no key chart
            return
        widget, outcome = self.charts[name], evaluation.outcome
        if chart := evaluation.chart(name):
            widget.show(chart, outcome.find_table(name))
        elif name in self._deferred_names and not outcome.no_figures_reason:
            widget.mark_stale()
        else:
            widget.hide()

    def show_result(self, result: AnalysisResult) -> None:
        """Show the result of a deferred analysis in its chart, or in the assumptions register.

        Args:
            result: The result; its name is the chart's.
        """
        if result.chart is None:
            self.assumptions_table.show(result.table)
            return
        chart = self.charts[result.name]
        chart.show(result.chart, result.table)
        if self.pinned_scenario.is_of(self._outcome.scenario):
            chart.pin()

    def pin_scenario(self) -> None:
        """Compare later scenarios with the present one, in every chart and in the key figures."""
        self.pinned_scenario.pin(self._outcome)
        for chart in self.charts.values():
            chart.pin()

    def unpin_scenario(self) -> None:
        """Show each scenario alone."""
        self.pinned_scenario.unpin()
        for chart in self.charts.values():
            chart.unpin()

    def _handle_pin(self, _: object, content: Mapping[str, Any], __: object) -> None:
        """Pin or unpin, as the visitor asks."""
        if content.get("request") == "pin":
            self.pin_scenario()
        elif content.get("request") == "unpin":
            self.unpin_scenario()

    def show_pending(self) -> None:
        """Show that the deferred analyses are being calculated, without the earlier results."""
        for name in self._deferred_names:
            self.charts[name].show_pending()

    def show_failed(self) -> None:
        """Show that the deferred analyses without a result could not be calculated."""
        for name in self._deferred_names:
            self.charts[name].mark_failed()

    def display(self) -> None:
        """Show every view in a notebook, in reading order."""
        from IPython.display import display  # noqa: PLC0415  only needed in a notebook

        other_charts = [chart for name, chart in self.charts.items() if name != self._key_chart]
        for view in (self.overview, self.more_figures, *other_charts):
            display(view)  # type: ignore[no-untyped-call]

    def _keep_updated(
        self, view: DashboardWidget, update: Callable[[Outcome], None]
    ) -> DashboardWidget:
        update(self._outcome)
        self._updates.append(update)
        return view
