"""Scenario class: frozen, strict, with conversions to links, files and notebook cells."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

import pydantic_core
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from workbook.periods import Quarter
from workbook.resources import is_table_name
from workbook.scenario.departments import DepartmentList
from workbook.scenario.former_names import current_names
from workbook.scenario.injected_cell import injected_values
from workbook.scenario.link_query import (
    LINKED_SCENARIO,
    find_scenario_names,
    is_reserved,
    query_pairs,
)
from workbook.scenario.migration import migrate
from workbook.scenario.parameter import (
    Parameter,
    Quality,
    parameter,
    parameter_from_schema,
)
from workbook.scenario.parameter_names import ParameterMethod, names_parameters
from workbook.scenario.python_values import to_parameter_value
from workbook.scenario.scenario_file import ScenarioFile, format_scenario_file, read_scenario_file
from workbook.scenario.text_files import replace_files
from workbook.scenario.validation import (
    ParameterError,
    ScenarioError,
    invalid_value_error,
    unknown_parameter_error,
    value_error,
)
from workbook.scenario.value_text import ParameterValue, value_to_text

_UNKNOWN_HERE = "a saved scenario is opened by its topic. Write topic.scenarios[NAME]."

_PYDANTIC_NAMES = frozenset(name for name in dir(BaseModel) if not name.startswith("__"))
"""Names that completion leaves out: those of pydantic's models, which no analyst needs."""


