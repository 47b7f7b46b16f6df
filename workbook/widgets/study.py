"""The Study: one topic, one scenario, and the views that follow it."""

import asyncio
import logging
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

import traitlets

from workbook.analysis.deferred import run_deferred
from workbook.scenario import Scenario, ScenarioError
from workbook.tables import TableError
from workbook.topic import AnalysisResult, Tables, Topic
from workbook.widgets.dashboard import Dashboard
from workbook.widgets.link_errors import link_errors, rejected_table_errors

_log = logging.getLogger(__name__)
_DEFERRED_DELAY_SECONDS = 0.1
"""Seconds without a further change before what takes many runs of the model is begun."""


class Study(Dashboard):
    """A topic's scenario, its outcome, and every view of them.

    Set ``scenario`` and the model runs once; the form, link, headline, tiles, charts and tables
    follow. ``outcome`` holds the figures, its ``tables`` as DataFrames. A scenario that the model
    cannot work out is not taken, and the last good outcome stays.
    """

    scenario = traitlets.Instance(Scenario)

    def __init__(self, topic: Topic, scenario: Scenario | None = None) -> None:
        super().__init__(topic)
        self._loaded_tables: tuple[tuple[str, ...], Tables] = ((), {})
        self._deferred_results: Iterator[AnalysisResult | None] = iter(())
        self._deferred_task: asyncio.Task[None] | None = None
        self._defers_results = False
        self.scenario = scenario or topic.Scenario()
        self.form.observe(self._handle_edits, "edits")
        self.form.on_msg(self._handle_upload)
        self.link.observe(self._open_link, "requested_query")

    def report_incident(self, error: Exception) -> None:
        """Tell a failure in plain words, with a number under which the log has it in full."""
        incident_number, query = secrets.token_hex(3).upper(), self.scenario.to_query()
        _log.error("incident %s: %s ?%s", incident_number, self.topic.name, query, exc_info=error)
        self.link.incident_message = (
            f"Something went wrong (incident {incident_number}). What is shown is the last scenario"
            " that could be worked out."
        )

    @traitlets.validate("scenario")
    def _compute_outcome(self, proposal: Mapping[str, Any]) -> Scenario:
        scenario: Scenario = proposal["value"]
        if self.trait_has_value("scenario") and scenario == self.scenario:
            return self.scenario
        outcome = self.topic.evaluate_model(self._load_tables(scenario), scenario)
        charts = {name: draw_chart(outcome) for name, draw_chart in self.topic.charts.items()}
        self._computed = outcome, charts
        return scenario

    @traitlets.observe("scenario")
    def _update_views(self, _: object) -> None:
        self._cancel_deferred()
        outcome, charts = self._computed
        self._deferred_results = run_deferred(self.topic, self._load_tables(self.scenario), outcome)
        self.show(outcome, charts)
        if not self._defers_results:
            self.form.show(self.scenario, {}, {})
            for result in self._deferred_results:
                self._show_result(result)

    def _handle_edits(self, change: Mapping[str, Any]) -> None:
        """Take what was typed: the answer at once, what takes many runs of the model after it."""
        edits = change["new"]
        self.link.incident_message = ""
        self._defers_results = True
        try:
            self._apply_edits(edits["texts"], edits.get("previous_texts", {}))
        except Exception as error:  # noqa: BLE001  whatever it is, the page must say so
            self.report_incident(error)
        finally:
            self._defers_results = False
        self.form.accepted_revision = edits["revision"]
        self._start_deferred(edits["revision"])

    def _apply_edits(self, texts: Mapping[str, str], previous_texts: Mapping[str, str]) -> None:
        scenario, errors = self.form.apply_edits(
            self.scenario, texts, previous_texts, self._try_scenario
        )
        rejected_texts = {name: texts[name] for name in errors if name in texts}
        self.form.show(scenario, errors, rejected_texts)
        if not errors:
            self.link.open_error = ""

    def _try_scenario(self, scenario: Scenario) -> None:
        """Take a scenario. Raises ScenarioError where it, or a table that it names, is refused.

        A refused table that no parameter names is a fault of ours: its TableError is left as it is.
        """
        try:
            self.scenario = scenario
        except TableError as error:
            errors = tuple(rejected_table_errors(error, scenario))
            if not errors:
                raise
            raise ScenarioError(errors) from None

    def _start_deferred(self, revision: int) -> None:
        self._cancel_deferred()
        self._deferred_task = asyncio.get_running_loop().create_task(self._show_deferred(revision))

    async def _show_deferred(self, revision: int) -> None:
        try:
            await asyncio.sleep(_DEFERRED_DELAY_SECONDS)
            for result in self._deferred_results:
                self._show_result(result)
                await asyncio.sleep(0)
        except Exception as error:  # noqa: BLE001  whatever it is, the page must say so
            self.report_incident(error)
        self.form.completed_revision = revision

    def _handle_upload(self, _: object, content: Mapping[str, Any], __: object) -> None:
        """Take a piece of an uploaded file."""
        piece = content.get("upload")
        if not isinstance(piece, Mapping):
            return
        try:
            self.form.receive_piece(piece)
        except Exception as error:  # noqa: BLE001  whatever it is, the page must say so
            self.report_incident(error)
            self.form.report_failure(piece)

    def _open_link(self, change: Mapping[str, Any]) -> None:
        """Open the scenario that the page's address asks for, or say why not.

        What takes long is shown after it: until then nothing of the published scenario is.
        """
        query, published_scenario = change["new"], self.scenario
        self._defers_results = True
        try:
            self._try_scenario(self._scenario_from_query(query))
            self.form.show(self.scenario, {}, {})
        except ScenarioError as error:
            self.link.open_error = f"This link cannot be opened as it is. {error}"
            messages = {
                parameter_error.name: parameter_error.message for parameter_error in error.problems
            }
            self.form.show(self.scenario, messages, self.form.texts_from_query(query))
        except Exception as error:  # noqa: BLE001  whatever it is, the page must say so
            self.report_incident(error)
            self.link.open_error = "The scenario of this link could not be worked out."
        finally:
            self._defers_results = False
        if self.scenario != published_scenario:
            self.show_pending()
            self._start_deferred(self.form.completed_revision)
        self.link.request_completed = True

    def _scenario_from_query(self, query: str) -> Scenario:
        """A link's scenario. Raises ScenarioError where it is refused."""
        lost_uploads = tuple(link_errors(query, self.topic.Scenario))
        if lost_uploads:
            raise ScenarioError(lost_uploads)
        return self.topic.Scenario.from_query(query)

    def _show_result(self, result: AnalysisResult | None) -> None:
        if result:
            self.charts[result.name].show(result.chart, result.table)

    def _cancel_deferred(self) -> None:
        """What is still being worked out is of an older scenario: leave it."""
        if self._deferred_task:
            self._deferred_task.cancel()
            self._deferred_task = None

    def _load_tables(self, scenario: Scenario) -> Tables:
        """The topic's tables, read once for each quarter and source asked for in turn."""
        key = (scenario.quarter, *self.topic.table_sources(scenario).values())
        if self._loaded_tables[0] != key:
            self._loaded_tables = key, self.topic.load_tables(scenario, self.form.uploads.tables)
        return self._loaded_tables[1]
