"""What a visitor has entered in the form of a requested analysis. It comes from a browser."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, Final

from workbook.text.quoting import MAXIMUM_DIGITS
from workbook.text.suggestions import unknown_name_message

_MOST_INPUTS, _MOST_NAMES, _LONGEST_TEXT = 100, 50, 200
"""Limits of a request: inputs, names in a list, and characters in a text."""

_NUMBER = re.compile(
    r"(?P<sign>-?)(?P<pounds>£?)(?P<digits>\d+(?:,\d{3})*(?:\.\d*)?|\.\d+)"
    r"(?P<scale>million|billion|m|bn)?(?P<percent>%?)"
)
_SCALES: Final = {"million": 6, "m": 6, "billion": 9, "bn": 9}
"""Powers of ten by the words that a visitor may write after a number."""


class RequestError(ValueError):
    """A request that cannot be answered as it was entered.

    Args:
        messages: A sentence for each input with an error, by the input's name. The name is empty
            for an error of the whole request.
    """

    def __init__(self, messages: Mapping[str, str]) -> None:
        super().__init__(" ".join(messages.values()))
        self.messages = dict(messages)


class RequestInputs:
    """Inputs of a request by name, each a text or a list of names.

    Args:
        inputs: The inputs as the browser sent them.

    Raises:
        RequestError: They are not of these types, or too long.
    """

    def __init__(self, inputs: Any) -> None:  # noqa: ANN401  whatever a browser sends
        if not _is_request(inputs):
            raise RequestError({"": "The request could not be read. Reload the page."})
        self._inputs: dict[str, str | list[str]] = inputs

    def text(self, name: str) -> str:
        """The text of an input without blanks around it; empty if there is none."""
        value = self._inputs.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def names(self, name: str) -> list[str]:
        """The names of an input, each once; none if there is no such input."""
        value = self._inputs.get(name, [])
        return list(dict.fromkeys(value)) if isinstance(value, list) else []

    def choice(self, name: str, known: Collection[str], kind: str) -> str:
        """The name that a visitor has chosen.

        Args:
            name: The input.
            known: The names that are offered.
            kind: What they are the names of, such as ``indicator``.

        Returns:
            The chosen name.

        Raises:
            RequestError: None or an unknown one is chosen.
        """
        chosen = self.text(name)
        if not chosen:
            raise RequestError({name: f"Choose {_with_article(kind)}."})
        if chosen not in known:
            raise RequestError({name: unknown_name_message(kind, chosen, list(known))})
        return chosen

    def number(self, name: str, unit: str, label: str) -> float:
        """The number that a visitor has typed, as ``4.6 million``, ``£1,000`` or ``30%``.

        Args:
            name: The input.
            unit: Unit of the number. A share is typed as a percentage.
            label: What the visitor knows the input as.

        Returns:
            The number in the unit, a share as a fraction of 1.

        Raises:
            RequestError: It is not a number.
        """
        example = "a percentage, such as 30" if unit == "share" else "a number, such as 1,000"
        typed = _NUMBER.fullmatch(re.sub(r"\s", "", self.text(name)).replace("−", "-").lower())
        is_number = typed is not None and len(typed["digits"]) <= MAXIMUM_DIGITS
        if not typed or not is_number or not _is_written_for(typed, unit):
            raise RequestError({name: f"{label} must be {example}."})
        power = _SCALES.get(typed["scale"] or "", 0) - (2 if unit == "share" else 0)
        number = Decimal(typed["sign"] + typed["digits"].replace(",", "")).scaleb(power)
        return float(number)


def _is_written_for(typed: re.Match[str], unit: str) -> bool:
    """Whether a number has no sign of another unit: of pounds, or of a percentage."""
    return not (typed["pounds"] and unit != "GBP") and not (typed["percent"] and unit != "share")


def _is_request(inputs: Any) -> bool:  # noqa: ANN401  whatever a browser sends
    return (
        isinstance(inputs, Mapping)
        and len(inputs) <= _MOST_INPUTS
        and all(map(_is_short_text, inputs))
        and all(
            len(value) <= _MOST_NAMES and all(map(_is_short_text, value))
            if isinstance(value, list)
            else _is_short_text(value)
            for value in inputs.values()
        )
    )


def _is_short_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_TEXT


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