class Scenario(BaseModel):
    """The parameters of one policy question.

    A scenario is frozen. Two are equal if every parameter is equal. A topic subclasses it and
    declares each field with ``parameter``. NumPy numbers are accepted, and so are a whole ``float``
    such as ``8e5`` for a whole number, a list for a list of names, and a path for a table.

    Raises:
        ScenarioError: A value has the wrong type, is out of bounds or contradicts another, or a
            name is unknown.
        TypeError: A class declares an invalid parameter.

    Example:
        >>> class Visits(Scenario):
        ...     visits: int = parameter(
        ...         100, label="Visits", unit="count", meaning="Visits a year.", bounds=(0, 1000)
        ...     )
        >>> Visits(visits=200).to_query()
        'visits=200'
        >>> Visits.from_query("?visits=200") == Visits(visits=200)
        True
        >>> Visits(visits=2000)
        Traceback (most recent call last):
        ...
        workbook.scenario.validation.ScenarioError: visits is 2000: it must be a whole number ...
    """

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
        validate_default=True,
        ignored_types=(ParameterMethod,),
    )

    quarter: Quarter = parameter(
        "2014-Q2",
        label="Quarter",
        unit="quarter",
        meaning=(
            "A year and a quarter, such as 2014-Q2 for April to June 2014. Only figures for periods"
            " that had ended by its last day are used. Some were published or revised later."
        ),
        group="Data and simulations",
    )
    department: DepartmentList = parameter(
        "",
        label="Departments",
        unit="list",
        meaning=(
            "This page has no figures by department. Leave blank for the figures of all of"
            " government."
        ),
        group="Data and simulations",
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:  # noqa: ANN401  pydantic's own signature
        """Check declarations when the class is defined, not when it is first used."""
        for name in filter(is_reserved, _current_names(cls)):
            msg = f"{name} cannot be a parameter's name: links reserve it"
            raise TypeError(msg)

    def __init__(self, /, **values: Any) -> None:  # noqa: ANN401  pydantic's own signature
        parameters = type(self).parameters()
        plain_values = {
            name: to_parameter_value(parameters[name], value) if name in parameters else value
            for name, value in values.items()
        }
        try:
            super().__init__(**plain_values)
        except ValidationError as error:
            raise ScenarioError(_parameter_errors(type(self), error)) from None

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__()} - _PYDANTIC_NAMES)

    def __repr_args__(self) -> Iterator[tuple[str, ParameterValue]]:
        yield from self.non_default_values().items()

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(
            f"a scenario cannot be changed: scenario.replace({name}={value!r}) gives a new one"
        )

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a scenario cannot be changed: {name} stays as it is")

    def cross_field_errors(self) -> Iterator[ParameterError]:
        """Find values that contradict each other. A topic overrides this.

        Yields:
            An error at each parameter concerned.
        """
        yield from ()

    def with_value(self, name: str, value: ParameterValue) -> Self:
        """Copy the scenario with a new value of one parameter and of those that depend on it.

        A topic overrides this where parameters depend on each other, such as shares of a whole.

        Args:
            name: Name of the parameter.
            value: Its new value.

        Returns:
            The new scenario.

        Raises:
            ScenarioError: The value is invalid.
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
        """Declarations of all parameters, in order.

        Returns:
            Declarations by name.
        """
        return _parameters_by_name(cls)

    @classmethod
    def with_current_names(cls, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Replace former names of parameters by the names that they have now.

        Args:
            pairs: Names and texts, as in a link or a command.

        Returns:
            The pairs in their order. Unknown names stay.
        """
        names = _current_names(cls)
        return [(names.get(name, name), text) for name, text in pairs]

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """Make a scenario from names and texts, as in a link or a command.

        Args:
            pairs: Names, also former ones, and texts. Parameters that are missing keep their
                default.

        Returns:
            The scenario.

        Raises:
            ScenarioError: A name is unknown or repeated, or a value is invalid.
        """
        return cls().with_pairs(pairs)

    @classmethod
    def from_query(cls, query: str) -> Self:
        """Make a scenario from the query string of a link.

        A link may name a table but never a path, since it would open a file on the server.
        ``token``, ``pin`` and what was added to track the link are ignored.

        Args:
            query: Query string, with or without ``?``.

        Returns:
            The scenario.

        Raises:
            ScenarioError: A value is invalid or names a path, or the link opens a saved scenario,
                which only its topic knows.
        """
        if names := find_scenario_names(query):
            raise ScenarioError([value_error(LINKED_SCENARIO, names[0], _UNKNOWN_HERE)])
        pairs = query_pairs(query)
        path_errors = tuple(cls.file_path_errors(pairs))
        if path_errors:
            raise ScenarioError(path_errors)
        return cls.from_pairs(pairs)

    @property
    def file_paths(self) -> dict[str, str]:
        """Values that name a file rather than a table, by parameter."""
        parameters, values = self.parameters(), self.values()
        return {
            name: str(value)
            for name, value in values.items()
            if parameters[name].choice_of and value and not is_table_name(str(value))
        }

    @classmethod
    def file_path_errors(cls, pairs: Iterable[tuple[str, str]]) -> Iterator[ParameterError]:
        """Find values that name a file where only a table's name is allowed.

        Args:
            pairs: Names and texts of a link.

        Yields:
            An error for each such value.
        """
        parameters = cls.parameters()
        for name, text in cls.with_current_names(pairs):
            if (
                name in parameters
                and parameters[name].choice_of
                and text
                and not is_table_name(text)
            ):
                explanation = "it must be the name of a bundled, registered or uploaded table."
                yield value_error(name, text, explanation)

    @classmethod
    def from_file(cls, path: str | Path) -> Self:
        """Read a scenario from a TOML file with its values under ``[parameters]``.

        ``workbook.scenario.open_scenario_file`` says too what has changed since the file was
        written, and checks its topic.

        Args:
            path: The file.

        Returns:
            The scenario. Where a default has changed, it keeps the one in the file.

        Raises:
            ValueError: The file is missing or not a scenario file, or a value is invalid. The
                message begins with the file's name.
        """
        scenario, _ = migrate(read_scenario_file(path), cls, "", str(path))
        return scenario

    @classmethod
    def from_cell(cls, names: Mapping[str, Any]) -> Self:
        """Make a scenario from a notebook's parameters cell, and the cell that papermill adds.

        Args:
            names: The notebook's variables: pass ``globals()``.

        Returns:
            The scenario.

        Raises:
            ScenarioError: A value is invalid, or papermill has set an unknown parameter.
        """
        current = _current_names(cls)
        injected = {
            current.get(name, name): value for name, value in injected_values(names).items()
        }
        values = {name: names[name] for name in cls.model_fields if name in names}
        return cls(**{**values, **injected})

    def quality_of(self, name: str) -> Quality:
        """Quality of the source of a parameter's published value.

        A topic overrides this where another parameter documents the source.

        Args:
            name: Name of the parameter.

        Returns:
            Green, amber, red, or empty.
        """
        return self.parameters()[name].quality

    def is_unsourced(self, name: str) -> bool:
        """Whether a parameter has its published value, and that has no published source.

        Args:
            name: Name of the parameter.

        Returns:
            False for a value of the user's own.
        """
        is_published = getattr(self, name) == self.parameters()[name].default
        return is_published and self.quality_of(name) == "red"

    def values(self) -> dict[str, ParameterValue]:
        """Values of all parameters, by name."""
        return self.model_dump()

    def non_default_values(self) -> dict[str, ParameterValue]:
        """Values that differ from the default, by name."""
        default = type(self)().values()
        return {name: value for name, value in self.values().items() if value != default[name]}

    def to_query(self) -> str:
        """Query string of a link to the scenario, with the values that differ from the default."""
        return urlencode(
            {name: value_to_text(value) for name, value in self.non_default_values().items()}
        )

    def to_file(self, path: str | Path, name: str = "") -> None:
        """Write a TOML file that ``from_file`` reads.

        Args:
            path: File to write.
            name: Name of the scenario.

        Raises:
            OSError: The folder is missing, full or read-only. An earlier file stays whole.
        """
        replace_files({Path(path): format_scenario_file(self.as_file(name=name))})

    def as_file(self, **headers: Any) -> ScenarioFile:  # noqa: ANN401  any of the file's attributes
        """Content of a scenario file with this scenario.

        Args:
            **headers: Attributes of the ``ScenarioFile`` other than parameters and defaults.

        Returns:
            The content.
        """
        return ScenarioFile(
            **headers, parameters=self.non_default_values(), defaults=type(self)().values()
        )

    def with_pairs(self, pairs: Iterable[tuple[str, str]]) -> Self:
        """Copy the scenario with new values from names and texts, as in a link or a command.

        Args:
            pairs: Names, also former ones, and texts.

        Returns:
            The scenario.

        Raises:
            ScenarioError: A name is unknown or repeated, or a value is invalid.
        """
        parameters, values, repeated = self.parameters(), {}, []
        for name, text in self.with_current_names(pairs):
            if name in values:
                repeated.append(ParameterError(name, text, f"{name} is repeated: give it once."))
            values[name] = parameters[name].parse_text(text) if name in parameters else text
        if repeated:
            raise ScenarioError(repeated)
        return self.replace(**values)

    @classmethod
    def to_cell(cls) -> str:
        """Source of a notebook's parameters cell: a line for each parameter with its default."""
        return "\n".join(declaration.notebook_line() for declaration in cls.parameters().values())

    @names_parameters(type)
    def replace(self, /, **changes: Any) -> Self:  # noqa: ANN401  what __init__ accepts
        """Copy the scenario with new values of some parameters.

        Args:
            **changes: New values, by parameter name.

        Returns:
            The new scenario.

        Raises:
            ScenarioError: A value is invalid.
        """
        return type(self)(**{**self.values(), **changes})


@cache
def _parameters_by_name(scenario: type[Scenario]) -> dict[str, Parameter]:
    schema = scenario.model_json_schema()["properties"]
    return {name: parameter_from_schema(name, field) for name, field in schema.items()}


@cache
def _current_names(scenario: type[Scenario]) -> dict[str, str]:
    return current_names(_parameters_by_name(scenario))


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
