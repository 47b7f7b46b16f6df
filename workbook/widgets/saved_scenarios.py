"""The saved scenarios of a topic: the section of a page that saves, opens and changes them."""

from collections.abc import Mapping
from typing import Any

import traitlets

from workbook.outcome import Outcome
from workbook.scenario import OpenedScenario, Scenario
from workbook.topic import Topic
from workbook.widgets.incidents import log_incident
from workbook.widgets.scenario_actions import Answer, OpenScenario, ScenarioActions
from workbook.widgets.scenario_requests import ScenarioRequest, parse_request
from workbook.widgets.widget import WorkbookWidget

_FIELD_ERRORS = "Nothing is saved. Correct the errors in the form first."
_INCIDENT = "Something went wrong. If it happens again, report incident {}."


class SavedScenariosWidget(WorkbookWidget):
    """Save the scenario under a name, and list, open, rename, delete and restore the saved ones.

    Each request of the page is a message with an identifier, and so is its answer. Nothing is read
    before the first.

    Traits:
        study_id: Identifies the form of the same study.
        can_save: Whether scenarios are saved here. Elsewhere saving gives the file.

    Args:
        topic: The topic.
        study_id: The identifier of the study's form.
    """

    study_id = traitlets.Unicode().tag(sync=True)
    can_save = traitlets.Bool(default_value=False).tag(sync=True)

    def __init__(self, topic: Topic, study_id: str) -> None:
        super().__init__()
        self._actions = ScenarioActions(topic, self._open)
        self._open_scenario: OpenScenario | None = None
        self._topic, self._scenario = topic, topic.Scenario()
        self._last_answer: Answer = {}
        self._has_field_errors = False
        self.study_id, self.can_save = study_id, self._actions.can_save
        self.on_msg(self._handle_request)

    def open_with(self, open_scenario: OpenScenario) -> None:
        """Say how a scenario is opened.

        Args:
            open_scenario: Shows a scenario on the page, and returns why it cannot.
        """
        self._open_scenario = open_scenario

    def show(self, outcome: Outcome) -> None:
        """Offer the scenario of an outcome to be saved.

        Args:
            outcome: The outcome.
        """
        self._scenario = outcome.scenario

    def handle_field_errors(self, change: Mapping[str, Any]) -> None:
        """Save nothing while the form shows another text than the scenario's value.

        Args:
            change: The form's new errors.
        """
        self._has_field_errors = bool(change["new"])

    def describe_content(self) -> str:
        """Whether scenarios are saved here."""
        return "scenarios can be saved" if self.can_save else "scenarios are saved as files"

    def to_static_html(self) -> str:
        """Render nothing: there is nothing to read."""
        return ""

    def _open(self, opened: OpenedScenario[Scenario]) -> str:
        return self._open_scenario(opened) if self._open_scenario else ""

    def _handle_request(self, _: object, content: Mapping[str, Any], __: object) -> None:
        """Answer a request. One that comes again, because its answer was lost, is done once."""
        request = parse_request(content) if isinstance(content, Mapping) else None
        if request is None:
            return
        if self._last_answer.get("id") != request.id:
            self._last_answer = {"id": request.id, **self._answer(request)}
        self.send(self._last_answer)

    def _answer(self, request: ScenarioRequest) -> Answer:
        if request.action == "save" and self._has_field_errors:
            return {"failure": _FIELD_ERRORS}
        try:
            return self._actions.answer(request, self._scenario)
        except Exception as error:  # noqa: BLE001  the page must report any error
            number = log_incident(self._topic, self._scenario, error)
            return {"failure": _INCIDENT.format(number)}
