"""Global sensitivity: what every indicator depends on when all assumptions vary together."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from workbook.analysis.simulations import simulate_steps
from workbook.analysis.steps import Steps, run_steps
from workbook.methods.arrays import FloatArray
from workbook.methods.pawn import noise_level, pawn_index
from workbook.methods.remaining_width import expected_remaining_width, interval_width
from workbook.outcome import Outcome, Simulations
from workbook.result_table import Column
from workbook.scenario import Parameter, Scenario
from workbook.text.grammar import capitalise_first
from workbook.topic import Tables, Topic

SENSITIVITY_COLUMNS = {
    "indicator": Column("Indicator", is_name=True),
    "parameter": Column("Parameter", is_name=True),
    "label": Column("Assumption"),
    "unit": Column("Unit of the indicator"),
    "rank_correlation": Column("Rank correlation", "index"),
    "pawn": Column("PAWN index", "index"),
    "noise_level": Column("PAWN index of noise", "index"),
    "has_effect": Column("More than noise"),
    "width": Column("Width of the interval (P10 to P90)", unit_column="unit"),
    "remaining_width": Column("Width if the assumption were known", unit_column="unit"),
    "narrowing": Column("Narrower by", "share"),
}

_NOISE_SEED = 2014


def global_sensitivity(
    topic: Topic, scenario: Scenario | None = None, *, tables: Tables | None = None
) -> pd.DataFrame:
    """Calculate what every indicator depends on, from simulations of all assumptions together.

    A model that gives its simulations is run once, with at most 10,000 of them. Any other is run at
    500 points drawn from the ranges. Where a model draws assumptions that move together, such as
    costs, the effect of one shows in the others too.

    Args:
        topic: The topic whose model is run.
        scenario: The scenario; the default one by default.
        tables: The topic's tables; loaded for the scenario by default.

    Returns:
        A row for each indicator that varies and each assumption, in the indicators' order, the
        largest PAWN index first. ``rank_correlation`` is Spearman's, from −1 to 1. ``pawn`` is the
        index of Pianosi and Wagener (2018), from 0 to 1, which includes interactions.
        ``has_effect`` says whether it is above ``noise_level``. ``width`` is that from P10 to P90
        and ``remaining_width`` what is expected of it if the assumption were known, both in the
        indicator's unit and missing where a simulation is infinite. ``narrowing`` is the fraction
        by which it is smaller.

    Raises:
        ValueError: No parameter has a range, so nothing can be simulated.

    Example:
        >>> from workbook.topics.digital_inclusion import topic
        >>> table = global_sensitivity(topic, topic.Scenario(draws=1_000))
        >>> table[table["indicator"] == "people_excluded"]["parameter"].head(2).tolist()
        ['unaided_gain', 'deadweight']
    """
    scenario = scenario or topic.Scenario()
    tables = topic.load_tables(scenario) if tables is None else tables
    _, table = run_steps(sensitivity_steps(topic, tables, scenario))
    return table


def sensitivity_steps(
    topic: Topic, tables: Tables, scenario: Scenario, indicator_name: str = ""
) -> Steps[tuple[Outcome, pd.DataFrame]]:
    """Calculate the global sensitivity step by step. The caller may stop between any two steps.

    Args:
        topic: The topic whose model is run.
        tables: The topic's tables.
        scenario: The scenario.
        indicator_name: Name of the only indicator to analyse; all if empty.

    Yields:
        None after each run of the model, and after each indicator.

    Returns:
        The scenario's outcome, and the rows of ``global_sensitivity``.

    Raises:
        ValueError: No parameter has a range, so nothing can be simulated.
    """
    outcome, simulations = yield from simulate_steps(topic, tables, scenario)
    rows: list[dict[str, Any]] = []
    ranks = {name: _rank_values(values) for name, values in simulations.assumptions.items()}
    for indicator in outcome.indicators:
        if indicator_name and indicator.name != indicator_name:
            continue
        draws = simulations.indicators.get(indicator.name)
        if draws is not None and np.unique(draws).size > 1:
            assumption_rows = _assumption_rows(
                simulations, ranks, draws, topic.Scenario.parameters()
            )
            labels = {"indicator": indicator.name, "unit": indicator.unit}
            rows += [labels | row for row in sorted(assumption_rows, key=lambda row: -row["pawn"])]
            yield None
    return outcome, pd.DataFrame(rows, columns=list(SENSITIVITY_COLUMNS))


def _assumption_rows(
    simulations: Simulations,
    ranks: Mapping[str, FloatArray],
    draws: FloatArray,
    parameters: Mapping[str, Parameter],
) -> Iterator[dict[str, Any]]:
    """Measures of one indicator for each assumption."""
    is_finite = bool(np.isfinite(draws).all())
    width = interval_width(draws) if is_finite else np.nan
    noise, draws_rank = noise_level(draws.size, _NOISE_SEED), _rank_values(draws)
    for name, values in simulations.assumptions.items():
        if np.ptp(values) > 0:
            remaining = expected_remaining_width(values, draws) if is_finite else np.nan
            pawn = pawn_index(values, draws)
            yield {
                "parameter": name,
                "label": parameters[name].label
                if name in parameters
                else capitalise_first(name.replace("_", " ")),
                "rank_correlation": float(np.corrcoef(ranks[name], draws_rank)[0, 1]),
                "pawn": pawn,
                "noise_level": noise,
                "has_effect": pawn > noise,
                "width": width,
                "remaining_width": remaining,
                "narrowing": 1 - remaining / width if width else np.nan,
            }


def _rank_values(values: FloatArray) -> FloatArray:
    """Ranks for Spearman's coefficient; equal values share their mean rank."""
    return np.asarray(pd.Series(values).rank(), np.float64)
