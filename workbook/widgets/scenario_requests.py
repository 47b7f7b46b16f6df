"""Requests of the page about saved scenarios. What comes from a browser is checked first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from workbook.scenario.scenario_file import check_text
from workbook.scenario.scenario_names import LONGEST_NAME

_LONGEST_ID: Final = 80
_LONGEST_REASON: Final = 2000
"""Characters of a reason, at most."""

_LONGEST_FILE_NAME: Final = 255
_TEXT_KEYS: Final = ("action", "name", "author", "why", "new_name", "file_name", "text")
_NUMBER_KEYS: Final = ("version", "follows")


class FieldError(ValueError):
    """A field of the page has a text that cannot be used.

    Args:
        field: Name of the field.
        message: What is wrong, and what would be right.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class ScenarioRequest:
    """A request of the page.

    Attributes:
        id: Identifies the request. The page sends it again until it is answered.
        action: What to do.
        name: Name of the scenario.
        author: The visitor's name.
        why: Why the values were chosen.
        new_name: The scenario's new name.
        file_name: Name of the visitor's own file.
        text: Its text.
        version: Number of an earlier version; None for the present one.
        follows: Number of the version that a new one follows; None if the visitor knows of none.
        as_file: Whether to give the scenario as a file.
    """

    id: str
    action: str = ""
    name: str = ""
    author: str = ""
    why: str = ""
    new_name: str = ""
    file_name: str = ""
    text: str = ""
    version: int | None = None
    follows: int | None = None
    as_file: bool = False


def parse_request(content: Mapping[str, Any]) -> ScenarioRequest | None:
    """Parse a message of the page.

    Args:
        content: The message.

    Returns:
        The request; None for a message that the page cannot send.
    """
    identifier = content.get("id")
    if not isinstance(identifier, str) or len(identifier) > _LONGEST_ID:
        return None
    values: dict[str, Any] = {
        **{key: content.get(key, "") for key in _TEXT_KEYS},
        **{key: content.get(key) for key in _NUMBER_KEYS},
        "as_file": content.get("as_file", False),
    }
    is_sound = (
        all(isinstance(values[key], str) for key in _TEXT_KEYS)
        and all(values[key] is None or type(values[key]) is int for key in _NUMBER_KEYS)
        and isinstance(values["as_file"], bool)
        and len(values["file_name"]) <= _LONGEST_FILE_NAME
    )
    return ScenarioRequest(identifier, **values) if is_sound else None


def check_author(text: str) -> str:
    """Check the name of who saves a scenario.

    Args:
        text: The name as typed.

    Returns:
        The name.

    Raises:
        FieldError: It is blank, too long, or has a character that cannot be seen.
    """
    return _check_field("author", "Your name", text, LONGEST_NAME)


def check_reason(text: str) -> str:
    """Check the reason for the values of a scenario, which may be blank.

    Args:
        text: The reason as typed.

    Returns:
        The reason.

    Raises:
        FieldError: It is too long, or has a character that cannot be seen.
    """
    return _check_field("why", "The reason", text, _LONGEST_REASON)


def _check_field(field: str, label: str, text: str, longest: int) -> str:
    if len(text) > longest:
        message = f"{label} has {len(text):,} characters, and may have {longest:,}."
        raise FieldError(field, message)
    try:
        return check_text("rationale" if field == "why" else field, text)
    except ValueError:
        raise FieldError(field, f"{label} has a character that cannot be seen.") from None
