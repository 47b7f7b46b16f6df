"""Results of deferred analyses that another process has calculated."""

import altair as alt
import pandas as pd
import pytest

from tests.analysis.example_topic import topic
from tests.result_tables import make_table
from workbook.analysis.deferred import run_analyses
from workbook.analysis.precomputed_results import RESULTS_VARIABLE, read_results, write_results
from workbook.topic import AnalysisResult
from workbook.widgets.study import Study


@pytest.fixture
def results_file(tmp_path, monkeypatch):
    """The file that this process reads, which does not exist yet."""
    path = tmp_path / "results"
    monkeypatch.setenv(RESULTS_VARIABLE, str(path))
    return path


def calculate_results(scenario):
    outcome = topic.run(scenario)
    tables = topic.load_tables(scenario)
    return list(run_analyses(topic, outcome, tables))


def count_steps(study):
    """Steps of a study's analyses for its scenario."""
    study._show(study._evaluation)
    return sum(1 for _ in study.deferred._steps)


def test_results_are_read_as_they_were_written(results_file):
    scenario = topic.Scenario()
    results = calculate_results(scenario)
    assert results
    write_results(results_file, topic, scenario, results)
    read = read_results(topic, scenario)
    for given, shown in zip(results, read, strict=True):
        assert shown.table.frame.equals(given.table.frame)
        assert (shown.chart and shown.chart.to_dict()) == (given.chart and given.chart.to_dict())


def test_there_are_none_of_another_scenario_or_without_a_file(results_file, monkeypatch):
    scenario = topic.Scenario()
    assert read_results(topic, scenario) is None
    write_results(results_file, topic, scenario, calculate_results(scenario))
    assert read_results(topic, scenario.replace(quarter="2013-Q4")) is None
    monkeypatch.delenv(RESULTS_VARIABLE)
    assert read_results(topic, scenario) is None


def test_a_notebook_shows_them_and_calculates_nothing(results_file):
    scenario = topic.Scenario()
    results = calculate_results(scenario)
    assert count_steps(Study(topic, scenario)) > len(results)
    write_results(results_file, topic, scenario, results)
    assert count_steps(Study(topic, scenario)) == len(results)


def test_a_chart_that_cannot_be_sent_leaves_the_notebook_to_calculate(results_file):
    class Unsendable(alt.Chart):
        """A chart of a class that another process cannot find."""

    result = AnalysisResult(Unsendable(), make_table("own", pd.DataFrame({"ride": [1]})))
    write_results(results_file, topic, topic.Scenario(), [result])
    assert read_results(topic, topic.Scenario()) is None
