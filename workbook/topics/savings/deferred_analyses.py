"""Analyses that run after the page is updated: value of information and global sensitivity."""

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from workbook.outcome import Outcome
from workbook.result_table import ResultTable
from workbook.topic import AnalysisResult, DeferredAnalysis, Tables
from workbook.topics.savings.appraisal import simulate_npv
from workbook.topics.savings.appraisal_setup import AppraisalSetup, set_up_appraisal
from workbook.topics.savings.charts import draw_global_sensitivity, draw_value_of_information
from workbook.topics.savings.columns import SAVINGS_COLUMNS
from workbook.topics.savings.global_sensitivity import global_sensitivity_table
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.value_of_information import value_of_information_table

OutcomeLookup = Callable[[Tables, Savings], Mapping[str, Outcome]]
"""Gives the outcomes of other topics by name."""

_MAXIMUM_DRAWS = 10_000
"""Most simulations of an analysis, which bounds its time."""


def deferred_analyses(look_up_outcomes: OutcomeLookup) -> dict[str, DeferredAnalysis]:
    """Build the deferred analyses.

    Args:
        look_up_outcomes: Gives the outcomes of other topics for a scenario.

    Returns:
        The analyses by name.
    """

    def set_up(tables: Tables, outcome: Outcome) -> AppraisalSetup:
        scenario = outcome.scenario_of(Savings)
        scenario = scenario.replace(draws=min(scenario.draws, _MAXIMUM_DRAWS))
        return set_up_appraisal(tables, scenario, look_up_outcomes(tables, scenario))

    def analyse_information(tables: Tables, outcome: Outcome) -> Iterator[AnalysisResult | None]:
        setup = set_up(tables, outcome)
        yield None
        frame = value_of_information_table(setup.sampled, simulate_npv(setup.sampled))
        table = _result_table("value_of_information", "Value of knowing each assumption", frame)
        scenario = outcome.scenario_of(Savings)
        appraised_in = scenario.price_year if scenario.target_has_ended else ""
        yield AnalysisResult(draw_value_of_information(frame, appraised_in), table)

    def analyse_sensitivity(tables: Tables, outcome: Outcome) -> Iterator[AnalysisResult | None]:
        setup = set_up(tables, outcome)
        yield None
        seed = outcome.scenario_of(Savings).seed
        frame = global_sensitivity_table(setup.inputs, setup.sampled, seed)
        table = _result_table("global_sensitivity", "Global sensitivity (Sobol’ indices)", frame)
        yield AnalysisResult(draw_global_sensitivity(frame), table)

    return {
        "global_sensitivity": analyse_sensitivity,
        "value_of_information": analyse_information,
    }


def _result_table(name: str, title: str, frame: pd.DataFrame) -> ResultTable:
    return ResultTable(name, title, frame, SAVINGS_COLUMNS)
