"""Dependencies of a topic: other topics whose outcomes its model needs."""

import operator
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbook.outcome import Outcome
from workbook.scenario import ParameterError, ParameterValue, Scenario, ScenarioError

if TYPE_CHECKING:  # a topic has dependencies, so at run time it is the topic that imports them
    from workbook.topic import Tables, Topic

_REMEMBERED_OUTCOMES = 4
"""Recent outcomes of a dependency that are cached."""


@dataclass(frozen=True, eq=False)
class Dependency:
    """Another topic whose outcome the model needs.

    Args:
        topic: The other topic.
        parameter_map: Parameters of the other topic, each with the parameter of ours that sets it.
        overrides: Gives values of further parameters of the other topic for a scenario of ours.
            The rest keep their defaults.
        name: Name by which the model looks up the outcome; the topic's name if empty. A topic
            needed for two quarters has two names, and the later quarter comes first.
    """

    topic: "Topic"
    parameter_map: Mapping[str, str] = field(default_factory=dict)
    overrides: Callable[[Any], Mapping[str, ParameterValue]] = lambda _: {}
    name: str = ""
    _recent_outcomes: list[tuple[Scenario, tuple[pd.DataFrame, ...], Outcome]] = field(
        default_factory=list, repr=False
    )

    def derive_scenario(self, scenario: Scenario) -> Scenario:
        """Scenario of the other topic for a scenario of ours.

        Args:
            scenario: The scenario of our topic.

        Returns:
            The scenario of the other topic.

        Raises:
            ScenarioError: A value is invalid there. The error names the parameter of ours.
        """
        values = scenario.values()
        mapped_values = {
            their_parameter: values[our_parameter]
            for their_parameter, our_parameter in self.parameter_map.items()
        }
        with self._translate_errors(scenario):
            return self.topic.Scenario(**{**self.overrides(scenario), **mapped_values})

    def compute_outcome(self, tables: "Tables", scenario: Scenario) -> Outcome:
        """Outcome of the other topic. The last few are cached, so that other levers stay quick.

        Args:
            tables: Data frames from ``load_tables``.
            scenario: The scenario of our topic.

        Returns:
            The outcome.

        Raises:
            ScenarioError: The other topic has no data for it. The error names our parameter.
        """
        derived_scenario = self.derive_scenario(scenario)
        current_frames = self._select_frames(tables)
        for recent_scenario, recent_frames, outcome in self._recent_outcomes:
            if recent_scenario == derived_scenario and all(
                map(operator.is_, recent_frames, current_frames)
            ):
                return outcome
        with self._translate_errors(scenario):
            outcome = self.topic.evaluate_model(
                self.topic.tables_as_of(tables, derived_scenario.quarter), derived_scenario
            )
        self.keep_outcome(tables, derived_scenario, outcome)
        return self._recent_outcomes[0][-1]

    def keep_outcome(self, tables: "Tables", derived_scenario: Scenario, outcome: Outcome) -> None:
        """Keep an outcome of the other topic, so that it is not calculated again.

        Args:
            tables: The data frames that it will be asked for with.
            derived_scenario: Its scenario, as ``derive_scenario`` gives it.
            outcome: The outcome of that scenario with these tables.
        """
        outcome = replace(outcome, simulations=None)  # too large to be remembered
        self._recent_outcomes[:] = [
            (derived_scenario, self._select_frames(tables), outcome),
            *self._recent_outcomes[: _REMEMBERED_OUTCOMES - 1],
        ]

    def _select_frames(self, tables: "Tables") -> tuple[pd.DataFrame, ...]:
        return tuple(tables[table.name] for table in self.topic.tables)

    @contextmanager
    def _translate_errors(self, scenario: Scenario) -> Iterator[None]:
        """Turn errors at the other topic's parameters into errors at ours."""
        try:
            yield
        except ScenarioError as error:
            raise ScenarioError(
                self._translate_error(parameter_error, scenario)
                for parameter_error in error.problems
            ) from error

    def _translate_error(
        self, parameter_error: ParameterError, scenario: Scenario
    ) -> ParameterError:
        """Error at the mapped parameter of ours, or at the quarter if there is none."""
        values = scenario.values()
        our_parameter = self.parameter_map.get(parameter_error.name, parameter_error.name)
        if our_parameter not in values:
            quarter = self.parameter_map.get("quarter", "quarter")
            return ParameterError(
                quarter, values[quarter], f"{self.topic.title}: {parameter_error.message}"
            )
        message = parameter_error.message.replace(
            f"{parameter_error.name} is", f"{our_parameter} is", 1
        )
        return replace(parameter_error, name=our_parameter, message=message)


class DependencyOutcomes(Mapping[str, Outcome]):
    """Outcomes of a topic's dependencies by name, each calculated on first use."""

    def __init__(
        self, dependencies: tuple[Dependency, ...], tables: "Tables", scenario: Scenario
    ) -> None:
        self._dependencies = {
            dependency.name or dependency.topic.name: dependency for dependency in dependencies
        }
        self._model_inputs = tables, scenario

    def __getitem__(self, name: str) -> Outcome:
        return self._dependencies[name].compute_outcome(*self._model_inputs)

    def __iter__(self) -> Iterator[str]:
        return iter(self._dependencies)

    def __len__(self) -> int:
        return len(self._dependencies)
