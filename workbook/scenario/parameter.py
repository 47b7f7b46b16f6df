"""Declaration of a parameter."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, get_args

import numpy as np
from pydantic import Field

from workbook.scenario.review import Review
from workbook.scenario.value_text import DECIMAL_PATTERN, WHOLE_NUMBER_PATTERN, ParameterValue
from workbook.text.grammar import capitalise_first
from workbook.text.numbers import format_cell
from workbook.text.quoting import quote_value
from workbook.text.suggestions import suggest_names

DEPARTMENT_PARAMETER = "department"
"""Name of the parameter that every scenario has."""

ParameterKind = Literal["integer", "number", "string"]
ParameterUnit = Literal[
    "people", "share", "GBP", "year", "years", "days", "quarter", "count", "index", "text", "list"
]
RangeRule = Literal["", "ratio", "difference"]
Quality = Literal["green", "amber", "red", ""]

_GROUPING_THRESHOLD = 10_000
"""Whole numbers from here on have thousands separators in a notebook."""


@dataclass(frozen=True)
class Parameter:
    """Declaration of one parameter.

    Attributes:
        name: Name in code, links, files and commands.
        label: Name on the page.
        unit: Unit of the value; a share is a fraction of 1.
        meaning: What the parameter means, as a sentence.
        default: Default value.
        bounds: Hard limits, each None where open. A value outside is rejected.
        range: Low and high value of an assumption around the default, None for a lever.
        distribution: Distribution from which simulations draw, empty for a lever.
        source: Publication or basis of the default and the range.
        quality: How good the source is: green, amber, red, or empty.
        review: Who reviews the assumption and when, None where nobody has yet.
        group: Heading under which the form shows it.
        kind: Kind of value: whole number, number or text.
        choices: The only texts allowed, empty where any is.
        choice_labels: What the page calls a choice, where that is more than the text itself.
        choice_of: Name of the table that the value chooses: a table's name, or a path where the
            reader may open files.
        follows: How the range moves with the value: in ``ratio`` to it, by its ``difference`` from
            the default, or by the difference only if the value lies outside the range (empty).
        page_limit: Largest value that a visitor of a served page can choose, None where any.
        former_names: Names that it had in earlier releases, under which links and files may give
            it.
    """

    name: str
    label: str
    unit: ParameterUnit
    meaning: str
    default: ParameterValue
    bounds: tuple[float | None, float | None]
    range: tuple[float, float] | None
    distribution: str
    source: str
    quality: Quality
    review: Review | None
    group: str
    kind: ParameterKind
    choices: tuple[str, ...] = ()
    choice_labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    choice_of: str = ""
    follows: RangeRule = ""
    page_limit: float | None = None
    former_names: tuple[str, ...] = ()

    @property
    def is_assumption(self) -> bool:
        """Whether the value rests on a source or a range, and is not only a choice."""
        return bool(self.source or self.range or self.quality)

    @property
    def blank_label(self) -> str:
        """What a blank value means, in words."""
        return "all of government" if self.name == DEPARTMENT_PARAMETER else "none"

    def describe_source(self, value: ParameterValue) -> str:
        """Say where a value comes from.

        Args:
            value: The parameter's value in a scenario.

        Returns:
            The source of the published value, or that the user has changed it. Empty for a choice
            without a source.
        """
        if value != self.default:
            return f"Your value, changed from {format_cell(self.default, self.unit) or 'blank'}"
        return self.source or ("No source given" if self.is_assumption else "")

    def label_choice(self, choice: str) -> str:
        """What the page calls one of the choices."""
        return self.choice_labels.get(choice) or capitalise_first(choice)

    def parse_text(self, text: str) -> ParameterValue:
        """Parse a text as the parameter's kind; the text itself if that is not possible."""
        if self.kind == "integer" and WHOLE_NUMBER_PATTERN.fullmatch(text):
            return int(text)
        if self.kind == "number" and DECIMAL_PATTERN.fullmatch(text):
            return float(text)
        return text

    def range_around(self, value: float) -> tuple[float, float]:
        """Range around a value, within the bounds; the value itself for a lever.

        A value outside the declared range shifts the range by its difference from the default. Only
        widening the range on the value's side would leave most of it on the other side.
        """
        low, high = self.range or (value, value)
        if self.follows == "ratio":
            low, high = (end * (value / float(self.default)) for end in (low, high))
        elif self.follows == "difference" or not low <= value <= high:
            low, high = (end + (value - float(self.default)) for end in (low, high))
        bottom, top = self.bounds
        low = max(low, -math.inf if bottom is None else bottom)
        high = min(high, math.inf if top is None else top)
        return min(low, value), max(high, value)  # a sum may be rounded past the value

    def notebook_line(self) -> str:
        """Line of a notebook's parameters cell: name, type and default."""
        kind = {"integer": "int", "number": "float", "string": "str"}[self.kind]
        return f"{self.name}: {kind} = {self._default_literal()}  # {self.label}"

    def _default_literal(self) -> str:
        if isinstance(self.default, str):
            return json.dumps(self.default, ensure_ascii=False)
        is_grouped = self.kind == "integer" and self.default >= _GROUPING_THRESHOLD
        return f"{self.default:_}" if is_grouped else repr(self.default)


