"""The Study: one topic, one scenario, and the views that follow it."""

import asyncio
import logging
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

import traitlets

from workbook.analysis.asked import asked
from workbook.scenario import Scenario, ScenarioError
from workbook.tables import TableError
from workbook.topic import Answer, Tables, Topic
from workbook.widgets.refusals import of_link, of_table
from workbook.widgets.views import Views

log = logging.getLogger(__name__)
PAUSE = 0.1
"""Seconds without a further change before what takes many runs of the model is begun."""


class Study(Views):
    """A topic's scenario, its outcome, and every view of them.

    Set ``scenario`` and the model runs once; the form, link, headline, tiles, charts and tables
    follow. ``outcome`` holds the figures, its ``tables`` as DataFrames. A scenario that the model
    cannot work out is not taken, and the last good outcome stays.
    """

    scenario = traitlets.Instance(Scenario)

    def __init__(self, topic: Topic, scenario: Scenario | None = None) -> None:
        super().__init__(topic)
        self._tables: tuple[tuple[str, ...], Tables] = ((), {})
        self._rest: Iterator[Answer | None] = iter(())
        self._task: asyncio.Task[None] | None = None
        self._patient = False
        self.scenario = scenario or topic.Scenario()
        self.form.observe(self._typed, "draft")
        self.form.on_msg(self._received)
        self.link.observe(self._opened, "asked")

    def report_incident(self, error: Exception) -> None:
        """Tell a failure in plain words, with a number under which the log has it in full."""
        number, query = secrets.token_hex(3).upper(), self.scenario.to_query()
        log.error("incident %s: %s ?%s", number, self.topic.name, query, exc_info=error)
        self.link.incident = (
            f"Something went wrong (incident {number}). What is shown is the last scenario that "
            "could be worked out."
        )

    @traitlets.validate("scenario")
    def _work_out(self, proposal: Mapping[str, Any]) -> Scenario:
        scenario: Scenario = proposal["value"]
        if self.trait_has_value("scenario") and scenario == self.scenario:
            return self.scenario
        outcome = self.topic.outcome(self._load(scenario), scenario)
        drawn = {name: draw(outcome) for name, draw in self.topic.charts.items()}
        self._worked_out = outcome, drawn
        return scenario

    @traitlets.observe("scenario")
    def _changed(self, _: object) -> None:
        self._stop()
        outcome, drawn = self._worked_out
        self._rest = asked(self.topic, self._load(self.scenario), outcome)
        self.show(outcome, drawn)
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
        self._begin_rest(draft["n"])

    def _take(self, texts: Mapping[str, str], before: Mapping[str, str]) -> None:
        scenario, problems = self.form.accept(self.scenario, texts, before, self._attempt)
        refused = {name: texts[name] for name in problems if name in texts}
        self.form.show(scenario, problems, refused)
        if not problems:
            self.link.refused = ""

    def _attempt(self, scenario: Scenario) -> None:
        """Take a scenario. Raises ScenarioError where it, or a table that it names, is refused.

        A refused table that no parameter names is a fault of ours: its TableError is left as it is.
        """
        try:
            self.scenario = scenario
        except TableError as error:
            problems = tuple(of_table(error, scenario))
            if not problems:
                raise
            raise ScenarioError(problems) from None

    def _begin_rest(self, number: int) -> None:
        self._stop()
        self._task = asyncio.get_running_loop().create_task(self._show_rest(number))

    async def _show_rest(self, number: int) -> None:
        try:
            await asyncio.sleep(PAUSE)
            for answer in self._rest:
                self._show_asked(answer)
                await asyncio.sleep(0)
        except Exception as error:  # noqa: BLE001  whatever it is, the page must say so
            self.report_incident(error)
        self.form.answered = number

    def _received(self, _: object, content: Mapping[str, Any], __: object) -> None:
        """Take a piece of an uploaded file."""
        piece = content.get("upload")
        if not isinstance(piece, Mapping):
            return
        try:
            self.form.receive(piece)
        except Exception as error:  # noqa: BLE001  whatever it is, the page must say so
            self.report_incident(error)
            self.form.fail(piece)

    def _opened(self, change: Mapping[str, Any]) -> None:
        """Open the scenario that the page's address asks for, or say why not.

        What takes long is shown after it: until then nothing of the published scenario is.
        """
        query, published = change["new"], self.scenario
        self._patient = True
        try:
            self._attempt(self._asked_for(query))
            self.form.show(self.scenario, {}, {})
        except ScenarioError as error:
            self.link.refused = f"This link cannot be opened as it is. {error}"
            problems = {problem.name: problem.message for problem in error.problems}
            self.form.show(self.scenario, problems, self.form.typed(query))
        except Exception as error:  # noqa: BLE001  whatever it is, the page must say so
            self.report_incident(error)
            self.link.refused = "The scenario of this link could not be worked out."
        finally:
            self._patient = False
        if self.scenario != published:
            self.wait()
            self._begin_rest(self.form.answered)
        self.link.opened = True

    def _asked_for(self, query: str) -> Scenario:
        """A link's scenario. Raises ScenarioError where it is refused."""
        lost = tuple(of_link(query, self.topic.Scenario))
        if lost:
            raise ScenarioError(lost)
        return self.topic.Scenario.from_query(query)

    def _show_asked(self, answer: Answer | None) -> None:
        if answer:
            self.charts[answer.name].show(answer.chart, answer.table, answer.columns)

    def _stop(self) -> None:
        """What is still being worked out is of an older scenario: leave it."""
        if self._task:
            self._task.cancel()
            self._task = None

    def _load(self, scenario: Scenario) -> Tables:
        """The topic's tables, read once for each quarter and source asked for in turn."""
        key = (scenario.quarter, *self.topic.sources(scenario).values())
        if self._tables[0] != key:
            self._tables = key, self.topic.load(scenario, self.form.uploads.tables)
        return self._tables[1]
