"""Compare scenarios: what differs, what comes of it, and which parameter makes the difference."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from workbook.analysis.attribution import attribute_difference
from workbook.analysis.comparison_frames import (
    contribution_frame,
    indicator_frame,
    parameter_frame,
)
from workbook.analysis.comparison_text import comparison_headline, comparison_notes
from workbook.analysis.model_runner import draw_limit_notes, limit_draws
from workbook.analysis.scenario_comparison import ScenarioComparison
from workbook.analysis.scenario_runner import ScenarioRunner
from workbook.analysis.steps import Steps, run_steps
from workbook.outcome import Outcome
from workbook.scenario import Scenario
from workbook.text.quoting import quote_value
from workbook.topic import Tables, Topic

DEFAULT_NAME: Final = "Default"
"""Name of the default scenario in a comparison."""

_FEWEST, _MOST = 2, 4
_COLUMN_NAMES: Final = frozenset({"name", "label", "unit", "difference"})
"""Columns beside those of the scenarios, which no scenario can be named after."""


def compare_scenarios(
    topic: Topic,
    *scenarios: Scenario | Mapping[str, Scenario],
    uploaded: Tables | None = None,
) -> ScenarioComparison:
    """Compare two to four scenarios of a topic, or one with the default.

    The difference of each scenario to the first is attributed to the parameters that differ. Every
    mixture of two scenarios is run once, up to eight parameters; for more, the average is over
    random orders. Each run has at most 10,000 simulations.

    Args:
        topic: The topic.
        *scenarios: Scenarios, or one mapping of names to scenarios. One alone is compared with the
            default.
        uploaded: Tables uploaded in this visit, by name.

    Returns:
        The comparison.

    Raises:
        ValueError: There are too many scenarios, one cannot be named so, or the tables have no data
            for one.
        TypeError: One is not a scenario of the topic.

    Example:
        >>> from workbook.topics.digital_inclusion import topic
        >>> charter = topic.Scenario(programme_starts=800_000, draws=100)
        >>> comparison = compare_scenarios(topic, {"Charter": charter})
        >>> comparison.parameters[["name", "Charter"]].to_numpy().tolist()
        [['programme_starts', 800000], ['draws', 100]]
        >>> comparison.waterfall_table("people_excluded").frame["average"].round().tolist()
        [-1260000.0, 0.0]
    """
    return run_steps(comparison_steps(topic, *scenarios, uploaded=uploaded))


def comparison_steps(
    topic: Topic,
    *scenarios: Scenario | Mapping[str, Scenario],
    uploaded: Tables | None = None,
) -> Steps[ScenarioComparison]:
    """Compare scenarios step by step. The caller may stop between any two steps.

    Args:
        topic: The topic.
        *scenarios: As for ``compare_scenarios``.
        uploaded: Tables uploaded in this visit, by name.

    Yields:
        None after each run of the model.

    Returns:
        The comparison.
    """
    named = _name_scenarios(topic, scenarios)
    runner = ScenarioRunner(topic, uploaded)
    outcomes: dict[str, Outcome] = {}
    for name, scenario in named.items():
        outcomes[name] = runner.run(limit_draws(scenario))
        yield None
    outcomes = _keep_shared_indicators(outcomes)
    first, *others = outcomes
    attributions = {}
    for name in others:
        attributions[name] = yield from attribute_difference(
            runner, outcomes[first], outcomes[name]
        )
    contributions = contribution_frame(outcomes, attributions)
    limit_notes = [note for scenario in named.values() for note in draw_limit_notes(scenario)]
    shared = [indicator.name for indicator in outcomes[first]]
    key_indicator = next((name for name in (*topic.key_indicators, *shared) if name in shared), "")
    return ScenarioComparison(
        outcomes,
        key_indicator,
        parameter_frame(outcomes),
        indicator_frame(outcomes),
        contributions,
        comparison_headline(named, outcomes, contributions, key_indicator),
        comparison_notes(outcomes, attributions, contributions, limit_notes),
    )


def _keep_shared_indicators(outcomes: Mapping[str, Outcome]) -> dict[str, Outcome]:
    """The outcomes with the indicators that all of them have, in the order of the first."""
    first, *others = outcomes.values()
    names = [
        indicator.name
        for indicator in first
        if all(indicator.name in {other.name for other in outcome} for outcome in others)
    ]
    return {
        scenario: replace(outcome, indicators=tuple(outcome[name] for name in names))
        for scenario, outcome in outcomes.items()
    }


def _name_scenarios(
    topic: Topic, scenarios: tuple[Scenario | Mapping[str, Scenario], ...]
) -> dict[str, Scenario]:
    """Scenarios by name, with the default before one alone."""
    named: dict[str, Scenario] = {}
    for place, scenario in enumerate(scenarios, 1):
        named |= scenario if isinstance(scenario, Mapping) else {f"Scenario {place}": scenario}
    if len(named) == 1:
        named = {DEFAULT_NAME: topic.Scenario(), **named}
    if not _FEWEST <= len(named) <= _MOST:
        raise ValueError(f"There are {len(named)} scenarios to compare: give {_FEWEST} to {_MOST}.")
    for name, scenario in named.items():
        if not isinstance(scenario, topic.Scenario):
            raise TypeError(
                f"{name} is {quote_value(scenario)}: it must be a scenario of {topic.name}."
            )
        if name in _COLUMN_NAMES or name.startswith("difference "):
            raise ValueError(f"A scenario cannot be called {name}: choose another name.")
    return named
