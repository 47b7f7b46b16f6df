"""The Study: one topic, one scenario, and the views that follow it."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

import traitlets

from workbook.analysis.asked import Asked, asked, names
from workbook.analysis.assumptions import COLUMNS, assumptions
from workbook.outcome import Outcome
from workbook.scenario import Scenario, ScenarioError
from workbook.topic import Tables, Topic
from workbook.widgets.chart import Chart
from workbook.widgets.form import Form
from workbook.widgets.headline import Headline
from workbook.widgets.link import Link
from workbook.widgets.table import Table
from workbook.widgets.tiles import Tiles

log = logging.getLogger(__name__)
PAUSE = 0.1
"""Seconds without a further change before what takes many runs of the model is begun."""

View = TypeVar("View", Table, Tiles)


class Study(traitlets.HasTraits):
    """A topic's scenario, its outcome, and every view of them.

    Set ``scenario`` and the model runs once; the form, link, headline, tiles, charts and tables
    follow. ``outcome`` holds the figures, its ``tables`` as DataFrames. A scenario that the model
    cannot work out is not taken, and the last good outcome stays.
    """

    scenario = traitlets.Instance(Scenario)
    outcome = traitlets.Instance(Outcome)

    def __init__(self, topic: Topic, scenario: Scenario | None = None) -> None:
        super().__init__()
        self.topic = topic
        self.form = Form(topic.Scenario, topic.published())
        self.link, self.headline, self.tiles = Link(), Headline(), Tiles()
        self.charts = {name: Chart(name) for name in [*topic.charts, *names(topic)]}
        self._views: list[Callable[[Outcome], None]] = [self.tiles.show]
        self._own_tables: dict[tuple[str, str], Table] = {}
        self._own_tiles: dict[tuple[str, ...], Tiles] = {}
        self._tables: tuple[str, Tables] = ("", {})
        self._rest: Iterator[Asked | None] = iter(())
        self._task: asyncio.Task[None] | None = None
        self._patient = False
        self.scenario = scenario or topic.Scenario()
        self.form.observe(self._typed, "draft")
        self.link.observe(self._opened, "asked")

    @cached_property
    def assumptions(self) -> Table:
        """A view of the scenario's assumptions, which follows it."""
        table = Table(name="assumptions", caption="Assumptions and what they rest on")
        return self._follow(
            table, lambda outcome: table.show(assumptions(outcome.scenario), COLUMNS)
        )

    def table(self, name: str, caption: str) -> Table:
        """A view of one of the outcome's tables that follows the scenario.

        Raises KeyError, with the tables that there are, for any other name.
        """
        if name not in self.outcome.tables:
            msg = f"no table {name!r}: there are {', '.join(self.outcome.tables)}"
            raise KeyError(msg)
        if (name, caption) not in self._own_tables:
            table = Table(name=name, caption=caption)
            self._own_tables[name, caption] = self._follow(
                table, lambda outcome: table.show(outcome.tables[name], outcome.columns)
            )
        return self._own_tables[name, caption]

    def some_tiles(self, *indicators: str) -> Tiles:
        """Tiles for these indicators only, which follow the scenario."""
        if indicators not in self._own_tiles:
            tiles = Tiles(indicators)
            self._own_tiles[indicators] = self._follow(tiles, tiles.show)
        return self._own_tiles[indicators]

    def report_incident(self, error: Exception) -> None:
        """Tell a failure in plain words, with a number under which the log has it in full."""
        number, query = secrets.token_hex(3).upper(), self.scenario.to_query()
        log.error("incident %s: %s ?%s", number, self.topic.name, query, exc_info=error)
        self.link.incident = (
            f"Something went wrong (incident {number}). What is shown is the last scenario that "
            "could be worked out."
        )

    def _ipython_display_(self) -> None:
        """Show every view, in reading order."""
        from IPython.display import display  # noqa: PLC0415  only there where something is displayed

        for view in (self.link, self.headline, self.tiles, self.form, *self.charts.values()):
            display(view)  # type: ignore[no-untyped-call]

    @traitlets.validate("scenario")
    def _work_out(self, proposal: Mapping[str, Any]) -> Scenario:
        scenario: Scenario = proposal["value"]
        if self.trait_has_value("scenario") and scenario == self.scenario:
            return self.scenario
        outcome = self.topic.model(self._load(scenario.quarter), scenario)
        drawn = {name: draw(outcome) for name, draw in self.topic.charts.items()}
        self._worked_out = outcome, drawn
        return scenario

    @traitlets.observe("scenario")
    def _changed(self, _: object) -> None:
        self._stop()
        self.outcome, drawn = self._worked_out
        self._rest = asked(self.topic, self._load(self.scenario.quarter), self.outcome)
        self.headline.text = self.outcome.headline
        self.link.query = self.scenario.to_query()
        for name, chart in drawn.items():
            self.charts[name].show(chart, self.outcome.tables.get(name), self.outcome.columns)
        for view in self._views:
            view(self.outcome)
        if not self._patient:
            self.form.show(self.scenario, {}, {})
            for answer in self._rest:
                self._show_asked(answer)

    def _typed(self, change: Mapping[str, Any]) -> None:
        """Take what was typed: the answer at once, what takes many runs of the model after it."""
        draft = change["new"]
        self.link.incident = ""
        self._patient = True
        try:
            self._take(draft["texts"], draft.get("before", {}))
        except Exception as error:  # noqa: BLE001  whatever it is, the page must say so
            self.report_incident(error)
        finally:
            self._patient = False
        self.form.taken = draft["n"]
        self._stop()
        self._task = asyncio.get_running_loop().create_task(self._show_rest(draft["n"]))

    def _take(self, texts: Mapping[str, str], before: Mapping[str, str]) -> None:
        scenario, problems = self.form.accept(self.scenario, texts, before)
        self.scenario = scenario
        refused = {name: texts[name] for name in problems if name in texts}
        self.form.show(scenario, problems, refused)
        if not problems:
            self.link.refused = ""

    async def _show_rest(self, number: int) -> None:
        try:
            await asyncio.sleep(PAUSE)
            for answer in self._rest:
                self._show_asked(answer)
                await asyncio.sleep(0)
        except Exception as error:  # noqa: BLE001  whatever it is, the page must say so
            self.report_incident(error)
        self.form.answered = number

    def _opened(self, change: Mapping[str, Any]) -> None:
        """Open the scenario that the page's address asks for, or say why not."""
        query = change["new"]
        try:
            self.scenario = self.topic.Scenario.from_query(query)
        except ScenarioError as error:
            self.link.refused = f"This link cannot be opened as it is. {error}"
            problems = {problem.name: problem.message for problem in error.problems}
            self.form.show(self.scenario, problems, self.form.typed(query))
        except Exception as error:  # noqa: BLE001  whatever it is, the page must say so
            self.report_incident(error)
            self.link.refused = "The scenario of this link could not be worked out."
        self.link.opened = True

    def _show_asked(self, answer: Asked | None) -> None:
        if answer:
            self.charts[answer.name].show(answer.chart, answer.table, answer.columns)

    def _stop(self) -> None:
        """What is still being worked out is of an older scenario: leave it."""
        if self._task:
            self._task.cancel()
            self._task = None

    def _load(self, quarter: str) -> Tables:
        """The topic's tables, read once for each quarter that is asked for in turn."""
        if self._tables[0] != quarter:
            self._tables = quarter, self.topic.load(quarter)
        return self._tables[1]

    def _follow(self, view: View, show: Callable[[Outcome], None]) -> View:
        show(self.outcome)
        self._views.append(show)
        return view
