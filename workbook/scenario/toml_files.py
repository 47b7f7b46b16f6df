"""Scenario files: TOML with a title and the values under ``[parameters]``."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from workbook.scenario.value_text import ParameterValue


def read_scenario_file(path: str | Path) -> tuple[str, Mapping[str, ParameterValue]]:
    """Read a scenario file.

    Args:
        path: The file.

    Returns:
        Its title, empty if it has none, and its values by parameter name.

    Raises:
        ValueError: The file is missing or not a scenario file. The message names it.
    """
    try:
        content = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        msg = f"{path} cannot be read as a scenario: {_describe_read_error(error)}"
        raise ValueError(msg) from None
    values = content.get("parameters", {})
    unknown_keys = sorted(set(content) - {"title", "parameters"})
    if unknown_keys or not isinstance(values, Mapping):
        unexpected = ", ".join(unknown_keys) or "parameters that is not a table"
        msg = f"{path} contains {unexpected}: a scenario file has only a title and [parameters]"
        raise ValueError(msg)
    return str(content.get("title", "")), values


def write_scenario_file(path: str | Path, title: str, values: Mapping[str, ParameterValue]) -> None:
    """Write a scenario file that ``read_scenario_file`` reads.

    Args:
        path: File to write.
        title: Title of the scenario.
        values: Values by parameter name.
    """
    import tomli_w  # noqa: PLC0415  needed only to save a scenario

    content = tomli_w.dumps({"title": title, "parameters": dict(values)})
    Path(path).write_text(content, encoding="utf-8")


def scenario_file_title(path: str | Path) -> str:
    """Title of a scenario file, or the file's name where it has none.

    Args:
        path: The file.

    Returns:
        The title.

    Raises:
        ValueError: The file is missing or not a scenario file.
    """
    title, _ = read_scenario_file(path)
    return title or Path(path).stem


def _describe_read_error(error: Exception) -> str:
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return "it is not text in UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
