"""Simulations of any topic: those of its model, or runs of the model at simulated assumptions."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from workbook.analysis.model_runner import as_declared_kind, indicator_number, limit_draws
from workbook.analysis.steps import Steps
from workbook.outcome import Outcome, Simulations
from workbook.scenario import Scenario, ScenarioError, draw_samples
from workbook.topic import Tables, Topic

_RUN_COUNT = 500
"""Runs of a model that does not simulate. A share of them has a standard error of 2 points."""

_LEAST_RUNS = 100

_DEFAULT_SEED = 2014


def simulate_steps(
    topic: Topic, tables: Tables, scenario: Scenario
) -> Steps[tuple[Outcome, Simulations]]:
    """Simulate a scenario's assumptions and every indicator step by step.

    A model that gives its own simulations is run once, with at most 10,000 of them. Any other is
    run at 500 points, each with every assumption drawn from its range. A point at which the values
    contradict each other is left out. So is an indicator that is not known at every point.

    Args:
        topic: The topic whose model is run.
        tables: The topic's tables.
        scenario: The scenario.

    Yields:
        None after each run of the model.

    Returns:
        The scenario's outcome and the simulations.

    Raises:
        ValueError: No parameter has a range, or most points contradict the scenario.
    """
    if not any(parameter.range for parameter in topic.Scenario.parameters().values()):
        msg = f"{topic.name} has no parameter with a range, so nothing can be simulated"
        raise ValueError(msg)
    outcome = topic.evaluate_model(tables, limit_draws(scenario))
    yield None
    if outcome.simulations is not None:
        return outcome, outcome.simulations
    return outcome, (yield from _run_points(topic, tables, outcome.scenario))


def _run_points(topic: Topic, tables: Tables, scenario: Scenario) -> Steps[Simulations]:
    seed = int(scenario.values().get("seed", _DEFAULT_SEED))
    names = [name for name, parameter in scenario.parameters().items() if parameter.range]
    samples = draw_samples(scenario, _RUN_COUNT, seed)
    inputs, results = [], []
    for values in zip(*(np.asarray(samples[name]) for name in names), strict=True):
        point = dict(zip(names, map(float, values), strict=True))
        try:
            varied = _vary_assumptions(scenario, point)
        except ScenarioError:
            continue
        outcome = topic.evaluate_model(tables, varied)
        inputs.append({name: float(varied.values()[name]) for name in names})
        results.append(
            {
                indicator.name: indicator_number(outcome, indicator.name)
                for indicator in outcome.indicators
            }
        )
        yield None
    if len(results) < _LEAST_RUNS:
        msg = (
            f"only {len(results)} of {_RUN_COUNT} simulated points agree with the scenario's other"
            " values, which are too few"
        )
        raise ValueError(msg)
    known = pd.DataFrame(results, dtype=float).dropna(axis="columns")
    return Simulations(_read_columns(pd.DataFrame(inputs)), _read_columns(known))


def _vary_assumptions(scenario: Scenario, point: Mapping[str, float]) -> Scenario:
    for name, value in point.items():
        scenario = scenario.with_value(name, as_declared_kind(scenario, name, value))
    return scenario


def _read_columns(frame: pd.DataFrame) -> dict[str, Any]:
    return {str(name): frame[name].to_numpy(float) for name in frame}
