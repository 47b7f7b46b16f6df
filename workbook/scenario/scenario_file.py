"""Scenario files: TOML with what differs from the default, and the defaults at the time."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from workbook.scenario.scenario_names import check_scenario_name, find_invisible
from workbook.scenario.text_files import LARGEST_FILE, read_small_text
from workbook.scenario.value_text import ParameterValue
from workbook.text.grammar import join_items
from workbook.text.quoting import quote_value

_TEXT_KEYS: Final = ("name", "topic", "author", "rationale")
_HEADER_ORDER: Final = ("name", "topic", "author", "date", "rationale")
_TABLES: Final = ("version", "parameters", "defaults")
_UNREADABLE: Final = "{} cannot be read as a scenario: {}"
_KEYS: Final = frozenset({*_TEXT_KEYS, *_TABLES, "title", "date", "published"})


@dataclass(frozen=True)
class ScenarioFile:
    """Content of a scenario file.

    Attributes:
        name: Name of the scenario, empty where the file gives none.
        topic: Name of its topic, empty where the file gives none.
        author: Who saved it.
        date: Day on which it was saved, None if unknown.
        rationale: Why the parameters were chosen.
        published: Whether every page offers it.
        parameters: What differs from the default, by parameter.
        defaults: The defaults at the time, by parameter; empty if unknown.
        version: What the history says of this version, such as its event; empty outside a history.
    """

    name: str = ""
    topic: str = ""
    author: str = ""
    date: dt.date | None = None
    rationale: str = ""
    published: bool = False
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)
    defaults: Mapping[str, ParameterValue] = field(default_factory=dict)
    version: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def values(self) -> dict[str, ParameterValue]:
        """Values of the parameters that the file knows."""
        return {**self.defaults, **self.parameters}


def read_scenario_file(path: str | Path, folder: Path | None = None) -> ScenarioFile:
    """Read a scenario file, also one of the older form with a ``title`` and ``[parameters]`` only.

    Args:
        path: The file.
        folder: Folder that a symbolic link may not leave, None where it may lead anywhere.

    Returns:
        Its content. A file of the older form is published. Without a name of its own, a scenario
        has that of its file if a scenario can have it.

    Raises:
        ValueError: The file is missing or not a scenario file. The message names it.
    """
    try:
        text = read_small_text(Path(path), folder)
    except ValueError as error:
        raise ValueError(_UNREADABLE.format(path, error)) from None
    return parse_scenario_text(text, Path(path).stem, str(path))


def parse_scenario_text(text: str, stem: str, label: str) -> ScenarioFile:
    """Parse the text of a scenario file.

    Args:
        text: The text.
        stem: The file's name without extension, for a scenario without a name of its own.
        label: What an error calls the file.

    Returns:
        The content, as ``read_scenario_file`` gives it.

    Raises:
        ValueError: It is not a scenario file. The message begins with the label.
    """
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise ValueError(_UNREADABLE.format(label, reason)) from None
    try:
        scenario_file = parse_scenario_content(content)
    except ValueError as error:
        raise ValueError(f"{label}: {error}") from None
    return replace(scenario_file, name=scenario_file.name or _allowed_name(stem))


def parse_scenario_content(content: Mapping[str, Any]) -> ScenarioFile:
    """Parse the content of a scenario file.

    Args:
        content: The file's keys and tables.

    Returns:
        The content. Parameters and their values are not checked yet.

    Raises:
        ValueError: A key is unknown or has a value of the wrong type.
    """
    if unknown_keys := sorted(set(content) - _KEYS):
        raise ValueError(
            f"it contains {join_items(map(quote_value, unknown_keys))}. A scenario file has name,"
            " topic, author, date, rationale, published, [parameters] and [defaults]"
        )
    texts = {key: check_text(key, content.get(key, "")) for key in _TEXT_KEYS}
    is_older_form = "title" in content
    name = texts["name"] and check_scenario_name(texts["name"])
    return ScenarioFile(
        name=name or _allowed_name(check_text("title", content.get("title", ""))),
        topic=texts["topic"],
        author=texts["author"],
        date=_parse_day(content.get("date")),
        rationale=texts["rationale"],
        published=_parse_flag(content.get("published", is_older_form)),
        parameters=_parse_table("parameters", content.get("parameters", {})),
        defaults=_parse_table("defaults", content.get("defaults", {})),
        version=_parse_table("version", content.get("version", {})),
    )


def format_scenario_file(scenario_file: ScenarioFile) -> str:
    """Write a scenario file that ``read_scenario_file`` reads.

    Args:
        scenario_file: The content.

    Returns:
        The file's text.

    Raises:
        ValueError: The file would be too large, or a text has a character that cannot be seen.
    """
    import tomli_w  # noqa: PLC0415  needed only to save a scenario

    texts = {key: check_text(key, getattr(scenario_file, key)) for key in _TEXT_KEYS}
    headers = {**texts, "date": scenario_file.date}
    content: dict[str, Any] = {key: headers[key] for key in _HEADER_ORDER if headers[key]}
    content["published"] = scenario_file.published
    tables = {table: dict(getattr(scenario_file, table)) for table in _TABLES}
    content |= {name: table for name, table in tables.items() if table or name != "version"}
    text = tomli_w.dumps(content)
    if len(text.encode()) > LARGEST_FILE:
        raise ValueError(
            f"The scenario's file would be larger than {LARGEST_FILE // 1024} KiB: shorten its"
            " rationale"
        )
    return text


def check_text(key: str, value: object) -> str:
    """Check a text of a scenario file.

    Args:
        key: What the text is: ``name``, ``author``, or ``rationale``, which may have several lines.
        value: The text.

    Returns:
        The text without white space around it.

    Raises:
        ValueError: It is not a text, or has a character that cannot be seen.
    """
    if not isinstance(value, str):
        raise ValueError(f"{key} is {quote_value(value)}: it must be a text")  # noqa: TRY004  as in every file
    if find_invisible(value, "\n\r\t" if key == "rationale" else ""):
        raise ValueError(f"{key} has a character that cannot be seen")
    return value.strip()


def _allowed_name(text: str) -> str:
    """The text as a name; empty if no scenario can have it."""
    try:
        return check_scenario_name(text)
    except ValueError:
        return ""


def _parse_day(value: object) -> dt.date | None:
    try:
        if isinstance(value, str):
            return dt.datetime.fromisoformat(value).date()
    except ValueError:
        pass
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    raise ValueError(f"date is {quote_value(value)}: it must be a day such as 2014-07-24")


def _parse_flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"published is {quote_value(value)}: it must be true or false")  # noqa: TRY004  as above
    return value


def _parse_table(name: str, value: object) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{name} is {quote_value(value)}: it must be a table, [{name}]")  # noqa: TRY004  as above
    return dict(value)