def parameter(  # noqa: PLR0913  every keyword is an attribute of the parameter
    default: ParameterValue,
    *,
    label: str,
    unit: ParameterUnit,
    meaning: str,
    bounds: tuple[float | None, float | None] = (None, None),
    range: tuple[float, float] | None = None,  # noqa: A002  the field's own word
    source: str = "",
    quality: Quality = "",
    review: Review | None = None,
    group: str = "",
    choice_labels: Mapping[str, str] = MappingProxyType({}),
    choice_of: str = "",
    follows: RangeRule = "",
    page_limit: float | None = None,
    former_names: tuple[str, ...] = (),
) -> Any:  # noqa: ANN401  stands for the declared type, as pydantic's Field does
    """Declare a parameter of a Scenario.

    A parameter with a ``range`` is an assumption: simulations draw it from a PERT distribution with
    its value as the mode. One without is a lever, which is never drawn. The field's type says the
    rest: the texts of a ``Literal`` are the only choices, and a ``NameList`` is a list of names.

    Args:
        default: Default value.
        label: Name on the page.
        unit: One of people, share, GBP, year, years, days, quarter, count, index, text or list. A
            share is a fraction of 1.
        meaning: What the parameter means, as a sentence.
        bounds: Hard limits, inclusive, each None where open. A value outside is rejected.
        range: Low and high value around the default, None for a lever.
        source: Publication or basis of the default and the range.
        quality: How good the source is: green, amber, red, or empty.
        review: Who reviews the assumption and when, None until somebody has.
        group: Heading under which the form shows it.
        choice_labels: What the page calls a choice, where that is more than the text itself.
        choice_of: Name of the table that the value chooses, empty if it chooses none.
        follows: How the range moves with the value: ``ratio``, ``difference``, or empty for a range
            that moves only with a value outside it.
        page_limit: Largest value that a visitor of a served page can choose, where a larger one
            would take too long or too much memory. JupyterLab and the command allow it.
        former_names: Names that it had in earlier releases. Links, files and commands may give it
            under any of them.

    Returns:
        The field's declaration, for pydantic.

    Example:
        >>> from workbook import Scenario
        >>> class Libraries(Scenario):
        ...     helped: float = parameter(
        ...         24, label="Helped a year", unit="people", meaning="Now online.", range=(10, 40)
        ...     )
        >>> Libraries(helped=30).helped
        30.0
        >>> Libraries.parameters()["helped"].range
        (10, 40)
    """
    low, high = map(_python_value, bounds)
    return Field(
        _python_value(default),
        title=label,
        description=meaning,
        ge=low,
        le=high,
        json_schema_extra={
            "unit": unit,
            "range": [*map(_python_value, range)] if range else None,
            "source": source,
            "quality": quality,
            "review": review.as_schema() if review else None,
            "group": group,
            "choice_labels": dict(choice_labels),
            "choice_of": choice_of,
            "follows": follows,
            "page_limit": _python_value(page_limit),
            "former_names": list(former_names),
        },
    )


def parameter_from_schema(name: str, field: Mapping[str, Any]) -> Parameter:
    """Read a declaration from a field of the scenario's JSON schema.

    Args:
        name: Name of the parameter.
        field: Its part of the schema.

    Returns:
        The declaration.

    Raises:
        TypeError: The field is not declared with ``parameter``, its unit is unknown, or its
            default, range and bounds contradict each other.
    """
    is_plain = field.get("type") in get_args(ParameterKind) and "format" not in field
    if "unit" not in field or not is_plain:
        msg = f"{name}: declare a parameter as an int, a float or a str, with parameter(...)"
        raise TypeError(msg)
    _check_unit(name, field["unit"])
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
        review=Review.from_schema(field["review"]) if field["review"] else None,
        group=field["group"],
        kind=field["type"],
        choices=tuple(field.get("enum", ())),
        choice_labels=field["choice_labels"],
        choice_of=field["choice_of"],
        follows=field["follows"],
        page_limit=field["page_limit"],
        former_names=tuple(field["former_names"]),
    )
    _check_order(declaration)
    return declaration


def _python_value(value: Any) -> Any:  # noqa: ANN401  what parameter() is given
    """A number of NumPy as Python's; anything else as it is."""
    return value.item() if isinstance(value, np.generic) else value


def _check_unit(name: str, unit: str) -> None:
    units = get_args(ParameterUnit)
    if unit not in units:
        msg = f"{name}: unit {quote_value(unit)} is unknown. {suggest_names(unit, units)}"
        raise TypeError(msg)


def _check_order(declaration: Parameter) -> None:
    """Check that the default lies in its range, the range in its bounds, the page limit between."""
    if isinstance(declaration.default, str):
        return
    (low, high), (least, most) = declaration.range or (None, None), declaration.bounds
    ends = (least, low, declaration.default, high, declaration.page_limit, most)
    steps = [end for end in ends if end is not None]
    if steps != sorted(steps):
        msg = (
            f"{declaration.name}: the default must lie in its range, the range in its bounds:"
            f" {steps}"
        )
        raise TypeError(msg)
