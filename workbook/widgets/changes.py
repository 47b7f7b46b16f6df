"""What stands above the answer: errors, what has changed, and whether the answer is up to date."""

from collections.abc import Sequence
from html import escape

import traitlets

from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.widgets.link_errors import LINK_PROBLEM_TITLE
from workbook.widgets.scenario_changes import ScenarioChange
from workbook.widgets.widget import WorkbookWidget

_MAX_ANNOUNCED = 2
"""Most indicators that are read out after a change."""


class ChangesWidget(WorkbookWidget):
    """The error summary, a chip for each change, and the announcement of a new answer.

    Nothing is shown for the published scenario. The errors of fields come from the form on the
    same page, which knows whether a visitor is still typing.

    Traits:
        study_id: Identifies the form whose errors are shown and whose values are put back.
        changes: What differs from the published scenario.
        announcement: The answer in a few words, for a screen reader after a change.
        link_error: Why the scenario of a link cannot be opened; empty if it can.
        incident_message: Message about a fault in the workbook; empty if there is none.

    Args:
        study_id: The form's identifier.
        indicators: Names of the indicators to announce, the most important first. Without any,
            those of the outcome are announced.
    """

    study_id = traitlets.Unicode().tag(sync=True)
    changes = traitlets.List(traitlets.Dict()).tag(sync=True)
    announcement = traitlets.Unicode().tag(sync=True)
    link_error = traitlets.Unicode().tag(sync=True)
    incident_message = traitlets.Unicode().tag(sync=True)

    def __init__(self, study_id: str, indicators: Sequence[str] = ()) -> None:
        super().__init__()
        self.study_id = study_id
        self._indicators = indicators

    def show(self, outcome: Outcome, changes: Sequence[ScenarioChange]) -> None:
        """Show what the scenario of an outcome has changed, and announce its answer.

        Args:
            outcome: The outcome.
            changes: What its scenario has changed.
        """
        announced = self._announced_indicators(outcome)
        with self.hold_sync():
            self.changes = [dict(change) for change in changes]
            self.announcement = " ".join(
                f"{indicator.label}: {indicator.formatted_value}." for indicator in announced
            )

    def _announced_indicators(self, outcome: Outcome) -> list[Indicator]:
        """The first key indicator and the first probability; without one, the first two."""
        indicators = [outcome[name] for name in self._indicators] or list(outcome.indicators)
        probabilities = [indicator for indicator in indicators if indicator.is_probability]
        return list(dict.fromkeys([*indicators[:1], *probabilities, *indicators]))[:_MAX_ANNOUNCED]

    def to_static_html(self) -> str:
        """Render why a link cannot be opened, or else the changes as a list.

        The text is empty for the published scenario.
        """
        if self.link_error:
            return (
                '<div class="wb-changes"><div class="wb-error-summary" role="alert">'
                f"<h2>{LINK_PROBLEM_TITLE}</h2><ul><li>{escape(self.link_error)}</li>"
                '</ul><p><a href="?">Open the published assumptions instead</a></p></div></div>'
            )
        items = "".join(
            f"<li><span>{escape(change['label'])}: {escape(change['published'])} → "
            f"<strong>{escape(change['value'])}</strong></span></li>"
            for change in self.changes
        )
        if not items:
            return ""
        return (
            '<div class="wb-changes wb-result"><p class="wb-changes-title">Changed from the '
            f'published assumptions</p><ul class="wb-chips">{items}</ul></div>'
        )
