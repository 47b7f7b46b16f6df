"""Requests of a goal seek: reading what a visitor has entered, and the search in each way."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from workbook.analysis.goal import Goal, make_goal
from workbook.analysis.goal_contour import contour_steps
from workbook.analysis.goal_result import GoalSeekResult
from workbook.analysis.goal_results import contour_result, cost_curve_result, lever_result
from workbook.analysis.goal_seek import seek_steps, seekable_parameters, start_search
from workbook.analysis.least_cost import cost_curve_steps, least_cost_steps
from workbook.analysis.lever_search import CostSource, LeverSearch
from workbook.analysis.model_runner import ModelRunner, draw_limit_notes, make_model_runner
from workbook.analysis.steps import Steps
from workbook.exports.chart_captions import caption_texts
from workbook.outcome import Outcome
from workbook.scenario import Parameter, Scenario, ScenarioError, page_limit_errors
from workbook.text.numbers import round_to_figures
from workbook.text.suggestions import unknown_name_message
from workbook.topic import Topic
from workbook.widgets.evaluation import Evaluation
from workbook.widgets.form_fields import input_text
from workbook.widgets.requested_analysis import RequestedSteps, expect_steps
from workbook.widgets.requested_inputs import RequestError, RequestInputs
from workbook.widgets.requested_result import RequestedResult
from workbook.widgets.widget import is_served_page

WAYS: Final = ("one", "two", "cheapest")
"""Change one parameter, trade two off against each other, or find the cheapest levers."""

_SEEK_RUNS, _CONTOUR_RUNS, _LEVER_RUNS = 30, 240, 45
"""About how many runs of the model a seek takes, a contour, and a search for each of its levers."""

_CURVE_SEARCHES = 7
"""Searches for the trade-off curve, besides that for the target."""

_LOWEST_PROBABILITY, _HIGHEST_PROBABILITY = 0.5, 0.99
_MOST_LEVERS = 6
_FORM_FIGURES = 5
"""Significant figures of a value for the form, if the target is reached with them."""

_NEIGHBOURS = (1, 1.0001, 0.9999)
"""Factors of a value near which one in few figures is tried: one of them meets the goal."""

_CHEAPEST_NOTE = (
    "The search goes downhill from several starts. A cheaper combination may exist that it misses."
)
_NEAREST_NOTE = (
    "The search goes uphill from several starts. A better combination may exist that it misses."
)


class Target(NamedTuple):
    """An indicator, the value that it is to reach, and the probability or None."""

    indicator: str
    value: float
    probability: float | None


def read_target(outcome: Outcome, inputs: RequestInputs) -> Target:
    """Read the target that a visitor has entered.

    Args:
        outcome: The outcome of the scenario.
        inputs: The inputs ``indicator``, ``target`` and ``probability``.

    Returns:
        The target.

    Raises:
        RequestError: An input has an error.
    """
    if outcome.no_figures_reason:
        raise RequestError({"indicator": f"There are {outcome.no_figures_reason}."})
    names = [known.name for known in outcome.indicators if known.unit != "quarter"]
    indicator = outcome[inputs.choice("indicator", names, "figure")]
    value = inputs.number("target", indicator.unit, "The value to reach")
    if not inputs.text("probability"):
        return Target(indicator.name, value, None)
    probability = inputs.number("probability", "share", "The probability")
    if not _LOWEST_PROBABILITY <= probability <= _HIGHEST_PROBABILITY:
        raise RequestError({"probability": "The probability must be from 50% to 99%."})
    if indicator.is_probability or indicator.low is None:
        message = f"“{indicator.label}” has no probability of its own. Leave this empty."
        raise RequestError({"probability": message})
    return Target(indicator.name, value, probability)


def seek_one_parameter(
    topic: Topic, evaluation: Evaluation, inputs: RequestInputs, target: Target
) -> RequestedSteps:
    """Seek the value of one parameter that reaches a target.

    Args:
        topic: The topic.
        evaluation: The outcome of the scenario, with its tables.
        inputs: The input ``parameter``.
        target: The target.

    Yields:
        About how many runs of the model there are.

    Returns:
        The sentences, and the value for the form if it reaches the target.

    Raises:
        RequestError: An input has an error.
    """
    by = inputs.choice("parameter", seekable_parameters(evaluation.scenario), "assumption")
    tables, scenario = evaluation.tables, evaluation.scenario
    start, goal = _start_search(topic, evaluation, target, by)
    yield _SEEK_RUNS
    results: list[GoalSeekResult] = []
    for result in seek_steps(topic, tables, start, goal, by):
        results.extend(filter(None, [result]))
        yield _SEEK_RUNS
    [found] = results
    sentences = (*found.sentences, *draw_limit_notes(scenario))
    if found.status != "reached":
        return RequestedResult(sentences)
    run_model = make_model_runner(topic, tables, scenario, by)
    shortening = _shorten_value(run_model, goal, scenario.parameters()[by], found.value)
    value = yield from expect_steps(shortening, _SEEK_RUNS)
    return RequestedResult(sentences, form_texts=_form_texts(scenario, {by: value}))


def seek_two_parameters(
    topic: Topic, evaluation: Evaluation, inputs: RequestInputs, target: Target
) -> RequestedSteps:
    """Seek the pairs of values of two parameters that reach a target.

    Args:
        topic: The topic.
        evaluation: The outcome of the scenario, with its tables.
        inputs: The inputs ``parameter`` and ``other_parameter``.
        target: The target.

    Yields:
        About how many runs of the model there are.

    Returns:
        The finding, and the contour with its table.

    Raises:
        RequestError: An input has an error.
    """
    known = seekable_parameters(evaluation.scenario)
    first = inputs.choice("parameter", known, "assumption")
    second = inputs.choice("other_parameter", known, "assumption")
    if first == second:
        raise RequestError({"other_parameter": "Choose two different assumptions."})
    start, goal = _start_search(topic, evaluation, target, first, second)
    yield _CONTOUR_RUNS
    steps = contour_steps(topic, evaluation.tables, start, goal, (first, second))
    rows = yield from expect_steps(steps, _CONTOUR_RUNS)
    contour = contour_result(start, goal, rows)
    finding = f"{caption_texts(contour.chart)['title']}." if contour.chart else ""
    has_points = rows[second].notna().any()
    notes = [f"{goal.describe_target(start[goal.indicator])} on the line."] if has_points else []
    notes += draw_limit_notes(evaluation.scenario)
    return RequestedResult((finding, *notes), (contour,))


def seek_cheapest_levers(
    topic: Topic, evaluation: Evaluation, inputs: RequestInputs, target: Target
) -> RequestedSteps:
    """Seek the values of several levers that reach a target at the least cost.

    Args:
        topic: The topic.
        evaluation: The outcome of the scenario, with its tables.
        inputs: The inputs ``levers``, ``cost`` and ``cost_LEVER``.
        target: The target.

    Yields:
        About how many runs of the model there are; then the result without its trade-off curve.

    Returns:
        The sentence, the levers, the trade-off curve, and the values for the form.

    Raises:
        RequestError: An input has an error.
    """
    levers = _read_levers(evaluation.scenario, inputs)
    cost = _read_cost(evaluation.outcome, levers, inputs)
    start, goal = _start_search(topic, evaluation, target, *levers)
    search = LeverSearch(topic, evaluation.tables, start, levers, cost, goal)
    count = _LEVER_RUNS * len(levers)
    yield count
    result = yield from expect_steps(least_cost_steps(search), count)
    texts = _form_texts(evaluation.scenario, result.lever_values) if result.is_reached else {}
    first_parts = (lever_result(search, result),)
    note = _CHEAPEST_NOTE if result.is_reached else _NEAREST_NOTE
    notes = (note, *draw_limit_notes(evaluation.scenario))
    answer = RequestedResult((result.sentence, *notes), first_parts, texts)
    if search.start[target.indicator].value is None:
        return answer
    yield answer
    total = count * (1 + _CURVE_SEARCHES)
    rows = yield from expect_steps(cost_curve_steps(search), total)
    parts = (*first_parts, cost_curve_result(search, rows))
    return RequestedResult(answer.sentences, parts, texts)


def _start_search(
    topic: Topic, evaluation: Evaluation, target: Target, *parameters: str
) -> tuple[Outcome, Goal]:
    """Run the scenario that a search starts from, and make the goal."""
    start = start_search(topic, evaluation.tables, evaluation.scenario, *parameters)
    try:
        return start, make_goal(start, *target)
    except ValueError as error:
        label = start[target.indicator].label
        message = f"“{label}” is not simulated, so it has no probability. Leave this empty."
        raise RequestError({"probability": message}) from error


def _read_levers(scenario: Scenario, inputs: RequestInputs) -> list[str]:
    known, levers = seekable_parameters(scenario), inputs.names("levers")
    if not levers:
        raise RequestError({"levers": "Choose at least one assumption."})
    if len(levers) > _MOST_LEVERS:
        raise RequestError({"levers": f"Choose at most {_MOST_LEVERS} assumptions."})
    for name in levers:
        if name not in known:
            raise RequestError({"levers": unknown_name_message("assumption", name, list(known))})
    return levers


def _read_cost(outcome: Outcome, levers: Sequence[str], inputs: RequestInputs) -> CostSource:
    """The indicator that is the cost, or what each unit of the levers costs."""
    if inputs.text("cost"):
        names = [known.name for known in outcome.indicators if known.unit == "GBP"]
        return inputs.choice("cost", names, "cost")
    parameters = outcome.scenario.parameters()
    costs: dict[str, float] = {}
    messages: dict[str, str] = {}
    for name in levers:
        label = f"The cost of “{parameters[name].label}”"
        points = 100 if parameters[name].unit == "share" else 1  # a share is typed in points
        try:
            costs[name] = points * inputs.number(f"cost_{name}", "GBP", label)
        except RequestError as error:
            messages |= error.messages
    if messages:
        raise RequestError(messages)
    return costs


def _shorten_value(
    run_model: ModelRunner, goal: Goal, parameter: Parameter, value: float
) -> Steps[float]:
    """The value in few figures if the target is reached with them, or else the value itself."""
    if parameter.kind == "integer":
        return value
    for factor in _NEIGHBOURS:
        candidate = round_to_figures(value * factor, _FORM_FIGURES)
        try:
            margin = goal.margin(run_model(candidate))
        except ScenarioError:
            continue
        yield None
        if margin >= 0:
            return candidate
    return value


def _form_texts(scenario: Scenario, values: Mapping[str, float]) -> dict[str, str]:
    """Texts that put values into the form; none if a served page does not allow them."""
    parameters = scenario.parameters()
    if is_served_page() and any(page_limit_errors(values, parameters)):
        return {}
    return {name: input_text(value, parameters[name].unit) for name, value in values.items()}
