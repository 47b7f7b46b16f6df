"""Arguments of an assistant's tools: checked, and turned into calls."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from workbook.interface.errors import RequestError
from workbook.scenario.link_query import LINKED_SCENARIO
from workbook.scenario.value_text import LIST_SEPARATOR, join_list, value_to_text
from workbook.text.quoting import shorten_text
from workbook.text.suggestions import unknown_name_message

PARAMETERS: Final = "parameters"
"""Argument that holds the parameters of a scenario."""


@dataclass(frozen=True)
class ToolCall:
    """A call that a tool makes.

    Args:
        call: Its name.
        places: Arguments that say what it is about, in order.
        query: Arguments that go into its query.
        required: Arguments that it cannot do without.
    """

    call: str
    places: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    required: frozenset[str] = frozenset()

    def read_places(self, arguments: Mapping[str, Any]) -> tuple[str, ...]:
        """Read what the call is about.

        Args:
            arguments: The arguments of the tool.

        Returns:
            The texts of its places. One that is left out is empty.

        Raises:
            RequestError: An argument is unknown, missing or not of its type.
        """
        known = (*self.places, *self.query)
        for name in arguments:
            if name not in known:
                raise RequestError(name, unknown_name_message("argument", name, known))
        for name in known:
            if name in self.required and arguments.get(name) in (None, ""):
                raise RequestError(name, f"{name} is missing.")
        return tuple(_to_text(name, arguments.get(name, "")) for name in self.places)

    def read_query(self, arguments: Mapping[str, Any]) -> str:
        """Read the query of the call, as a link has it.

        Args:
            arguments: The arguments of the tool.

        Returns:
            The query string.

        Raises:
            RequestError: A value is neither a number nor a text, or the parameters are no object.
        """
        pairs = [
            (name, _to_text(name, arguments[name]))
            for name in self.query
            if name != PARAMETERS and arguments.get(name) is not None
        ]
        if PARAMETERS in self.query:
            pairs += _read_parameters(arguments.get(PARAMETERS) or {})
        return urlencode(pairs)


def _read_parameters(parameters: Any) -> list[tuple[str, str]]:  # noqa: ANN401  an assistant's
    if not isinstance(parameters, Mapping):
        form = 'write an object such as {"quarter": "2014-Q2"}'
        raise RequestError(PARAMETERS, f"{PARAMETERS} is no object: {form}.")
    for name in parameters:
        if name == LINKED_SCENARIO:
            message = f"{name} is an argument of its own, beside {PARAMETERS}."
            raise RequestError(name, message)
    return [(name, _to_text(name, value)) for name, value in parameters.items()]


def _to_text(name: str, value: Any) -> str:  # noqa: ANN401  an assistant's
    """A value as a link has it. A list of names has semicolons there."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value_to_text(value)
    if _is_list_of_texts(value):
        return join_list(value)
    written = shorten_text(json.dumps(value))
    raise RequestError(name, f"{name} is {written}: it must be a number or a text.")


def _is_list_of_texts(value: Any) -> bool:  # noqa: ANN401  an assistant's
    return (
        isinstance(value, Sequence)
        and all(isinstance(item, str) for item in value)
        and not any(LIST_SEPARATOR in item for item in value)
    )
