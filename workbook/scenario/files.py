"""Scenario files: TOML with a title and the values under ``[parameters]``."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from workbook.scenario.texts import Value


def read(path: str | Path) -> tuple[str, Mapping[str, Value]]:
    """A scenario file's title and values.

    Raises ValueError, with the file's name, where it is missing or is not such a file.
    """
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


def write(path: str | Path, title: str, values: Mapping[str, Value]) -> None:
    """Write a scenario file that ``read`` gives back."""
    import tomli_w  # noqa: PLC0415  only those who save a scenario need it

    content = tomli_w.dumps({"title": title, "parameters": dict(values)})
    Path(path).write_text(content, encoding="utf-8")


def title_of(path: str | Path) -> str:
    """Title of a scenario file; its name where it says none. Raises ValueError as ``read``."""
    title, _ = read(path)
    return title or Path(path).stem


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return "it is not text in UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
