"""Run a topic's model many times on the same tables."""

from collections.abc import Callable

from workbook.outcome import Outcome
from workbook.scenario import Scenario, ScenarioError
from workbook.text.numbers import format_number
from workbook.text.suggestions import unknown_name_message
from workbook.topic import Tables, Topic

MAXIMUM_DRAWS = 10_000
"""Most simulations in each of many runs. The standard error of a probability is then 0.5 points."""

_BISECTION_STEPS = 60
"""Bisection steps to the limit of what a scenario allows, enough for floating-point precision."""

ModelRunner = Callable[[float], Outcome]


def make_model_runner(
    topic: Topic, tables: Tables, scenario: Scenario, parameter: str
) -> ModelRunner:
    """Make a function that runs the model with another value of one parameter.

    Args:
        topic: The topic whose model is run.
        tables: The topic's tables.
        scenario: The scenario that the other values come from.
        parameter: Name of the parameter.

    Returns:
        A function from a value of the parameter to an outcome.

    Raises:
        ValueError: The topic has no such parameter, or it is not a number.
    """
    parameters = topic.Scenario.parameters()
    if parameter not in parameters or parameters[parameter].kind == "string":
        numeric_parameters = [
            name for name, declaration in parameters.items() if declaration.kind != "string"
        ]
        raise ValueError(unknown_name_message("numeric parameter", parameter, numeric_parameters))
    base = limit_draws(scenario)

    def run_model(value: float) -> Outcome:
        changed = base.with_value(parameter, as_declared_kind(scenario, parameter, value))
        try:
            return topic.evaluate_model(tables, changed)
        except ScenarioError:
            raise
        except ValueError as error:
            raise ValueError(f"{error} (with {parameter} at {value})") from error

    return run_model


def limit_draws(scenario: Scenario) -> Scenario:
    """Copy a scenario with at most ``MAXIMUM_DRAWS`` simulations."""
    draws = scenario.values().get("draws", 0)
    return scenario.replace(draws=MAXIMUM_DRAWS) if float(draws) > MAXIMUM_DRAWS else scenario


def draw_limit_notes(scenario: Scenario) -> list[str]:
    """Say that fewer simulations are run than a scenario asks for; nothing where it has no more."""
    if limit_draws(scenario) == scenario:
        return []
    return [f"Every scenario is run with at most {format_number(MAXIMUM_DRAWS)} simulations."]


def as_declared_kind(scenario: Scenario, parameter: str, value: float) -> float:
    """Round a value if its parameter is a whole number."""
    return round(value) if scenario.parameters()[parameter].kind == "integer" else float(value)


def nearest_allowed_value(scenario: Scenario, parameter: str, limit: float) -> float:
    """Find the value nearest to a limit that the scenario's other values allow."""
    inside, outside = float(scenario.values()[parameter]), float(limit)
    if _is_allowed(scenario, parameter, outside):
        return as_declared_kind(scenario, parameter, outside)
    for _ in range(_BISECTION_STEPS):
        middle = (inside + outside) / 2
        if _is_allowed(scenario, parameter, middle):
            inside = middle
        else:
            outside = middle
    return as_declared_kind(scenario, parameter, inside)


def indicator_number(outcome: Outcome, indicator: str) -> float | None:
    """Value of an indicator as a number; None if it is missing or a quarter."""
    value = outcome[indicator].value
    return None if value is None or isinstance(value, str) else float(value)


def _is_allowed(scenario: Scenario, parameter: str, value: float) -> bool:
    try:
        scenario.with_value(parameter, as_declared_kind(scenario, parameter, value))
    except ScenarioError:
        return False
    return True
