"""The form: a scenario as native inputs, drawn from the declaration of its parameters."""

import math
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import parse_qsl

import traitlets

from workbook import words
from workbook.html import still_table
from workbook.scenario import Parameter, Scenario, ScenarioError, Value
from workbook.widgets.widget import Widget

STEPS = 100
"""Steps of a slider from one end to the other, at most."""


class Form(Widget):
    """Inputs for every parameter; what is typed arrives as ``draft``, all fields' texts at once.

    A share is typed as a percentage and held as a fraction. ``taken`` is the number of the newest
    draft that became the scenario, ``answered`` that of the newest whose every view is there.
    """

    fields = traitlets.List(traitlets.Dict()).tag(sync=True)
    published = traitlets.List(traitlets.Dict()).tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    problems = traitlets.Dict().tag(sync=True)
    draft = traitlets.Dict().tag(sync=True)
    taken = traitlets.Int(0).tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)

    def __init__(self, scenario: type[Scenario], published: Mapping[str, Scenario]) -> None:
        super().__init__()
        own, shared = scenario.parameters(), Scenario.parameters()
        self._declared = {name: own[name] for name in sorted(own, key=lambda name: name in shared)}
        self._shown = scenario()
        self.fields = [_field(declared) for declared in self._declared.values()]
        offered = {"Reset": scenario(), **published}
        self.published = [{"title": t, "texts": self._texts(s)} for t, s in offered.items()]

    def show(
        self, scenario: Scenario, problems: Mapping[str, str], typed: Mapping[str, str]
    ) -> None:
        """Show a scenario; a refused field keeps what was ``typed``, with the reason beside it."""
        self._shown = scenario
        with self.hold_sync():
            self.texts = {**self._texts(scenario), **typed}
            self.problems = {
                name: self._in_percent(name, message, typed) for name, message in problems.items()
            }

    def accept(
        self, scenario: Scenario, texts: Mapping[str, str], before: Mapping[str, str]
    ) -> tuple[Scenario, dict[str, str]]:
        """The scenario with what was typed, and a reason for each field that was refused.

        A refused field falls back to its text ``before`` the typing began, not to a first digit of
        it that happened to be allowed; without one it keeps its value. The other fields count.
        """
        now = self._texts(scenario)
        wanted = {**now, **texts}
        problems: dict[str, str] = {}
        while True:
            changes = {name: text for name, text in wanted.items() if text != now.get(name)}
            try:
                values = {name: self._value(name, text) for name, text in changes.items()}
                return scenario.replace(**values), problems
            except ScenarioError as error:
                found = {problem.name: problem.message for problem in error.problems}
                if not found.keys() & changes.keys():  # they contradict what was not typed
                    found |= dict.fromkeys(changes, str(error))
                for name in found:
                    if name not in now:
                        wanted.pop(name, None)
                    else:
                        wanted[name] = (
                            now[name] if name in problems else before.get(name, now[name])
                        )
                problems = {**found, **problems}

    def typed(self, query: str) -> dict[str, str]:
        """What a link's query string says, as it would have been typed into the fields."""
        pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
        known = {name: self._declared[name] for name, _ in pairs if name in self._declared}
        return {
            name: _text(known[name].parse(text), known[name].unit)
            for name, text in pairs
            if name in known
        }

    def still(self) -> str:
        """The scenario as a table: each parameter, its value and what it means."""
        import pandas as pd  # noqa: PLC0415  only a still document needs it

        values = self._shown.values()
        rows = [
            (declared.label, words.cell(values[name], declared.unit), declared.meaning)
            for name, declared in self._declared.items()
        ]
        return still_table(
            pd.DataFrame(rows, columns=["Parameter", "Value", "Meaning"]), "The scenario"
        )

    def _texts(self, scenario: Scenario) -> dict[str, str]:
        return {
            name: _text(value, self._declared[name].unit)
            for name, value in scenario.values().items()
        }

    def _in_percent(self, name: str, message: str, typed: Mapping[str, str]) -> str:
        """A share's refusal in the percentages in which it is typed."""
        declared = self._declared.get(name)
        if declared is None or declared.unit != "share" or not typed.get(name):
            return message
        low, high = (_text(end or 0.0, "share") for end in declared.bounds)
        return f"{name} is {typed[name]}%: it must be a percentage from {low} to {high}."

    def _value(self, name: str, text: str) -> Value:
        declared = self._declared.get(name)
        if declared is None:
            return text
        if declared.unit != "share":
            return declared.parse(text)
        try:
            return float(Decimal(text) / 100)
        except InvalidOperation:
            return text


def _field(declared: Parameter) -> dict[str, Any]:
    low, high, step = _slider(declared)
    return {
        "name": declared.name,
        "label": declared.label,
        "unit": declared.unit,
        "hint": _hint(declared),
        "group": declared.group,
        "numeric": declared.kind != "string",
        "low": low,
        "high": high,
        "step": step,
    }


def _hint(declared: Parameter) -> str:
    """The meaning, and what is plausible where that is known."""
    if not declared.range:
        return declared.meaning
    low, high = (words.cell(end, declared.unit) for end in declared.range)
    return f"{declared.meaning} Plausible: {low} to {high}."


def _slider(declared: Parameter) -> tuple[float, float, float]:
    """Ends and step of a slider: the plausible range with room around it, within the bounds."""
    if declared.kind == "string":
        return 0, 0, 0
    if declared.unit == "share":
        return 0, 100, 1
    default = float(declared.default)
    if declared.unit == "year":
        low, high = default - 15, default + 35
    elif declared.range:
        width = declared.range[1] - declared.range[0]
        low, high = declared.range[0] - width, declared.range[1] + width
    else:
        low, high = 0.0, 5 * default
    if not low < high:
        low, high = min(low, default) - 1, max(high, default) + 1
    bottom, top = declared.bounds
    low = max(low, -math.inf if bottom is None else bottom)
    high = min(high, math.inf if top is None else top)
    step = _round_step((high - low) / STEPS) if low < high else 1
    return low, high, max(1, step) if declared.kind == "integer" else step


def _round_step(size: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above ``size``."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(times * power for times in (5, 2, 1) if times * power <= size)


def _text(value: Value, unit: str) -> str:
    if isinstance(value, str):
        return value
    number = Decimal(repr(value)) * (100 if unit == "share" else 1)
    return f"{number.normalize():f}"
