"""How a parameter is declared, once, and what is read from its declaration."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from pydantic import Field

from workbook.scenario.parsing import DECIMAL_PATTERN, WHOLE_NUMBER_PATTERN, ParameterValue

ParameterKind = Literal["integer", "number", "string"]
RangeRule = Literal["", "ratio", "difference"]
Quality = Literal["green", "amber", "red", ""]

_GROUPING_THRESHOLD = 10_000
"""Whole numbers from here on are written with their thousands apart in a notebook."""


@dataclass(frozen=True)
class Parameter:
    """What is declared of one parameter.

    ``bounds`` are hard (outside is refused), each end None where open; ``range`` is what is
    plausible of the default, None for a lever: what government chooses is never drawn. ``follows``
    says whether the range of another value is in the same ``ratio`` to it, or at the same
    ``difference``; empty, it is the same range. ``choices`` are the only
    texts allowed, empty where any is. ``choice_of`` is the name of the table of which the value
    says which one is read: a name, or a path where the reader may open files.
    """

    name: str
    label: str
    unit: str
    meaning: str
    default: ParameterValue
    bounds: tuple[float | None, float | None]
    range: tuple[float, float] | None
    distribution: str
    source: str
    quality: Quality
    owner: str
    reviewed: date
    review_due: date
    group: str
    kind: ParameterKind
    choices: tuple[str, ...] = ()
    choice_of: str = ""
    follows: RangeRule = ""

    def parse_text(self, text: str) -> ParameterValue:
        """Value written as ``text``, or the text itself where it cannot be one (then refused)."""
        if self.kind == "integer" and WHOLE_NUMBER_PATTERN.fullmatch(text):
            return int(text)
        if self.kind == "number" and DECIMAL_PATTERN.fullmatch(text):
            return float(text)
        return text

    def plausible_range(self, value: float) -> tuple[float, float]:
        """The range of this value, within the bounds; the value itself for a lever."""
        low, high = self.range or (value, value)
        if self.follows == "ratio":
            low, high = (end * (value / float(self.default)) for end in (low, high))
        elif self.follows == "difference":
            low, high = (end + (value - float(self.default)) for end in (low, high))
        bottom, top = self.bounds
        return max(low, -math.inf if bottom is None else bottom), min(
            high, math.inf if top is None else top
        )

    def widened_range(self, value: float) -> tuple[float, float]:
        """Plausible low and high around ``value``: its range, widened to hold the value."""
        low, high = self.plausible_range(value)
        return min(low, value), max(high, value)

    def notebook_line(self) -> str:
        """The line of a notebook's parameters cell: the name, its type and its default."""
        kind = {"integer": "int", "number": "float", "string": "str"}[self.kind]
        return f"{self.name}: {kind} = {self._default_literal()}  # {self.label}"

    def _default_literal(self) -> str:
        if isinstance(self.default, str):
            return json.dumps(self.default, ensure_ascii=False)
        is_grouped = self.kind == "integer" and self.default >= _GROUPING_THRESHOLD
        return f"{self.default:_}" if is_grouped else repr(self.default)


def parameter(  # noqa: PLR0913  every keyword is one thing that is said of a parameter
    default: ParameterValue,
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
    choice_of: str = "",
    follows: RangeRule = "",
) -> Any:  # noqa: ANN401  stands for the declared type, as pydantic's Field does
    """Declare a parameter of a Scenario.

    ``unit`` is one of people, share, GBP, year, years, quarter, count, index, text or list; a share
    is a fraction of 1. ``bounds`` are hard and inclusive. A parameter with a plausible ``range`` is
    uncertain: it is drawn from a PERT distribution with its value as the mode; the range is that of
    the default, and ``follows`` another value by ``ratio`` or by ``difference``. Without one it is
    a lever. The type says the rest: a Literal's texts are the choices, Names is a list.
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
            "choice_of": choice_of,
            "follows": follows,
        },
    )


def parameter_from_schema(name: str, field: Mapping[str, Any]) -> Parameter:
    """The declaration in a field of the scenario's JSON schema.

    Raises TypeError where it is none, or contradicts itself.
    """
    if "unit" not in field or field.get("type") not in get_args(ParameterKind):
        msg = f"{name}: declare a parameter as an int, a float or a str, with parameter(...)"
        raise TypeError(msg)
    value_range = field["range"]
    declaration = Parameter(
        name=name,
        label=field["title"],
        unit=field["unit"],
        meaning=field["description"],
        default=field["default"],
        bounds=(field.get("minimum"), field.get("maximum")),
        range=(value_range[0], value_range[1]) if value_range else None,
        distribution="PERT" if value_range else "",
        source=field["source"],
        quality=field["quality"],
        owner=field["owner"],
        reviewed=date.fromisoformat(field["reviewed"]),
        review_due=date.fromisoformat(field["review_due"]),
        group=field["group"],
        kind=field["type"],
        choices=tuple(field.get("enum", ())),
        choice_of=field["choice_of"],
        follows=field["follows"],
    )
    _check_order(declaration)
    return declaration


def _check_order(declaration: Parameter) -> None:
    if isinstance(declaration.default, str):
        return
    (low, high), (least, most) = declaration.range or (None, None), declaration.bounds
    steps = [end for end in (least, low, declaration.default, high, most) if end is not None]
    if steps != sorted(steps):
        msg = (
            f"{declaration.name}: the default must lie in its range, the range in its bounds:"
            f" {steps}"
        )
        raise TypeError(msg)
