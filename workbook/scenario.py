"""A scenario: every parameter of a question in one frozen, checked value.

A parameter is declared once, as a field of a ``Scenario`` with ``parameter(...)``. The form, the
link, the scenario file, the notebook's parameters cell, the command line and the draws all read
that declaration.
"""

import dataclasses
import difflib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self, get_args
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pydantic_core
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from workbook import words
from workbook.methods.draws import FloatArray, pert
from workbook.quarters import Quarter

Value = int | float | str
Kind = Literal["integer", "number", "string"]
Quality = Literal["green", "amber", "red", ""]

RESERVED = frozenset({"token", "pin"})
"""Names in a link that are not parameters: the visitor's token and the data's hash."""

MOST_DIGITS = 18
"""Digits of a whole number, at most: no quantity needs more, and reading more can take long."""

LONG_NUMBER = 10_000
"""From here on a number is quoted with its thousands separated; below it may be a year."""

LONGEST_QUOTE = 60
"""Characters of a refused value that are quoted back, at most."""

GROUPED = 10_000
"""Whole numbers from here on are written with their thousands apart in a notebook."""

_NUMBER = re.compile(r"-?((0|[1-9][0-9]*)(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_WHOLE = re.compile(rf"-?(0|[1-9][0-9]{{0,{MOST_DIGITS - 1}}})")


@dataclass(frozen=True)
class Problem:
    """Why one value was refused: the parameter's name, the value and a sentence."""

    name: str
    value: object
    message: str


class ScenarioError(ValueError):
    """A scenario that was refused; ``problems`` has one entry for each parameter at fault."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.message for problem in self.problems))

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


@dataclass(frozen=True)
class Parameter:
    """What is declared of one parameter.

    ``bounds`` are hard (outside is refused), each end None where open; ``range`` is what is
    plausible, None for a lever: what government chooses is never drawn.
    """

    name: str
    label: str
    unit: str
    meaning: str
    default: Value
    bounds: tuple[float | None, float | None]
    range: tuple[float, float] | None
    distribution: str
    source: str
    quality: Quality
    owner: str
    reviewed: date
    review_due: date
    group: str
    kind: Kind

    def parse(self, text: str) -> Value:
        """Value written as ``text``, or the text itself where it cannot be one (then refused)."""
        if self.kind == "integer" and _WHOLE.fullmatch(text):
            return int(text)
        if self.kind == "number" and _NUMBER.fullmatch(text):
            return float(text)
        return text

    def span(self, value: float) -> tuple[float, float]:
        """Plausible low and high around ``value``: the range, widened to hold the value."""
        low, high = self.range or (value, value)
        return min(low, value), max(high, value)


def parameter(  # noqa: PLR0913  every keyword is one thing that is said of a parameter
    default: Value,
    *,
    label: str,
    unit: str,
    meaning: str,
    bounds: tuple[float | None, float | None] = (None, None),
    range: tuple[float, float] | None = None,  # noqa: A002  the field's own word
    source: str = "",
    quality: Quality = "",
    owner: str = "policy team",
    reviewed: str = "2014-07-24",
    review_due: str = "2015-07-24",
    group: str = "",
) -> Any:  # noqa: ANN401  stands for the declared type, as pydantic's Field does
    """Declare a parameter of a Scenario.

    ``unit`` is one of people, share, GBP, year, quarter, count, index or text; a share is a
    fraction of 1. ``bounds`` are hard and inclusive. A parameter with a plausible ``range`` is
    uncertain: it is drawn from a PERT distribution with its value as the mode. Without one it is
    a lever.
    """
    return Field(
        default,
        title=label,
        description=meaning,
        ge=bounds[0],
        le=bounds[1],
        json_schema_extra={
            "unit": unit,
            "range": list(range) if range else None,
            "source": source,
            "quality": quality,
            "owner": owner,
            "reviewed": reviewed,
            "review_due": review_due,
            "group": group,
        },
    )


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
        for declared in _parameters(cls).values():
            _refuse_declaration(declared)

    def __init__(self, /, **values: Any) -> None:  # noqa: ANN401  pydantic's own signature
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise ScenarioError(_problems(type(self), error)) from None

    def contradictions(self) -> Iterator[Problem]:
        """Values that are each allowed but not together. A topic overrides this."""
        yield from ()

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
        declared, values, repeated = cls.parameters(), {}, []
        for name, text in pairs:
            if name in values:
                repeated.append(Problem(name, text, f"{name} is given twice: give it once."))
            values[name] = declared[name].parse(text) if name in declared else text
        if repeated:
            raise ScenarioError(repeated)
        return cls(**values)

    @classmethod
    def from_query(cls, query: str) -> Self:
        """Scenario that a link's query string names; ``token`` and ``pin`` are not parameters."""
        pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
        return cls.from_text((name, text) for name, text in pairs if name not in RESERVED)

    @classmethod
    def from_file(cls, path: str | Path) -> Self:
        """Scenario from a TOML file with its values under ``[parameters]``.

        Raises ValueError, with the file's name, where it is missing or is not such a file.
        """
        _, values = _read(path)
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
        return urlencode({name: _text(value) for name, value in self.changed().items()})

    def to_file(self, path: str | Path, title: str = "") -> None:
        """Write a TOML file for ``from_file``: the title and what differs from the default."""
        import tomli_w  # noqa: PLC0415  only those who save a scenario need it

        Path(path).write_text(
            tomli_w.dumps({"title": title, "parameters": self.changed()}), encoding="utf-8"
        )

    @classmethod
    def to_cell(cls) -> str:
        """Source of a notebook's parameters cell: a line for each parameter and its default."""
        lines = []
        for name, declared in cls.parameters().items():
            kind = {"integer": "int", "number": "float", "string": "str"}[declared.kind]
            lines.append(f"{name}: {kind} = {_literal(declared)}  # {declared.label}")
        return "\n".join(lines)

    def replace(self, /, **changes: Value) -> Self:
        """A scenario with these values in place of its own."""
        return type(self)(**{**self.values(), **changes})


def title_of(path: str | Path) -> str:
    """Title of a scenario file; its name where it says none. Raises ValueError as ``from_file``."""
    title, _ = _read(path)
    return title or Path(path).stem


def samples(scenario: Scenario, count: int, seed: int) -> dict[str, FloatArray | Value]:
    """Draws of every uncertain parameter, shape (count,), beside the levers as they are.

    Each parameter has a stream of its own, so that changing one leaves the others' draws alone.
    """
    drawn: dict[str, FloatArray | Value] = dict(scenario.values())
    for name, declared in scenario.parameters().items():
        if declared.range:
            value = float(drawn[name])
            low, high = declared.span(value)
            drawn[name] = pert(low, value, high, count=count, seed=seed, name=name)
    return drawn


@cache
def _parameters(scenario: type[Scenario]) -> dict[str, Parameter]:
    schema = scenario.model_json_schema()["properties"]
    return {name: _parameter(name, field) for name, field in schema.items()}


def _parameter(name: str, field: Mapping[str, Any]) -> Parameter:
    if "unit" not in field or field.get("type") not in get_args(Kind):
        msg = f"{name}: declare a parameter as an int, a float or a str, with parameter(...)"
        raise TypeError(msg)
    reach = field["range"]
    return Parameter(
        name=name,
        label=field["title"],
        unit=field["unit"],
        meaning=field["description"],
        default=field["default"],
        bounds=(field.get("minimum"), field.get("maximum")),
        range=(reach[0], reach[1]) if reach else None,
        distribution="PERT" if reach else "",
        source=field["source"],
        quality=field["quality"],
        owner=field["owner"],
        reviewed=date.fromisoformat(field["reviewed"]),
        review_due=date.fromisoformat(field["review_due"]),
        group=field["group"],
        kind=field["type"],
    )


def _refuse_declaration(declared: Parameter) -> None:
    name, default = declared.name, declared.default
    if name in RESERVED:
        msg = f"{name} cannot be a parameter's name: in a link it has a meaning of its own"
        raise TypeError(msg)
    if isinstance(default, str):
        return
    (low, high), (least, most) = declared.range or (None, None), declared.bounds
    steps = [end for end in (least, low, default, high, most) if end is not None]
    if steps != sorted(steps):
        msg = f"{name}: the default must lie in its range, the range in its bounds: {steps}"
        raise TypeError(msg)


def _problems(scenario: type[Scenario], error: ValidationError) -> Iterator[Problem]:
    declared = scenario.parameters()
    for fault in error.errors(include_url=False):
        if fault["type"] == "contradiction":
            yield from fault["ctx"]["problems"]
            continue
        name, value = str(fault["loc"][0]), fault["input"]
        if fault["type"] == "extra_forbidden":
            yield Problem(name, value, _unknown(name, declared))
        else:
            yield Problem(
                name, value, f"{name} is {said(value)}: it must be {wanted(declared[name])}."
            )


def _read(path: str | Path) -> tuple[str, Mapping[str, Value]]:
    """A scenario file's title and values."""
    try:
        content = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        msg = f"{path} cannot be read as a scenario: {_reason(error)}"
        raise ValueError(msg) from None
    values = content.get("parameters", {})
    unknown = sorted(set(content) - {"title", "parameters"})
    if unknown or not isinstance(values, Mapping):
        held = ", ".join(unknown) or "parameters that is not a table"
        msg = f"{path} holds {held}: a scenario file has a title and [parameters]"
        raise ValueError(msg)
    return str(content.get("title", "")), values


def _unknown(name: str, declared: Mapping[str, Parameter]) -> str:
    near = difflib.get_close_matches(name, declared, n=1)
    hint = f"did you mean {near[0]}?" if near else f"the parameters are {', '.join(declared)}."
    return f"{name} is not a parameter: {hint}"


def wanted(declared: Parameter) -> str:
    """What a parameter's value must be, in words: its kind and its bounds."""
    if declared.kind == "string":
        return WANTED_QUARTER if declared.unit == "quarter" else "text"
    kind = "a whole number" if declared.kind == "integer" else "a number"
    if declared.unit == "share":
        kind = "a fraction of 1 (21% is 0.21)"
    return kind + _between(declared)


WANTED_QUARTER = "a year from 1900 to 2199 and a quarter, such as 2014-Q2"


def _between(declared: Parameter) -> str:
    write = words.year if declared.unit == "year" else words.number
    low, high = ("" if end is None else write(end) for end in declared.bounds)
    if low and high:
        return f" from {low} to {high}"
    return f" of at least {low}" if low else f" of at most {high}" if high else ""


def said(value: object) -> str:
    """A refused value as it is quoted back; a decimal number is seen to be one (3.0)."""
    if isinstance(value, str) and not value:
        return "blank"
    if isinstance(value, int) and abs(value) >= 10**MOST_DIGITS:
        return f"a number of more than {MOST_DIGITS} digits"
    separated = isinstance(value, float) or (isinstance(value, int) and abs(value) >= LONG_NUMBER)
    text = f"{value:,}" if separated else repr(value)
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def _literal(declared: Parameter) -> str:
    if isinstance(declared.default, str):
        return json.dumps(declared.default, ensure_ascii=False)
    grouped = declared.kind == "integer" and declared.default >= GROUPED
    return f"{declared.default:_}" if grouped else repr(declared.default)


def _text(value: Value) -> str:
    if isinstance(value, float):
        return np.format_float_positional(value, trim="-")
    return str(value)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return "it is not text in UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
