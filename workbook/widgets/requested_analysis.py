"""Base of the widgets whose visitor requests an analysis: a small form, progress and a result."""

from collections.abc import Generator, Iterator, Mapping
from html import escape
from typing import Any, ClassVar, Final

import traitlets

from workbook.analysis.steps import Result, Steps
from workbook.scenario import Scenario, ScenarioError
from workbook.tables import TableError
from workbook.topic import Topic
from workbook.widgets.chart import send_vega
from workbook.widgets.deferred_analyses import DeferredAnalyses
from workbook.widgets.edits import scenario_texts
from workbook.widgets.evaluation import Evaluation
from workbook.widgets.incidents import TOO_MUCH_MEMORY, log_incident
from workbook.widgets.page_messages import page_messages
from workbook.widgets.requested_inputs import RequestError, RequestInputs
from workbook.widgets.requested_result import RequestedResult
from workbook.widgets.widget import WorkbookWidget

RequestedSteps = Generator[int | RequestedResult, None, RequestedResult]
"""Steps of an analysis, each with about how many steps there are in all. It returns the result.

A step may give a result instead, which is shown while the rest runs.
"""

_EARLIER_NOTE: Final = (
    "This result is of an earlier scenario. Calculate again for the present assumptions."
)
_USED_NOTE: Final = "The form has this result now. Undo takes it back."
_CHANGED: Final = "Cancelled, because the scenario has changed."
_CANCELLED: Final = "Cancelled."


def expect_steps(steps: Steps[Result], count: int) -> Generator[int, None, Result]:
    """Say with each step of a calculation about how many there are.

    Args:
        steps: The calculation.
        count: About how many steps it has.

    Yields:
        The count after each step.

    Returns:
        What the calculation returns.
    """
    try:
        while True:
            next(steps)
            yield count
    except StopIteration as stop:
        result: Result = stop.value
    finally:
        steps.close()
    return result


