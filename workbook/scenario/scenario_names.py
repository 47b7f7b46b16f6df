"""Names of scenarios: what is allowed, which names are the same, and the file name of each."""

import re
import unicodedata
from typing import Final

from workbook.text.quoting import quote_value

DEFAULT_SCENARIO_NAME: Final = "default"
"""What commands call the scenario in which every parameter has its default."""

SCENARIO_FILE_SUFFIX: Final = ".toml"
LONGEST_NAME: Final = 80
"""Characters of a name, at most."""

_PATH_OR_TAG_CHARACTERS: Final = frozenset("/\\<>")
_INVISIBLE_CATEGORIES: Final = frozenset({"Cc", "Cf", "Co", "Cs"})
"""Unicode categories of control, format, private and surrogate characters."""

_DEVICE_NAMES: Final = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
"""Names that Windows reserves for devices, whatever their extension."""


def check_scenario_name(text: str) -> str:
    """Check that a scenario can have this name.

    Args:
        text: The name as somebody typed it.

    Returns:
        The name in Unicode's composed form, with single spaces.

    Raises:
        ValueError: The name is not allowed. The message says what is.

    Example:
        >>> check_scenario_name("  Charter   delivers ")
        'Charter delivers'
    """
    if reason := _find_fault(text):
        raise ValueError(f"{quote_value(text)} cannot be the name of a scenario: {reason}")
    return _normalise_text(text)


def name_key(name: str) -> str:
    """What two names have in common that look the same, whatever their case and spaces.

    Args:
        name: A name.

    Returns:
        The key: two names are the same if their keys are equal.

    Example:
        >>> name_key("  Charter  DELIVERS") == name_key("charter delivers")
        True
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def file_stem(name: str) -> str:
    """Name of a scenario's file without its extension.

    Args:
        name: The scenario's name.

    Returns:
        Lower-case letters, digits and hyphens. Different names can have the same.

    Example:
        >>> file_stem("Start from 46.1%, the average")
        'start-from-46-1-the-average'
    """
    letters = unicodedata.normalize("NFKD", name_key(name)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or "scenario"


def find_invisible(text: str, allowed: str = "") -> str:
    """Find the first character of a text that cannot be seen.

    Args:
        text: The text.
        allowed: Such characters that are allowed, such as line ends.

    Returns:
        The character, empty if there is none.
    """
    return next(
        (
            character
            for character in text
            if unicodedata.category(character) in _INVISIBLE_CATEGORIES and character not in allowed
        ),
        "",
    )


def _normalise_text(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _find_fault(text: str) -> str:
    """Why a name is not allowed; empty if it is."""
    faults = (
        (
            len(text) > LONGEST_NAME,
            f"it has {len(text):,} characters, and may have {LONGEST_NAME}",
        ),
        (bool(find_invisible(text)), "it has a character that cannot be seen"),
        (
            not _PATH_OR_TAG_CHARACTERS.isdisjoint(text),
            f"it may not contain any of {' '.join(sorted(_PATH_OR_TAG_CHARACTERS))}",
        ),
        (not any(map(str.isalnum, text)), "it needs a letter or a digit"),
        (
            text.strip().casefold().endswith(SCENARIO_FILE_SUFFIX),
            f"a name that ends in {SCENARIO_FILE_SUFFIX} is a file's",
        ),
        (
            name_key(text) == DEFAULT_SCENARIO_NAME,
            "it stands for the scenario in which every parameter has its default",
        ),
        (file_stem(text) in _DEVICE_NAMES, "Windows keeps it for a device"),
    )
    return next((reason for is_fault, reason in faults if is_fault), "")
