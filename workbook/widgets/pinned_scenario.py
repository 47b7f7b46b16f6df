"""The pinned scenario: the one that every later scenario of the visit is compared with."""

from collections.abc import Iterator, Sequence
from html import escape

import pandas as pd
import traitlets

from workbook.analysis.comparison import comparison_steps
from workbook.analysis.comparison_frames import common_label
from workbook.exports.table_content import (
    EMPTY_TABLE_CONTENT,
    TableContent,
    table_content,
    table_content_html,
)
from workbook.outcome import Outcome
from workbook.result_table import Column, ResultTable
from workbook.scenario import Scenario, ScenarioError
from workbook.tables import TableError
from workbook.topic import Tables, Topic
from workbook.widgets.scenario_changes import describe_value, scenario_changes
from workbook.widgets.widget import WorkbookWidget

_PUBLISHED = "Published assumptions"
_PINNED, _NOW = "Pinned", "Now"
_SEVERAL = 2
_CONTRIBUTIONS_TITLE = "What each changed assumption adds, averaged over the orders of change"
_TITLE = "Key figures beside those of the pinned scenario"
_FIGURE_COLUMNS = {
    "label": Column("Figure"),
    "pinned": Column("Pinned"),
    "now": Column("Now"),
    "difference": Column("Difference"),
}
_PARAMETER_COLUMNS = {
    "label": Column("Assumption"),
    "pinned": Column("Pinned"),
    "now": Column("Now"),
}


class PinnedScenarioWidget(WorkbookWidget):
    """The button that pins a scenario, and what differs from the pinned one.

    Traits:
        study_id: Identifies the study whose scenarios are compared.
        is_pinned: Whether a scenario is pinned.
        name: What the pinned scenario has changed from the published assumptions.
        figures: The key figures of both scenarios, and their differences.
        parameters: The assumptions that differ.
        contributions: What each of them adds to the differences, where there are several.

    Args:
        study_id: The identifier of the study's form.
        indicators: Names of the key indicators; all of the outcome's if empty.
    """

    study_id = traitlets.Unicode().tag(sync=True)
    is_pinned = traitlets.Bool(default_value=False).tag(sync=True)
    name = traitlets.Unicode().tag(sync=True)
    figures = traitlets.Dict(EMPTY_TABLE_CONTENT).tag(sync=True)
    parameters = traitlets.Dict(EMPTY_TABLE_CONTENT).tag(sync=True)
    contributions = traitlets.Dict(EMPTY_TABLE_CONTENT).tag(sync=True)

    def __init__(self, study_id: str, indicators: Sequence[str] = ()) -> None:
        super().__init__()
        self.study_id = study_id
        self._indicators = indicators
        self._pinned: Outcome | None = None

    def pin(self, outcome: Outcome) -> None:
        """Compare later scenarios with that of an outcome."""
        self._pinned = outcome
        self.show(outcome)

    def unpin(self) -> None:
        """Compare with nothing."""
        self._pinned = None
        with self.hold_sync():
            self.is_pinned, self.name = False, ""
            self.figures = self.parameters = self.contributions = EMPTY_TABLE_CONTENT

    def is_of(self, scenario: Scenario) -> bool:
        """Whether a scenario is the pinned one."""
        return self._pinned is not None and self._pinned.scenario == scenario

    def show(self, outcome: Outcome) -> None:
        """Show what differs between the pinned scenario and that of an outcome."""
        if self._pinned is None:
            return
        with self.hold_sync():
            self.is_pinned = True
            self.name = _describe_scenario(self._pinned.scenario)
            self.figures = self._compare_figures(self._pinned, outcome)
            self.parameters = _compare_parameters(self._pinned.scenario, outcome.scenario)
            self.contributions = EMPTY_TABLE_CONTENT

    def attribution_steps(self, topic: Topic, outcome: Outcome, uploaded: Tables) -> Iterator[None]:
        """Attribute the differences to the assumptions, step by step, and show the result.

        Args:
            topic: The topic.
            outcome: The outcome that is compared with the pinned scenario.
            uploaded: Tables uploaded in this visit, by name.

        Yields:
            None after each run of the model. Nothing is run where fewer than two assumptions
            differ, or where the tables have no data for a mixture of the two scenarios.
        """
        pinned = self._pinned
        if pinned is None or len(_find_differences(pinned.scenario, outcome.scenario)) < _SEVERAL:
            return
        scenarios = {_PINNED: pinned.scenario, _NOW: outcome.scenario}
        try:
            comparison = yield from comparison_steps(topic, scenarios, uploaded=uploaded)
        except (ScenarioError, TableError):
            return
        if self._pinned is not pinned:  # another was pinned meanwhile
            return
        names = self._shared_indicators(pinned, outcome)
        texts = comparison.contribution_texts(_NOW, names)
        frame = texts.rename(columns={"Parameter": "Assumption"})
        columns = {str(name): Column(str(name)) for name in frame}
        self.contributions = table_content(
            ResultTable("pinned_contributions", _CONTRIBUTIONS_TITLE, frame, columns)
        )

    def _compare_figures(self, pinned: Outcome, outcome: Outcome) -> TableContent:
        outcomes = {_PINNED: pinned, _NOW: outcome}
        rows = [
            {
                "label": common_label(outcomes, name),
                "pinned": pinned[name].formatted_value,
                "now": outcome[name].formatted_value,
                "difference": outcome[name].format_change_from(pinned[name]),
            }
            for name in self._shared_indicators(pinned, outcome)
        ]
        frame = pd.DataFrame(rows, columns=list(_FIGURE_COLUMNS))
        return table_content(ResultTable("pinned_figures", _TITLE, frame, _FIGURE_COLUMNS))

    def _shared_indicators(self, pinned: Outcome, outcome: Outcome) -> list[str]:
        """Names of the key indicators, or else of all, that both outcomes have."""
        present = [indicator.name for indicator in outcome.indicators]
        common = {indicator.name for indicator in pinned.indicators} & {*present}
        return [name for name in self._indicators or present if name in common]

    def describe_content(self) -> str:
        """What is pinned."""
        return f"pinned: {self.name}" if self.is_pinned else "nothing is pinned"

    def to_static_html(self) -> str:
        """Render the key figures of both scenarios; nothing where none is pinned."""
        if not self.is_pinned:
            return ""
        return f"<p>Pinned: {escape(self.name)}</p>{table_content_html(self.figures)}"


def _describe_scenario(scenario: Scenario) -> str:
    changes = [f"{change['label']}: {change['value']}" for change in scenario_changes(scenario)]
    return "; ".join(changes) or _PUBLISHED


def _find_differences(pinned: Scenario, present: Scenario) -> list[str]:
    """Names of the parameters that differ."""
    pinned_values = pinned.values()
    return [name for name, value in present.values().items() if value != pinned_values[name]]


def _compare_parameters(pinned: Scenario, present: Scenario) -> TableContent:
    declarations, pinned_values, values = pinned.parameters(), pinned.values(), present.values()
    rows = [
        {
            "label": declarations[name].label,
            "pinned": describe_value(declarations[name], pinned_values[name]),
            "now": describe_value(declarations[name], values[name]),
        }
        for name in _find_differences(pinned, present)
    ]
    frame = pd.DataFrame(rows, columns=list(_PARAMETER_COLUMNS))
    title = "Assumptions that differ from the pinned scenario"
    return table_content(ResultTable("pinned_parameters", title, frame, _PARAMETER_COLUMNS))