class RequestedAnalysis(WorkbookWidget):
    """An analysis of the scenario that runs when its visitor asks for it.

    It runs step by step beside the visitor's changes, and is cancelled by the next one. Its result
    is of the scenario in which it was requested: after a change, it is marked as of an earlier one.
    A subclass implements ``analyse``, and its script builds the form with ``RequestPanel``. An
    analysis that has nothing to do with the form's scenario sets ``_is_of_form`` to False there.

    Traits:
        study_id: Identifies the form that a value of the result can be put into.
        status: ``idle``, or ``running`` while the analysis runs.
        progress: Steps that have run, and about how many there are in all.
        message: Why there is no result: an error, or that it was cancelled.
        field_errors: A message for each input with an error.
        note: That the result is of an earlier scenario, or is used; empty if neither.
        result: The result, as ``RequestedResult.to_content`` describes it; empty without one.

    Args:
        topic: The topic.
        study_id: The identifier of the study's form.
    """

    study_id = traitlets.Unicode().tag(sync=True)
    status = traitlets.Unicode("idle").tag(sync=True)
    progress = traitlets.List([0, 0]).tag(sync=True)
    message = traitlets.Unicode().tag(sync=True)
    field_errors = traitlets.Dict().tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)
    result = traitlets.Dict().tag(sync=True)

    name: ClassVar[str]
    """Name of the analysis, with which the names of its charts begin."""

    def __init__(self, topic: Topic, study_id: str) -> None:
        super().__init__(study_id=study_id)
        self.topic = topic
        self._evaluation: Evaluation | None = None
        self._requested: Scenario | None = None
        self._is_of_form = True
        self._answered_id: object = None
        self._requested_result: RequestedResult | None = None
        self._task = DeferredAnalyses(lambda _: None)
        self.on_msg(self._handle_message)

    def analyse(self, evaluation: Evaluation, inputs: RequestInputs) -> RequestedSteps:
        """Run the analysis step by step.

        Args:
            evaluation: The outcome of the present scenario, with its tables.
            inputs: What the visitor has entered.

        Yields:
            About how many steps there are in all, after each run of the model; or the first part of
            the result.

        Returns:
            The result.

        Raises:
            RequestError: An input has an error.
            ScenarioError: The model has no result for a scenario.
        """
        raise NotImplementedError

    def show(self, evaluation: Evaluation) -> None:
        """Follow a change of the scenario.

        Args:
            evaluation: The outcome of the new scenario.
        """
        self._evaluation = evaluation
        if self.status == "running" and self._is_of_form:
            self._cancel(_CHANGED)
        self.note = self._write_note(evaluation.scenario) if self._is_of_form else ""

    def _write_note(self, scenario: Scenario) -> str:
        """How a scenario differs from that of the result; empty if it does not."""
        if not self._requested or not self._requested_result:
            return ""
        if scenario == self._requested:
            return ""
        used_texts = self._requested_result.form_texts
        with_used = {**scenario_texts(self._requested), **used_texts}
        is_used = used_texts and scenario_texts(scenario) == with_used
        return _USED_NOTE if is_used else _EARLIER_NOTE

    def run(self, **inputs: str | list[str]) -> RequestedResult:
        """Run the analysis now and show its result, also where no page runs, as in a report.

        Args:
            **inputs: The inputs of the form by name, as ``analyse`` reads them.

        Returns:
            The result.

        Raises:
            RequestError: An input has an error.
            ScenarioError: The model has no result for a scenario.
        """
        try:
            for _ in self._start(inputs):
                pass
        finally:
            if self.status == "running":
                self._end("")
        if self._requested_result is None:
            raise RequestError(self.field_errors or {"": self.message})
        return self._requested_result

    def describe_content(self) -> str:
        """The answer, or that there is none."""
        return self._requested_result.sentences[0] if self._requested_result else self.empty_text

    @property
    def empty_text(self) -> str:
        """What stands in place of the result before there is one."""
        return "Nothing has been calculated yet."

    def to_static_html(self) -> str:
        """Render the last result, or a sentence in its place."""
        if self._requested_result is None:
            return f'<p class="wb-empty">{escape(self.empty_text)}</p>'
        note = f"<p>{escape(self.note)}</p>" if self.note else ""
        return note + self._requested_result.to_static_html(self.name)

    def _handle_message(self, _: object, content: Mapping[str, Any], __: object) -> None:
        """Start or cancel the analysis, as the visitor asks.

        The page sends a request again until it is answered. It is followed once.
        """
        if content.get("request") not in {"run", "cancel"}:
            send_vega(self, content)
            return
        identifier = content.get("id")
        is_new = identifier is None or identifier != self._answered_id
        self._answered_id = identifier
        if is_new:
            self._follow_request(content)
        self.send({"id": identifier})

    def _follow_request(self, content: Mapping[str, Any]) -> None:
        if content["request"] == "run":
            self._task.replace(self._start(content.get("inputs")))
            self._task.start(self._report_failure, lambda: None)
        elif self.status == "running":
            self._cancel(_CANCELLED)

    def _start(self, inputs: object) -> Iterator[None]:
        """Remove the earlier result, and return the steps that show the next."""
        evaluation = self._evaluation
        self._requested = evaluation.scenario if evaluation else None
        self._requested_result = None
        self._is_of_form = True
        with self.hold_sync():
            self.status, self.progress = "running", [0, 0]
            self.message, self.note, self.field_errors, self.result = "", "", {}, {}
        return self._run_steps(evaluation, inputs) if evaluation else iter(())

    def _run_steps(self, evaluation: Evaluation, inputs: object) -> Iterator[None]:
        try:
            steps = self.analyse(evaluation, RequestInputs(inputs))
            result = yield from self._count_steps(steps)
        except RequestError as error:
            self._end(error.messages.get("", ""), error.messages)
        except ScenarioError as error:
            messages = page_messages(error.problems, evaluation.scenario.parameters())
            self._end(" ".join(dict.fromkeys(messages.values())))
        except TableError as error:
            self._end(str(error))
        else:
            with self.hold_sync():
                self.status = "idle"
                self._show_result(result)

    def _count_steps(self, steps: RequestedSteps) -> Steps[RequestedResult]:
        try:
            done = 0
            while True:
                step = next(steps)
                if isinstance(step, RequestedResult):
                    self._show_result(step)
                else:
                    done += 1
                    self.progress = [done, max(step, done)]
                    yield None
        except StopIteration as stop:
            result: RequestedResult = stop.value
        return result

    def _show_result(self, result: RequestedResult) -> None:
        self._requested_result = result
        self.result = result.to_content(self.name)

    def _cancel(self, message: str) -> None:
        self._task.replace(iter(()))
        self._end(message)

    def _end(self, message: str, field_errors: Mapping[str, str] | None = None) -> None:
        """End without a result."""
        with self.hold_sync():
            self.status, self.message = "idle", message
            self.field_errors = dict(field_errors or {})

    def _report_failure(self, error: Exception) -> None:
        """Tell the visitor that something failed; the details are in the log."""
        scenario = self._requested or self.topic.Scenario()
        number = log_incident(self.topic, scenario, error)
        is_memory = isinstance(error, MemoryError)
        self._end(
            f"This calculation {TOO_MUCH_MEMORY}"
            if is_memory
            else f"Something went wrong. If it happens again, report incident {number}."
        )
