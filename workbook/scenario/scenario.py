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
from workbook.quarters import Quarter
from workbook.resources import is_name
from workbook.scenario import files
from workbook.scenario.declaring import Parameter, declared, parameter
from workbook.scenario.refusing import Problem, ScenarioError, refused, unknown
from workbook.scenario.texts import Value, as_text

RESERVED = frozenset({"token", "pin"})
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
        for name in RESERVED & _parameters(cls).keys():
            msg = f"{name} cannot be a parameter's name: in a link it has a meaning of its own"
            raise TypeError(msg)

    def __init__(self, /, **values: Any) -> None:  # noqa: ANN401  pydantic's own signature
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise ScenarioError(_problems(type(self), error)) from None

    def contradictions(self) -> Iterator[Problem]:
        """Values that are each allowed but not together. A topic overrides this."""
        yield from ()

    def varied(self, name: str, value: Value) -> Self:
        """The scenario with another value of one parameter, and whatever must go with it.

        A topic overrides this where parameters depend on each other, such as shares of a whole.
        """
        return self.replace(**{name: value})

    @model_validator(mode="after")
    def _refuse_contradictions(self) -> Self:
        problems = tuple(self.contradictions())
        if problems:
            raise pydantic_core.PydanticCustomError(
                "contradiction", "contradiction", {"problems": problems}
            )
        return self

    @classmethod
    def parameters(cls) -> dict[str, Parameter]:
        """Every parameter's declaration by its name, in the order in which they were declared."""
        return _parameters(cls)

    @classmethod
    def from_text(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """Scenario from names and values as text (link, command line), the rest by default."""
        known, values, repeated = cls.parameters(), {}, []
        for name, text in pairs:
            if name in values:
                repeated.append(Problem(name, text, f"{name} is given twice: give it once."))
            values[name] = known[name].parse(text) if name in known else text
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
            if name not in RESERVED
        ]
        paths = tuple(cls.paths(pairs))
        if paths:
            raise ScenarioError(paths)
        return cls.from_text(pairs)

    @property
    def files(self) -> dict[str, str]:
        """The values that name a file where others name a table, by their parameters."""
        declared, values = self.parameters(), self.values()
        return {
            name: str(value)
            for name, value in values.items()
            if declared[name].choice_of and value and not is_name(str(value))
        }

    @classmethod
    def paths(cls, pairs: Iterable[tuple[str, str]]) -> Iterator[Problem]:
        """A problem for each value that would open a file where only a table's name may stand."""
        known = cls.parameters()
        for name, text in pairs:
            if name in known and known[name].choice_of and text and not is_name(text):
                message = (
                    f"{name} cannot be {text!r} here: a page opens only tables that are shipped, "
                    "registered, or uploaded in the same visit."
                )
                yield Problem(name, text, message)

    @classmethod
    def from_file(cls, path: str | Path) -> Self:
        """Scenario from a TOML file with its values under ``[parameters]``.

        Raises ValueError, with the file's name, where it is missing or is not such a file.
        """
        _, values = files.read(path)
        try:
            return cls(**values)
        except ScenarioError as error:
            raise ScenarioError(
                dataclasses.replace(problem, message=f"{path}: {problem.message}")
                for problem in error.problems
            ) from None

    @classmethod
    def from_cell(cls, names: Mapping[str, Any]) -> Self:
        """Scenario from a notebook's parameters cell: pass ``globals()``."""
        return cls(**{name: names[name] for name in cls.model_fields if name in names})

    def values(self) -> dict[str, Value]:
        """Every parameter's value by its name."""
        return self.model_dump()

    def changed(self) -> dict[str, Value]:
        """The values that differ from the default, by name."""
        default = type(self)().values()
        return {name: value for name, value in self.values().items() if value != default[name]}

    def to_query(self) -> str:
        """Query string of a link to this scenario: what differs from the default."""
        return urlencode({name: as_text(value) for name, value in self.changed().items()})

    def to_file(self, path: str | Path, title: str = "") -> None:
        """Write a TOML file for ``from_file``: the title and what differs from the default."""
        files.write(path, title, self.changed())

    @classmethod
    def to_cell(cls) -> str:
        """Source of a notebook's parameters cell: a line for each parameter and its default."""
        return "\n".join(each.cell() for each in cls.parameters().values())

    def replace(self, /, **changes: Value) -> Self:
        """A scenario with these values in place of its own."""
        return type(self)(**{**self.values(), **changes})


def samples(scenario: Scenario, count: int, seed: int) -> dict[str, FloatArray | Value]:
    """Draws of every uncertain parameter, shape (count,), beside the levers as they are.

    Each parameter has a stream of its own, so that changing one leaves the others' draws alone.
    """
    drawn: dict[str, FloatArray | Value] = dict(scenario.values())
    for name, each in scenario.parameters().items():
        if each.range:
            value = float(drawn[name])
            low, high = each.span(value)
            drawn[name] = pert(low, value, high, count=count, seed=seed, name=name)
    return drawn


@cache
def _parameters(scenario: type[Scenario]) -> dict[str, Parameter]:
    schema = scenario.model_json_schema()["properties"]
    return {name: declared(name, field) for name, field in schema.items()}


def _problems(scenario: type[Scenario], error: ValidationError) -> Iterator[Problem]:
    known = scenario.parameters()
    for fault in error.errors(include_url=False):
        if fault["type"] == "contradiction":
            yield from fault["ctx"]["problems"]
            continue
        name, value = str(fault["loc"][0]), fault["input"]
        if fault["type"] == "extra_forbidden":
            yield unknown(name, value, known)
        else:
            yield refused(known[name], value)
