"""Actions of a visitor on the page: edits in the form, uploads and links."""

import logging
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbook.scenario import Scenario, ScenarioError
from workbook.tables import TableError
from workbook.widgets.edits import page_message
from workbook.widgets.evaluation import Evaluation
from workbook.widgets.link_errors import link_errors, rejected_table_errors

if TYPE_CHECKING:  # the Study imports this module
    from workbook.widgets.study import Study

_log = logging.getLogger(__name__)


class Controls:
    """Handlers of a visitor's actions: each leads to a new outcome, or to an error message.

    Edits and links are handled alike. Their texts become a scenario, the Study evaluates and shows
    it, and the deferred analyses start. The page reports every failure.

    Args:
        study: The Study whose form and link are observed.
    """

    def __init__(self, study: "Study") -> None:
        self._study = study
        self._form, self._link = study.form, study.link
        self._form.observe(self._handle_edits, "edits")
        self._form.on_msg(self._handle_upload)
        self._link.observe(self._open_link, "requested_query")

    def _handle_edits(self, change: Mapping[str, Any]) -> None:
        """Apply edits: show the outcome at once, and start the deferred analyses."""
        edits = change["new"]
        self._link.incident_message = ""
        try:
            self._apply_edits(edits["texts"], edits.get("previous_texts", {}))
        except Exception as error:  # noqa: BLE001  the page must report any error
            self._report_incident(error)
        self._form.accepted_revision = edits["revision"]
        self._start_deferred(edits["revision"])

    def _apply_edits(self, texts: Mapping[str, str], previous_texts: Mapping[str, str]) -> None:
        evaluation, errors = self._form.apply_edits(
            self._study.scenario, texts, previous_texts, self._evaluate
        )
        rejected_texts = {name: texts[name] for name in errors if name in texts}
        self._study.accept(evaluation, errors, rejected_texts)
        if not errors:
            self._link.open_error = ""

    def _open_link(self, change: Mapping[str, Any]) -> None:
        """Open the scenario in the page's address, or report why it cannot be opened."""
        query, published_scenario = change["new"], self._study.scenario
        try:
            self._study.accept(self._evaluate(self._scenario_from_query(query)))
        except ScenarioError as error:
            self._reject_link(query, error)
        except Exception as error:  # noqa: BLE001  the page must report any error
            self._report_incident(error)
            self._link.open_error = "The scenario in this link could not be calculated."
        if self._study.scenario != published_scenario:
            self._study.dashboard.show_pending()  # hide the results of the published scenario
            self._start_deferred(self._form.completed_revision)
        self._link.request_completed = True

    def _reject_link(self, query: str, error: ScenarioError) -> None:
        """Report why a link cannot be opened, and fill the form with its values."""
        scenario, texts = self._study.scenario, self._form.texts_from_query(query)
        messages = [
            page_message(scenario, problem.name, problem.message, texts)
            for problem in error.problems
        ]
        self._link.open_error = " ".join(["There is a problem with this link.", *messages])
        names = (problem.name for problem in error.problems)
        self._form.show(scenario, dict(zip(names, messages, strict=True)), texts)

    def _scenario_from_query(self, query: str) -> Scenario:
        """Read the scenario of a link. Raises ScenarioError if it is rejected."""
        scenario_class = self._study.topic.Scenario
        lost_uploads = tuple(link_errors(query, scenario_class))
        if lost_uploads:
            raise ScenarioError(lost_uploads)
        return scenario_class.from_query(query)

    def _evaluate(self, scenario: Scenario) -> Evaluation:
        """Evaluate a scenario, and report an invalid table as an error of its parameter.

        Raises:
            ScenarioError: The model, or a table that a parameter names, rejects the scenario.
            TableError: A table that no parameter names is invalid: a fault in the workbook.
        """
        try:
            return self._study.evaluate(scenario)
        except TableError as error:
            errors = tuple(rejected_table_errors(error, scenario))
            if not errors:
                raise
            raise ScenarioError(errors) from None

    def _start_deferred(self, revision: int) -> None:
        """Start the deferred analyses. When they end, the form's revision is complete."""

        def complete_revision() -> None:
            self._form.completed_revision = revision

        self._study.deferred.start(self._report_incident, complete_revision)

    def _handle_upload(self, _: object, content: Mapping[str, Any], __: object) -> None:
        """Receive a piece of an uploaded file."""
        piece = content.get("upload")
        if not isinstance(piece, Mapping):
            return
        try:
            self._form.receive_piece(piece)
        except Exception as error:  # noqa: BLE001  the page must report any error
            self._report_incident(error)
            self._form.report_failure(piece)

    def _report_incident(self, error: Exception) -> None:
        """Tell the visitor that something failed, and log the details under an incident number."""
        number, scenario = secrets.token_hex(3).upper(), self._study.scenario
        topic_name, query = self._study.topic.name, scenario.to_query()
        _log.error("incident %s: %s ?%s", number, topic_name, query, exc_info=error)
        self._link.incident_message = (
            "Something went wrong. Showing the last valid scenario."
            f" If it happens again, report incident {number}."
        )
