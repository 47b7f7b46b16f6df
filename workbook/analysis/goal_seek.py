"""Goal seek: the value of one parameter at which an indicator reaches a target."""

from collections.abc import Iterator
from dataclasses import replace

from workbook.analysis.goal import Goal, make_goal
from workbook.analysis.goal_result import GoalSeekResult, make_result
from workbook.analysis.goal_search import (
    run_search,
    search_crossings,
    search_limits,
    search_points,
)
from workbook.analysis.model_runner import (
    as_declared_kind,
    draw_limit_notes,
    limit_draws,
    make_model_runner,
)
from workbook.outcome import Outcome
from workbook.scenario import NoDepartmentFiguresError, Parameter, Scenario
from workbook.topic import Tables, Topic

_SIMULATION_PARAMETERS = ("draws", "seed")
"""Parameters of the simulations, which are neither levers nor assumptions."""


def seek(  # noqa: PLR0913  a goal seek has this many inputs
    topic: Topic,
    scenario: Scenario | None = None,
    *,
    indicator: str,
    reach: float,
    by: str,
    probability: float | None = None,
    tables: Tables | None = None,
) -> GoalSeekResult:
    """Find the value of a parameter, nearest to the scenario's own, at which a target is reached.

    The indicator's direction decides whether the target is a minimum or a maximum. An indicator
    without one must cross it from where it is. The parameter is searched within its bounds, or to
    the end of its range where a bound is open. A whole number is the first that reaches the target.

    With a probability, that share of the simulations must reach the target. Every value is tried on
    the same random numbers, so chance does not move the share. An assumption that is sought stays
    uncertain: its simulations move with its value. At most 10,000 simulations are run.

    Args:
        topic: The topic whose model is run.
        scenario: The scenario to start from; the default one by default.
        indicator: Name of the indicator.
        reach: Value that the indicator is to reach, in its unit.
        by: Name of the parameter that may change.
        probability: Share of simulations that must reach it, above 0 and at most 1; None for the
            indicator at the scenario's own assumptions.
        tables: The topic's tables; loaded for the scenario by default.

    Returns:
        The parameter's value and what the indicator reaches there.

    Raises:
        ValueError: A name is unknown, the target or the probability is not a number in its range,
            the parameter has neither bounds nor a range, or the indicator is not simulated.

    Example:
        >>> from workbook.topics.digital_inclusion import topic
        >>> scenario = topic.Scenario(draws=100)
        >>> result = seek(
        ...     topic, scenario, indicator="gap_to_target", reach=0, by="programme_starts"
        ... )
        >>> result.status, result.value
        ('reached', 618800)
        >>> topic.run(scenario, programme_starts=result.value)["gap_to_target"].value <= 0
        True
    """
    scenario = scenario or topic.Scenario()
    tables = topic.load_tables(scenario) if tables is None else tables
    start = start_search(topic, tables, scenario, by)
    goal = make_goal(start, indicator, reach, probability)
    result = next(filter(None, seek_steps(topic, tables, start, goal, by)))
    return replace(result, sentences=(*result.sentences, *draw_limit_notes(scenario)))


def seekable_parameters(scenario: Scenario) -> dict[str, Parameter]:
    """Parameters that can be sought: numbers with limits, without those of the simulations.

    Args:
        scenario: A scenario of the topic.

    Returns:
        The parameters by name.
    """
    return {
        name: parameter
        for name, parameter in scenario.parameters().items()
        if name not in _SIMULATION_PARAMETERS
        and parameter.kind != "string"
        and (parameter.range or None not in parameter.bounds)
    }


def start_search(topic: Topic, tables: Tables, scenario: Scenario, *parameters: str) -> Outcome:
    """Run the scenario that a search starts from, and check the parameters that it varies.

    Args:
        topic: The topic whose model is run.
        tables: The topic's tables.
        scenario: The scenario to start from.
        *parameters: Names of the parameters that may change.

    Returns:
        The outcome, with at most 10,000 simulations.

    Raises:
        ValueError: A parameter is unknown, is not a number, or belongs to the simulations.
        NoDepartmentFiguresError: The topic has no figures for the scenario's departments.
    """
    check_sought_parameters(topic, tables, scenario, *parameters)
    outcome = topic.evaluate_model(tables, limit_draws(scenario))
    if outcome.no_figures_reason:
        raise NoDepartmentFiguresError(scenario.department)
    return outcome


def check_sought_parameters(
    topic: Topic, tables: Tables, scenario: Scenario, *parameters: str
) -> None:
    """Check the parameters that a search varies.

    Args:
        topic: The topic whose model is run.
        tables: The topic's tables.
        scenario: The scenario to start from.
        *parameters: Names of the parameters that may change.

    Raises:
        ValueError: A parameter is unknown, is not a number, or belongs to the simulations.
    """
    for name in parameters:
        if name in _SIMULATION_PARAMETERS:
            msg = f"{name} cannot be sought: it belongs to the simulations and not to the policy"
            raise ValueError(msg)
        make_model_runner(topic, tables, scenario, name)


def seek_steps(
    topic: Topic, tables: Tables, start: Outcome, goal: Goal, by: str
) -> Iterator[GoalSeekResult | None]:
    """Seek a goal step by step. The caller may stop between any two steps.

    Args:
        topic: The topic whose model is run.
        tables: The topic's tables.
        start: Outcome of the scenario to start from.
        goal: The goal.
        by: Name of the parameter that may change.

    Yields:
        None after each run of the model, and then the result.
    """
    scenario = start.scenario
    limits = search_limits(scenario, by)
    current = as_declared_kind(scenario, by, float(scenario.values()[by]))
    if goal.margin(start) >= 0:
        yield make_result("already met", (start, start), goal, by, limits)
        return
    run_model = make_model_runner(topic, tables, scenario, by)
    search = search_crossings(search_points(scenario, by, limits), current, goal.precision)
    search_result = yield from run_search(search, lambda value: goal.margin(run_model(value)))
    nearest, *others = sorted(
        search_result.crossings or [search_result.best], key=lambda value: abs(value - current)
    )
    outcomes = start, run_model(nearest)
    if search_result.crossings:
        yield make_result("reached", outcomes, goal, by, limits, sorted(others))
    else:
        yield make_result("cannot be reached", outcomes, goal, by, limits)
