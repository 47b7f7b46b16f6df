"""Actions of a visitor on the page: edits in the form, uploads and links."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbook.kernels.calculation_slots import answer_visitor
from workbook.scenario import (
    OpenedScenario,
    Scenario,
    ScenarioError,
    find_pin,
    page_limit_errors,
)
from workbook.tables import TableError
from workbook.widgets.edits import texts_from_query
from workbook.widgets.evaluation import Evaluation
from workbook.widgets.incidents import TOO_MUCH_MEMORY, log_incident
from workbook.widgets.link_errors import (
    open_linked_scenario,
    rejected_table_errors,
    scenario_on_top,
    unreadable_table_errors,
)
from workbook.widgets.page_messages import page_messages
from workbook.widgets.widget import is_served_page

if TYPE_CHECKING:  # the Study imports this module
    from workbook.widgets.study import Study


class Controls:
    """Handlers of a visitor's actions: each leads to a new outcome, or to an error message.

    Edits and links are handled alike. Their texts become a scenario, the Study evaluates and shows
    it, and the deferred analyses start. The page reports every failure.

    Args:
        study: The Study whose form and link are observed.
    """

    def __init__(self, study: "Study") -> None:
        self._study = study
        self._form, self._link, self._changes = study.form, study.link, study.changes
        self._form.observe(self._handle_edits, "edits")
        self._form.on_msg(self._handle_upload)
        self._link.observe(self._open_link, "requested_query")
        self._link.on_msg(self._handle_first_view)
        saved_scenarios = study.dashboard.saved_scenarios
        saved_scenarios.open_with(self.open_scenario)
        self._form.observe(saved_scenarios.handle_field_errors, "field_errors")

    def _handle_edits(self, change: Mapping[str, Any]) -> None:
        """Apply edits: show the outcome at once, and start the deferred analyses."""
        edits = change["new"]
        self._changes.incident_message = ""
        with answer_visitor(), self._link.hold_sync():
            self._link.step = edits.get("step", 0)
            try:
                errors = self._apply_edits(edits["texts"], edits.get("previous_texts", {}))
                if not errors:
                    self._describe_preset(edits.get("preset"))
            except Exception as error:  # noqa: BLE001  the page must report any error
                self._report_incident(error)
        self._form.accepted_revision = edits["revision"]
        self._start_deferred(edits["revision"])

    def _apply_edits(
        self, texts: Mapping[str, str], previous_texts: Mapping[str, str]
    ) -> Mapping[str, str]:
        evaluation, errors = self._form.apply_edits(
            self._study.scenario, texts, previous_texts, self._evaluate
        )
        rejected_texts = {name: texts[name] for name in errors if name in texts}
        self._study.accept(evaluation, errors, rejected_texts)
        if not errors:
            self._link.open_error = ""
        return errors

    def _describe_preset(self, title: object) -> None:
        """Show whose published scenario the visitor has opened in the form, if it is one."""
        if not isinstance(title, str):
            return
        scenarios = self._study.topic.scenarios
        if title in scenarios:
            self._show_opened(scenarios.open(title))

    def open_scenario(self, opened: OpenedScenario[Scenario]) -> str:
        """Open a scenario from a file as a step of the visit, and start its deferred analyses.

        Args:
            opened: The scenario.

        Returns:
            Why it cannot be opened; empty if it is open. Otherwise nothing has changed.
        """
        study, scenario = self._study, opened.scenario
        self._changes.incident_message = ""
        try:
            evaluation = self._evaluate_readable(scenario)
        except ScenarioError as error:
            messages = page_messages(error.problems, scenario.parameters())
            return " ".join(dict.fromkeys(messages.values()))
        except Exception as error:  # noqa: BLE001  the page must report any error
            self._report_incident(error)
            return "This scenario could not be calculated."
        if scenario != study.scenario:
            self._link.count_step()
        study.accept(evaluation)
        self._link.open_error = ""
        self._show_opened(opened)
        self._start_deferred(self._form.completed_revision)
        return ""

    def _open_link(self, change: Mapping[str, Any]) -> None:
        """Open the scenario in the page's address, and start its deferred analyses."""
        if change["new"] is None:
            return
        if self.open_query(change["new"]):
            self._start_deferred(self._form.completed_revision)
        self._link.requested_query = None

    def open_query(self, query: str) -> bool:
        """Open the scenario of a query string, or report on the page why it cannot be opened.

        Args:
            query: The query string.

        Returns:
            Whether there are deferred analyses that have not started.
        """
        scenario_before = self._study.scenario
        self._link.open_error = ""
        try:
            saved = open_linked_scenario(query, self._study.topic)
            self._study.accept(self._evaluate(self._scenario_from_query(saved, query)))
            if saved:
                self._show_opened(saved)
        except ScenarioError as error:
            self._reject_link(query, error)
        except Exception as error:  # noqa: BLE001  the page must report any error
            self._report_incident(error)
            self._link.open_error = (
                f"The scenario in this link {TOO_MUCH_MEMORY}"
                if isinstance(error, MemoryError)
                else "The scenario in this link could not be calculated."
            )
        pin = find_pin(query)
        if pin and not self._link.open_error:
            steps = self._study.dashboard.pinned_link.show_record(pin, self._study.outcome)
            self._study.deferred.add_first(steps)
        has_changed = self._study.scenario != scenario_before
        if has_changed:
            self._study.dashboard.show_pending()  # hide the results of the scenario before
        self._link.request_completed = True
        return has_changed or bool(pin)

    def _handle_first_view(self, _: object, content: Mapping[str, Any], __: object) -> None:
        """Start the deferred analyses of a page that the server had opened for its visitor."""
        if content.get("request") == "deferred":
            self._start_deferred(self._form.completed_revision)

    def _reject_link(self, query: str, error: ScenarioError) -> None:
        """Report why a link cannot be opened, and fill the form with its values."""
        scenario = self._study.scenario
        parameters = scenario.parameters()
        messages = page_messages(error.problems, parameters)
        self._link.open_error = " ".join(dict.fromkeys(messages.values()))
        self._form.show(scenario, messages, texts_from_query(query, parameters))

    def _scenario_from_query(self, saved: OpenedScenario[Scenario] | None, query: str) -> Scenario:
        """Read the scenario of a link. Raises ScenarioError if it is rejected."""
        uploaded_values = self._form.uploads.values_for
        return scenario_on_top(saved, query, self._study.topic, uploaded_values)

    def _show_opened(self, opened: OpenedScenario[Scenario]) -> None:
        """Show whose scenario the page has, or which one it is based on."""
        self._study.dashboard.opened_scenario.show(opened, self._study.scenario)

    def _evaluate_readable(self, scenario: Scenario) -> Evaluation:
        """Evaluate a scenario from a file, unless it names a table that may not be read here."""
        errors = tuple(
            unreadable_table_errors(
                self._study.scenario,
                scenario,
                self._form.uploads.values_for,
                paths_allowed=not is_served_page(),
            )
        )
        if errors:
            raise ScenarioError(errors)
        return self._evaluate(scenario)

    def _evaluate(self, scenario: Scenario) -> Evaluation:
        """Evaluate a scenario, and report an invalid table as an error of its parameter.

        Raises:
            ScenarioError: The model, or a table that a parameter names, rejects the scenario, or a
                value is too large for a page.
            TableError: A table that no parameter names is invalid: a fault in the workbook.
        """
        if is_served_page():
            limit_errors = tuple(page_limit_errors(scenario.values(), scenario.parameters()))
            if limit_errors:
                raise ScenarioError(limit_errors)
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

        def report_failure(error: Exception) -> None:
            self._report_incident(error)
            self._study.dashboard.show_failed()

        self._study.deferred.add_last(self._study.attribute_differences())
        self._study.deferred.start(report_failure, complete_revision)

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
        number = log_incident(self._study.topic, self._study.scenario, error)
        if isinstance(error, MemoryError):
            self._changes.incident_message = (
                f"This calculation {TOO_MUCH_MEMORY} Showing the figures for the last valid"
                " values. Other visitors are not affected."
            )
            return
        self._changes.incident_message = (
            "Something went wrong. Showing the figures for the last valid values."
            f" If it happens again, report incident {number}."
        )
