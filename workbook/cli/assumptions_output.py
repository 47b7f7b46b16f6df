"""Print and write assumptions logs."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd
from rich.console import Console

from workbook.charts.figure import frame_records
from workbook.cli.data import check_new_path, write_content, write_frame
from workbook.cli.output import print_text_frame
from workbook.result_table import ResultTable
from workbook.text.numbers import format_cell
from workbook.topic import Topic

_SUFFIXES: Final = (".csv", ".xlsx", ".ods")
_PRINTED: Final = {
    "label": "Assumption",
    "value": "Value",
    "range": "Range",
    "quality": "Quality",
    "review_status": "Review",
    "swing": "Swing",
    "risk": "Risk",
}
"""Headings of the columns that are printed: the others are too long for a terminal."""


def check_target(target: Path, topic_count: int) -> None:
    """Check the name of a new file for the logs of some topics.

    Args:
        target: The file.
        topic_count: Number of topics.

    Raises:
        ValueError: The format is not supported or holds one topic only, the folder is missing, or
            the file exists.
    """
    check_new_path(target, _SUFFIXES)
    if topic_count > 1 and target.suffix != ".csv":
        raise ValueError(
            f"{target} is a spreadsheet, which is of one topic: name a topic, or write CSV"
        )


def write_logs(logs: Mapping[str, ResultTable], topics: Sequence[Topic], target: Path) -> None:
    """Write logs to a new file: all as CSV, one as a spreadsheet with cover and notes.

    Args:
        logs: The logs by topic.
        topics: The topics.
        target: File to write, in the format of its extension.
    """
    if target.suffix == ".csv":
        write_frame(pd.concat(_add_topics(logs), ignore_index=True), target)
        return
    from workbook.exports.spreadsheet import to_xlsx  # noqa: PLC0415  only a spreadsheet needs them
    from workbook.exports.xlsx_to_ods import xlsx_to_ods  # noqa: PLC0415

    (topic,) = topics
    content = to_xlsx(topic, topic.run(), logs.values())
    write_content(content if target.suffix == ".xlsx" else xlsx_to_ods(content), target)


def describe_logs(logs: Mapping[str, ResultTable]) -> list[dict[str, Any]]:
    """The rows of logs for JSON, each with its topic."""
    return [record for frame in _add_topics(logs) for record in frame_records(frame)]


def print_logs(logs: Mapping[str, ResultTable]) -> None:
    """Print logs as tables for people."""
    console = Console()
    for log in logs.values():
        texts = [
            {
                heading: format_cell(row[name], log.columns[name].unit)
                for name, heading in _PRINTED.items()
            }
            for row in frame_records(log.frame)
        ]
        console.print(f"\n{log.title}", style="bold", markup=False)
        console.print(f"{log.columns['swing'].label}. Risk: quality × swing.", markup=False)
        print_text_frame(console, pd.DataFrame(texts, columns=[*_PRINTED.values()]))


def _add_topics(logs: Mapping[str, ResultTable]) -> Iterable[pd.DataFrame]:
    for name, log in logs.items():
        frame = log.frame.copy()
        frame.insert(0, "topic", name)
        yield frame
