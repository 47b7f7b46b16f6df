"""A topic's section of a snapshot's ``index.html``: headline, key figures and links to files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pandas as pd

from workbook.analysis.overdue_inputs import list_overdue_inputs
from workbook.exports.static_svg import chart_title
from workbook.html_tables import to_html_table
from workbook.snapshots.jobs import UPLOADS_FOLDER
from workbook.snapshots.report import make_scrollable
from workbook.snapshots.result import TopicResult
from workbook.text.numbers import format_cell

_KEY_INDICATOR_COUNT: Final = 5
_KILOBYTE: Final = 1000
_TOPIC_FILES: Final = (
    ("report.html", "The report", "a page that needs no network"),
    ("report.odt", "The report as a text document", "OpenDocument"),
    ("report.docx", "The report as a Word document", "DOCX"),
    ("notebook.ipynb", "The executed notebook", "with its code"),
    ("indicators.csv", "Every indicator", "CSV"),
    ("tables.xlsx", "Indicators, scenario and all tables", "spreadsheet for Excel"),
    ("tables.ods", "The same tables", "OpenDocument spreadsheet"),
)

FileLink = dict[str, str]
"""A link to a file: its path from the page, its text, its format and its size."""


def describe_topic(folder: Path, result: TopicResult) -> dict[str, Any]:
    """Describe a topic for the page, in values that JSON can hold.

    Args:
        folder: The snapshot's folder, in which the topic's files already lie.
        result: The topic's result.

    Returns:
        What the page's template shows of the topic.
    """
    topic = result.run.topic
    return {
        "name": topic.name,
        "title": topic.title,
        "question": topic.question,
        "headline": result.outcome.headline,
        "indicators": make_scrollable(to_html_table(_key_indicators(result), "Key indicators")),
        "changed": _changed_parameters_table(result),
        "overdue": list_overdue_inputs(result.outcome),
        "notes": list(result.outcome.notes),
        "files": [
            make_link(folder / topic.name, *file)
            for file in (*_TOPIC_FILES, *_uploaded_files(result))
            if (folder / topic.name / file[0]).is_file()
        ],
        "figures": list(_figure_links(folder / topic.name, result)),
        "hides_tables": bool(_hidden_tables(result)),
    }


def _uploaded_files(result: TopicResult) -> Iterator[tuple[str, str, str]]:
    """Path, name and description of each file that the user supplied."""
    for path in result.run.files.values():
        yield (
            f"{UPLOADS_FOLDER}/{path.name}",
            path.name,
            "supplied for this snapshot, unchanged",
        )


def _key_indicators(result: TopicResult) -> pd.DataFrame:
    """Table of the first indicators, without its empty columns."""
    table = result.outcome.indicator_table().head(_KEY_INDICATOR_COUNT)
    return table.loc[:, (table != "").any()]


def _changed_parameters_table(result: TopicResult) -> str:
    """Table of the parameters that differ from their defaults; empty if none does."""
    declared = result.run.scenario.parameters()
    rows = [
        (
            declared_parameter.label,
            *(
                format_cell(cell, declared_parameter.unit) or declared_parameter.blank_label
                for cell in (value, declared_parameter.default)
            ),
        )
        for name, value in result.run.scenario.non_default_values().items()
        if (declared_parameter := declared[name]) and name != "quarter"
    ]
    labels = ["Parameter", "This snapshot", "Default"]
    caption = "Parameters that differ from their defaults"
    return (
        make_scrollable(to_html_table(pd.DataFrame(rows, columns=labels), caption)) if rows else ""
    )


def _hidden_tables(result: TopicResult) -> set[str]:
    """Names of the tables without rows, which a department edition does not list."""
    if not result.run.edition:
        return set()
    return {table.name for table in result.tables if table.frame.empty} - result.charts.keys()


def _figure_links(folder: Path, result: TopicResult) -> Iterator[dict[str, Any]]:
    """Title of each table and chart, with links to both where they share a name."""
    hidden = _hidden_tables(result)
    titles = {table.name: table.title for table in result.tables if table.name not in hidden}
    titles |= {name: chart_title(chart.to_dict()) or name for name, chart in result.charts.items()}
    tables = {table.name for table in result.tables}
    for name, title in titles.items():
        yield {
            "title": title,
            "table": make_link(folder, f"tables/{name}.csv", "CSV") if name in tables else None,
            "chart": make_link(folder, f"charts/{name}.svg", "SVG")
            if name in result.charts
            else None,
        }


def make_link(folder: Path, path: str, text: str, kind: str = "") -> FileLink:
    """Describe a link from the page to a file.

    Args:
        folder: A folder of the snapshot.
        path: The file's path in it.
        text: Text of the link.
        kind: Format of the file.

    Returns:
        The link.
    """
    size = (folder / path).stat().st_size
    count, unit = (f"{size / _KILOBYTE:,.0f}", "kB") if size >= _KILOBYTE else (f"{size}", "bytes")
    return {
        "path": quote(f"{folder.name}/{path}"),
        "text": text,
        "size": f"{count}\N{NO-BREAK SPACE}{unit}",
        "kind": kind,
    }
