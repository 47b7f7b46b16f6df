"""The quality assurance log: who has checked what of a topic's model and data, and when."""

import secrets
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from workbook.result_table import Column, ResultTable
from workbook.scenario import ScenarioFolderError, scenario_folders
from workbook.scenario.scenario_names import find_invisible
from workbook.scenario.text_files import read_small_text, replace_files
from workbook.topic import Topic

LOG_NAME: Final = "quality_assurance"
"""Name of the log's table, and of the folder of its files."""

_TITLE: Final = "Quality assurance log"
_EMPTY_TEXT: Final = "no check is recorded. Record one with workbook assurance record."
_LONGEST_TEXT: Final = 1_000
_COLUMNS: Final = {
    "date": Column("Date"),
    "checked": Column("What was checked"),
    "finding": Column("What was found"),
    "analyst": Column("Analyst"),
    "assurer": Column("Assurer"),
}


@dataclass(frozen=True)
class AssuranceCheck:
    """One check of a topic's model or data by somebody who did not write it.

    Analyst, assurer, date and what was checked are what the AQuA Book (HM Treasury, 2015) asks a
    log of quality assurance to record.

    Args:
        analyst: Who is responsible for the work that was checked.
        assurer: Who checked it: another person.
        checked: What was checked, and how.
        date: Day of the check.
        finding: What was found; empty for nothing to report.

    Raises:
        ValueError: A text is missing, too long or has a character that cannot be seen, or the
            assurer is the analyst.

    Example:
        >>> day = date(2026, 11, 2)
        >>> AssuranceCheck("A. Analyst", "B. Assurer", "NPV recalculated by hand", day).finding
        ''
    """

    analyst: str
    assurer: str
    checked: str
    date: date
    finding: str = ""

    def __post_init__(self) -> None:
        for name in ("analyst", "assurer", "checked", "finding"):
            object.__setattr__(self, name, _check_entry(name, getattr(self, name)))
        if self.analyst.casefold() == self.assurer.casefold():
            raise ValueError(
                "The assurer must be somebody other than the analyst: nobody assures their own work"
            )

    def to_toml(self) -> str:
        """Text of its file."""
        import tomli_w  # noqa: PLC0415  needed only to record a check

        return tomli_w.dumps({name: getattr(self, name) for name in _COLUMNS})


def record_check(topic: Topic, check: AssuranceCheck, folder: Path | None = None) -> Path:
    """Add a check to a topic's log, in a file of its own that nobody else writes.

    Args:
        topic: The topic.
        check: The check.
        folder: The team's folder of scenarios; by default that in the environment, else the
            bundled one.

    Returns:
        The file.

    Raises:
        ValueError: The day of the check is still to come.
        ScenarioFolderError: The folder is full or read-only. Nothing is written.
    """
    if check.date > date.today():  # noqa: DTZ011  the day where the check is recorded
        raise ValueError(f"The day of a check cannot be in the future: {check.date}")
    log_folder = scenario_folders(topic.package, folder)[-1] / topic.name / LOG_NAME
    path = log_folder / f"{check.date}-{secrets.token_hex(4)}.toml"
    try:
        log_folder.mkdir(parents=True, exist_ok=True)
        replace_files({path: check.to_toml()})
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        msg = f"Nothing was recorded. The folder {log_folder} cannot be written: {reason}"
        raise ScenarioFolderError(msg, reason) from error
    return path


def quality_assurance_log(topic: Topic, folder: Path | None = None) -> ResultTable:
    """Read the quality assurance log of a topic.

    Args:
        topic: The topic.
        folder: The team's folder of scenarios, read beside the bundled one.

    Returns:
        A row for each check, the newest first. A file that is no record of a check has a row that
        says so.
    """
    rows: list[dict[str, object]] = []
    for root in scenario_folders(topic.package, folder):
        rows += _read_folder(root / topic.name / LOG_NAME)
    rows.sort(key=lambda row: str(row["date"] or ""), reverse=True)
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    return ResultTable(LOG_NAME, _TITLE, frame, _COLUMNS, _EMPTY_TEXT)


def _read_folder(folder: Path) -> Iterator[dict[str, object]]:
    for path in sorted(folder.glob("[!.]*.toml")):
        try:
            check = _read_check(path, folder)
            yield {**vars(check), "date": check.date.isoformat()}
        except (ValueError, RecursionError) as error:  # the latter of tables in tables in tables
            problem = f"{path.name} is no record of a check: {error}"
            yield {**dict.fromkeys(_COLUMNS, ""), "finding": problem}


def _read_check(path: Path, folder: Path) -> AssuranceCheck:
    """Read a file of the log. Raises ValueError if it is not one."""
    content = tomllib.loads(read_small_text(path, folder))
    if missing := [name for name in _COLUMNS if name not in content]:
        raise ValueError(f"{missing[0]} is missing")
    if type(content["date"]) is not date:
        raise ValueError("its date is not a day such as 2026-11-02")
    return AssuranceCheck(**{name: content[name] for name in _COLUMNS})


def _check_entry(name: str, text: object) -> str:
    label = _COLUMNS[name].label
    if not isinstance(text, str):
        raise ValueError(f"{label} must be a text")  # noqa: TRY004  as in every file
    entry = text.strip()
    if not entry and name != "finding":
        raise ValueError(f"{label} is missing")
    if find_invisible(entry):
        raise ValueError(f"{label} has a character that cannot be seen, or more than one line")
    if len(entry) > _LONGEST_TEXT:
        raise ValueError(f"{label} is longer than {_LONGEST_TEXT:,} characters")
    return entry
