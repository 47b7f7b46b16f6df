"""Evaluations that the check of a request shares with the processes of its topics.

A topic's process that is forked from the command has in its memory what the check has calculated.
The notebook evaluates the model once more, in its kernel.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from workbook.exports.run_record import hash_source_tables
from workbook.outcome import Outcome
from workbook.scenario import Scenario, ScenarioError
from workbook.topic import Tables, Topic


@dataclass(frozen=True)
class Evaluation:
    """The tables that a model has read, and its outcome."""

    tables: Tables
    outcome: Outcome


_latest: dict[str, tuple[tuple[Any, ...], Evaluation]] = {}
"""The latest evaluation of each topic by its name, and what it rests on."""


def evaluate_once(topic: Topic, scenario: Scenario, input_scenario: Scenario) -> Evaluation:
    """Evaluate a topic's model, or return its latest evaluation if that rests on the same.

    Args:
        topic: The topic.
        scenario: The scenario.
        input_scenario: The same scenario with the present paths of the user's files.

    Returns:
        The evaluation.

    Raises:
        TableError: A table has errors.
        ScenarioError: The tables have no data for the scenario.
    """
    basis = _describe_basis(topic, scenario, input_scenario)
    known_basis, evaluation = _latest.get(topic.name, ((), None))
    if evaluation is None or not basis or basis != known_basis:
        tables = topic.load_tables(input_scenario)
        _keep_known_outcomes(topic, tables, scenario, input_scenario)
        evaluation = Evaluation(tables, topic.evaluate_model(tables, scenario))
        _latest[topic.name] = basis, evaluation
    return evaluation


def _keep_known_outcomes(
    topic: Topic, tables: Tables, scenario: Scenario, input_scenario: Scenario
) -> None:
    """Let a topic use the latest evaluations of its dependencies that rest on the same."""
    for dependency in topic.dependencies:
        with suppress(ScenarioError):  # the model meets it again
            derived = dependency.derive_scenario(scenario)
            basis, evaluation = _latest.get(dependency.topic.name, ((), None))
            if evaluation and derived == evaluation.outcome.scenario:
                derived_inputs = dependency.derive_scenario(input_scenario)
                if basis == _describe_basis(dependency.topic, derived, derived_inputs):
                    dependency.keep_outcome(tables, derived, evaluation.outcome)


def _describe_basis(topic: Topic, scenario: Scenario, input_scenario: Scenario) -> tuple[Any, ...]:
    """The model, its scenario and its tables as they are now; empty if one cannot be read."""
    with suppress(ValueError, OSError):
        return topic, scenario, hash_source_tables(topic, scenario, input_scenario)
    return ()
