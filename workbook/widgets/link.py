"""The link: the address of the scenario, and the scenario that a visitor opens by address."""

import traitlets

from workbook.scenario import Scenario
from workbook.widgets.scenario_changes import describe_step
from workbook.widgets.widget import WorkbookWidget


class LinkWidget(WorkbookWidget):
    """The scenario's query string, kept in the address bar of a page. The view shows nothing.

    Traits:
        study_id: Identifies the link to the other views of its study.
        query: The query string that opens the present scenario.
        step: The visitor's step to which ``query`` belongs. A new step gets its own entry in the
            browser's history; within a step the entry is replaced, as while a lever moves.
        step_label: What the step has changed, in a few words.
        requested_query: From the page: the query string of an address to open, at first its own,
            then those that the visitor goes back and forward to. None once it is answered.
        open_error: Why the requested scenario cannot be opened; empty if it can.
        request_completed: Whether a requested scenario has been opened or rejected.

    Args:
        study_id: The identifier of the study's form.
    """

    study_id = traitlets.Unicode().tag(sync=True)
    query = traitlets.Unicode().tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    step_label = traitlets.Unicode().tag(sync=True)
    requested_query = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    open_error = traitlets.Unicode().tag(sync=True)
    request_completed = traitlets.Bool(default_value=False).tag(sync=True)

    def __init__(self, study_id: str) -> None:
        super().__init__()
        self.study_id = study_id
        self._shown: Scenario | None = None
        self._step_start: Scenario | None = None
        self._labelled_step = 0

    def count_step(self) -> None:
        """Begin a step that is not the visitor's: their steps have positive numbers."""
        self.step = min(self.step, 0) - 1

    def show(self, scenario: Scenario) -> None:
        """Show the link to this scenario."""
        if self.step != self._labelled_step:
            self._labelled_step, self._step_start = self.step, self._shown
        self._shown = scenario
        with self.hold_sync():
            self.query = scenario.to_query()
            self.step_label = describe_step(self._step_start, scenario)

    def describe_content(self) -> str:
        """The query string."""
        return f"?{self.query}" if self.query else "published assumptions"

    def to_static_html(self) -> str:
        """Render nothing: what is shared gives the link."""
        return ""
