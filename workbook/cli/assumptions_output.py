"""Print and write assumptions registers."""

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
    """Check the name of a new file for the registers of some topics.

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


def write_registers(
    registers: Mapping[str, ResultTable], topics: Sequence[Topic], target: Path
) -> None:
    """Write registers to a new file: all as CSV, one as a spreadsheet with cover and notes.

    Args:
        registers: The registers by topic.
        topics: The topics.
        target: File to write, in the format of its extension.
    """
    if target.suffix == ".csv":
        write_frame(pd.concat(_add_topics(registers), ignore_index=True), target)
        return
    from workbook.exports.spreadsheet import to_xlsx  # noqa: PLC0415  only a spreadsheet needs them
    from workbook.exports.xlsx_to_ods import xlsx_to_ods  # noqa: PLC0415

    (topic,) = topics
    content = to_xlsx(topic, topic.run(), registers.values())
    write_content(content if target.suffix == ".xlsx" else xlsx_to_ods(content), target)


def describe_registers(registers: Mapping[str, ResultTable]) -> list[dict[str, Any]]:
    """The rows of registers for JSON, each with its topic."""
    return [record for frame in _add_topics(registers) for record in frame_records(frame)]


def print_registers(registers: Mapping[str, ResultTable], topics: Iterable[Topic]) -> None:
    """Print registers as tables for people."""
    console = Console()
    for topic in topics:
        register = registers[topic.name]
        texts = [
            {
                heading: format_cell(row[name], register.columns[name].unit)
                for name, heading in _PRINTED.items()
            }
            for row in frame_records(register.frame)
        ]
        console.print(f"\n{topic.title}", style="bold", markup=False)
        console.print(f"{register.columns['swing'].label}. Risk: quality × swing.", markup=False)
        print_text_frame(console, pd.DataFrame(texts, columns=[*_PRINTED.values()]))


def _add_topics(registers: Mapping[str, ResultTable]) -> Iterable[pd.DataFrame]:
    for name, register in registers.items():
        frame = register.frame.copy()
        frame.insert(0, "topic", name)
        yield frame
