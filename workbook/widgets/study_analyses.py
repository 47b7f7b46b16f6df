"""What can be asked of a Study's scenario: comparison, sweep, and tables as frames."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from workbook.analysis.comparison import compare_scenarios
from workbook.analysis.deferred import analysis_names, run_analysis
from workbook.analysis.goal_result import GoalSeekResult
from workbook.analysis.goal_seek import seek
from workbook.analysis.quality_assurance import LOG_NAME, quality_assurance_log
from workbook.analysis.scenario_comparison import ScenarioComparison
from workbook.analysis.sweep import sweep
from workbook.analysis.tornado import tornado
from workbook.outcome import Outcome
from workbook.scenario import Scenario
from workbook.topic import Topic
from workbook.widgets.dashboard import Dashboard
from workbook.widgets.evaluation import Evaluation
from workbook.widgets.uploads import check_exportable

_CURRENT_NAME: Final = "This scenario"


class StudyAnalyses:
    """Analyses of the scenario that a study shows, on the tables that it has loaded."""

    topic: Topic
    dashboard: Dashboard
    _evaluation: Evaluation

    @property
    def outcome(self) -> Outcome:
        """The outcome of the scenario: indicators, tables, headline and notes."""
        return self._evaluation.outcome

    def frame(self, name: str) -> pd.DataFrame:
        """Rows of a table of the scenario, as a data frame.

        Args:
            name: Name of a table of the outcome, ``assumptions`` for the assumptions register,
                ``quality_assurance`` for the quality assurance log, or the name of a sensitivity
                curve, the tornado or another deferred analysis.

        Returns:
            The rows.

        Raises:
            KeyError: There is no such table. The message suggests one.
        """
        if name == LOG_NAME:
            return quality_assurance_log(self.topic).frame
        if name in analysis_names(self.topic):
            steps = run_analysis(self.topic, name, self._evaluation.tables, self.outcome)
            frames = {result.name: result.table.frame for result in steps if result}
            return frames[name]
        return self.outcome.frame(name)

    def compare(self, *scenarios: Scenario | Mapping[str, Scenario]) -> ScenarioComparison:
        """Compare the scenario with others, as ``compare_scenarios``.

        Args:
            *scenarios: One to three scenarios, or a mapping of names to them. Without any, the
                scenario is compared with the default.

        Returns:
            The comparison, from the scenario to each of the others.

        Raises:
            ValueError: There are too many scenarios.
            TypeError: One is not a scenario of the topic.
        """
        current = {_CURRENT_NAME: self._evaluation.scenario}
        uploaded = self.dashboard.form.uploads.tables
        return compare_scenarios(self.topic, current, *scenarios, uploaded=uploaded)

    def export(self, path: str | Path, template: str | Path | None = None) -> Path:
        """Write the scenario's outcome to a file, as ``export_outcome``.

        Args:
            path: The file. Its suffix chooses the form: a spreadsheet (``.xlsx``, ``.ods``), a
                document (``.docx``), slides (``.pptx``), a page (``.html``), the charts (``.zip``)
                or the scenario file (``.toml``).
            template: Word document or presentation whose styles are used.

        Returns:
            The path.

        Raises:
            ValueError: The suffix is none of these, the template is no such document, or a
                scenario file would name an uploaded table.
            OSError: The folder is missing, full or read-only.
        """
        from workbook.exports.export_outcome import export_outcome  # noqa: PLC0415  100 MB

        check_exportable(self.outcome.scenario, Path(path).suffix)
        uploaded = self.dashboard.form.uploads.tables
        return export_outcome(self.topic, self.outcome, path, template, uploaded=uploaded)

    def seek(
        self, *, indicator: str, reach: float, by: str, probability: float | None = None
    ) -> GoalSeekResult:
        """Find the value of a parameter at which an indicator reaches a target, as ``seek``.

        Args:
            indicator: Name of the indicator.
            reach: Value that the indicator is to reach, in its unit.
            by: Name of the parameter that may change.
            probability: Share of simulations that must reach it; None for the indicator itself.

        Returns:
            The parameter's value and what the indicator reaches there.

        Raises:
            ValueError: A name is unknown, or a number is not in its range.
        """
        return seek(
            self.topic,
            self._evaluation.scenario,
            indicator=indicator,
            reach=reach,
            by=by,
            probability=probability,
            tables=self._evaluation.tables,
        )

    def tornado(self, indicator: str | None = None) -> pd.DataFrame:
        """Calculate the one-way sensitivity of indicators to every assumption, as ``tornado``.

        Args:
            indicator: Name of the indicator; all that are numbers by default.

        Returns:
            A row for each indicator and assumption, the largest effect first.

        Raises:
            ValueError: There is no such indicator that is a number.
        """
        evaluation = self._evaluation
        return tornado(
            self.topic, evaluation.scenario, indicator=indicator, tables=evaluation.tables
        )

    def sweep(self, scenarios: pd.DataFrame | Mapping[str, Iterable[Any]]) -> pd.DataFrame:
        """Run many scenarios that start from this one, as ``sweep``.

        Args:
            scenarios: A row for each scenario, with parameters as columns; or values by parameter,
                of which every combination is run.

        Returns:
            The rows with a column for each indicator, and a column ``error``.

        Raises:
            ValueError: A column is not a parameter.
        """
        uploaded = self.dashboard.form.uploads.tables
        return sweep(self.topic, scenarios, self._evaluation.scenario, uploaded=uploaded)
