"""The Scenario itself: frozen and strict, to and from a link, a file and a notebook's cell."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

import pydantic_core
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from workbook.methods.arrays import FloatArray
from workbook.methods.draws import pert
from workbook.periods import Quarter
from workbook.resources import is_table_name
from workbook.scenario import toml_files
from workbook.scenario.parameter import Parameter, parameter, parameter_from_schema
from workbook.scenario.parsing import ParameterValue, value_to_text
from workbook.scenario.validation import (
    ParameterError,
    ScenarioError,
    invalid_value_error,
    unknown_parameter_error,
)
from workbook.text.quoting import quote_value

RESERVED_NAMES = frozenset({"token", "pin"})
"""Names in a link that are not parameters: the visitor's token and the data's hash."""


class Scenario(BaseModel):
    """The parameters of one question. Frozen; equal if every parameter is equal.

    Raises ScenarioError when a value is of another type, out of bounds, unknown, or contradicts
    another one; TypeError where a class declares a parameter that cannot be.
    """

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, validate_default=True
    )

    quarter: Quarter = parameter(
        "2014-Q2",
        label="Quarter",
        unit="quarter",
        meaning="The figures used are those of periods that had ended by this quarter's last day.",
        group="Data and draws",
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:  # noqa: ANN401  pydantic's own signature
        """Refuse a declaration where it is made, not where it is first used."""
        for name in RESERVED_NAMES & _parameters_by_name(cls).keys():
            msg = f"{name} cannot be a parameter's name: in a link it has a meaning of its own"
            raise TypeError(msg)

    def __init__(self, /, **values: Any) -> None:  # noqa: ANN401  pydantic's own signature
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise ScenarioError(_parameter_errors(type(self), error)) from None

    def cross_field_errors(self) -> Iterator[ParameterError]:
        """Values that are each allowed but not together. A topic overrides this."""
        yield from ()

    def with_value(self, name: str, value: ParameterValue) -> Self:
        """The scenario with another value of one parameter, and whatever must go with it.

        A topic overrides this where parameters depend on each other, such as shares of a whole.
        """
        return self.replace(**{name: value})

    @model_validator(mode="after")
    def _check_cross_field_errors(self) -> Self:
        parameter_errors = tuple(self.cross_field_errors())
        if parameter_errors:
            raise pydantic_core.PydanticCustomError(
                "contradiction", "contradiction", {"problems": parameter_errors}
            )
        return self

    @classmethod
    def parameters(cls) -> dict[str, Parameter]:
        """Every parameter's declaration by its name, in the order in which they were declared."""
        return _parameters_by_name(cls)

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """Scenario from names and values as text (link, command line), the rest by default."""
        parameters, values, repeated = cls.parameters(), {}, []
        for name, text in pairs:
            if name in values:
                repeated.append(ParameterError(name, text, f"{name} is given twice: give it once."))
            values[name] = parameters[name].parse_text(text) if name in parameters else text
        if repeated:
            raise ScenarioError(repeated)
        return cls(**values)

    @classmethod
    def from_query(cls, query: str) -> Self:
        """Scenario that a link's query string names; ``token`` and ``pin`` are not parameters.

        A link may name a table, never a path: whoever follows it would open a file of ours.
        """
        pairs = [
            (name, text)
            for name, text in parse_qsl(query.removeprefix("?"), keep_blank_values=True)
            if name not in RESERVED_NAMES
        ]
        path_errors = tuple(cls.file_path_errors(pairs))
        if path_errors:
            raise ScenarioError(path_errors)
        return cls.from_pairs(pairs)

    @property
    def file_paths(self) -> dict[str, str]:
        """The values that name a file where others name a table, by their parameters."""
        parameters, values = self.parameters(), self.values()
        return {
            name: str(value)
            for name, value in values.items()
            if parameters[name].choice_of and value and not is_table_name(str(value))
        }

    @classmethod
    def file_path_errors(cls, pairs: Iterable[tuple[str, str]]) -> Iterator[ParameterError]:
        """A problem for each value that would open a file where only a table's name may stand."""
        parameters = cls.parameters()
        for name, text in pairs:
            if (
                name in parameters
                and parameters[name].choice_of
                and text
                and not is_table_name(text)
            ):
                message = (
                    f"{name} cannot be {quote_value(text)} here: a page opens only tables that"
                    " are shipped, registered, or uploaded in the same visit."
                )
                yield ParameterError(name, text, message)

    @classmethod
    def from_file(cls, path: str | Path) -> Self:
        """Scenario from a TOML file with its values under ``[parameters]``.

        Raises ValueError, with the file's name, where it is missing or is not such a file.
        """
        _, values = toml_files.read_scenario_file(path)
        try:
            return cls(**values)
        except ScenarioError as error:
            raise ScenarioError(
                dataclasses.replace(parameter_error, message=f"{path}: {parameter_error.message}")
                for parameter_error in error.problems
            ) from None

    @classmethod
    def from_cell(cls, names: Mapping[str, Any]) -> Self:
        """Scenario from a notebook's parameters cell: pass ``globals()``."""
        return cls(**{name: names[name] for name in cls.model_fields if name in names})

    def values(self) -> dict[str, ParameterValue]:
        """Every parameter's value by its name."""
        return self.model_dump()

    def non_default_values(self) -> dict[str, ParameterValue]:
        """The values that differ from the default, by name."""
        default = type(self)().values()
        return {name: value for name, value in self.values().items() if value != default[name]}

    def to_query(self) -> str:
        """Query string of a link to this scenario: what differs from the default."""
        return urlencode(
            {name: value_to_text(value) for name, value in self.non_default_values().items()}
        )

    def to_file(self, path: str | Path, title: str = "") -> None:
        """Write a TOML file for ``from_file``: the title and what differs from the default."""
        toml_files.write_scenario_file(path, title, self.non_default_values())

    @classmethod
    def to_cell(cls) -> str:
        """Source of a notebook's parameters cell: a line for each parameter and its default."""
        return "\n".join(declaration.notebook_line() for declaration in cls.parameters().values())

    def replace(self, /, **changes: ParameterValue) -> Self:
        """A scenario with these values in place of its own."""
        return type(self)(**{**self.values(), **changes})


def draw_samples(
    scenario: Scenario, count: int, seed: int
) -> dict[str, FloatArray | ParameterValue]:
    """Draws of every uncertain parameter, shape (count,), beside the levers as they are.

    Each parameter has a stream of its own, so that changing one leaves the others' draws alone.
    """
    sampled: dict[str, FloatArray | ParameterValue] = dict(scenario.values())
    for name, declaration in scenario.parameters().items():
        if declaration.range:
            value = float(sampled[name])
            low, high = declaration.widened_range(value)
            sampled[name] = pert(low, value, high, count=count, seed=seed, name=name)
    return sampled


@cache
def _parameters_by_name(scenario: type[Scenario]) -> dict[str, Parameter]:
    schema = scenario.model_json_schema()["properties"]
    return {name: parameter_from_schema(name, field) for name, field in schema.items()}


def _parameter_errors(scenario: type[Scenario], error: ValidationError) -> Iterator[ParameterError]:
    parameters = scenario.parameters()
    for details in error.errors(include_url=False):
        if details["type"] == "contradiction":
            yield from details["ctx"]["problems"]
            continue
        name, value = str(details["loc"][0]), details["input"]
        if details["type"] == "extra_forbidden":
            yield unknown_parameter_error(name, value, parameters)
        else:
            yield invalid_value_error(parameters[name], value)
