"""The ``index.html`` of a snapshot: each topic's headline, and a link to every file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from workbook.exports.static_svg import chart_title
from workbook.html_tables import to_html_table
from workbook.resources import read_page_style
from workbook.snapshots.jobs import UPLOADS_FOLDER
from workbook.snapshots.page_templates import render_template
from workbook.snapshots.report import make_scrollable
from workbook.snapshots.result import TopicResult
from workbook.text.numbers import format_cell

_KEY_INDICATOR_COUNT = 5
_KILOBYTE = 1000
_TOPIC_FILES = (
    ("report.html", "The report", "a page that needs no network"),
    ("notebook.ipynb", "The executed notebook", "with its code"),
    ("indicators.csv", "Every indicator", "CSV"),
    ("tables.xlsx", "Indicators, scenario and all tables", "spreadsheet for Excel"),
    ("tables.ods", "The same tables", "OpenDocument spreadsheet"),
)


@dataclass(frozen=True)
class FileLink:
    """A link to a file: its path from the page, its text, its format and its size."""

    path: str
    text: str
    size: str
    kind: str = ""


def render_index_page(
    folder: Path,
    quarter: str,
    results: Iterable[TopicResult],
    provenance: dict[str, Any],
    overdue_reason: str = "",
) -> str:
    """Render the page for the topics' folders in ``folder``.

    Args:
        folder: The snapshot's folder, in which the files already lie.
        quarter: The snapshot's quarter.
        results: One result a topic.
        provenance: When the snapshot was made, and with which versions.
        overdue_reason: Why inputs are used after their review was due.
    """
    topics = [_describe_topic(folder, result) for result in results]
    return render_template(
        "snapshot.html.j2",
        quarter=quarter,
        style=read_page_style(),
        topics=topics,
        overdue_reason=overdue_reason,
        **provenance,
    )


def _describe_topic(folder: Path, result: TopicResult) -> dict[str, Any]:
    topic = result.run.topic
    return {
        "name": topic.name,
        "title": topic.title,
        "question": topic.question,
        "headline": result.outcome.headline,
        "indicators": make_scrollable(to_html_table(_key_indicators(result), "Key indicators")),
        "changed": _changed_parameters_table(result),
        "overdue": result.run.overdue_inputs,
        "files": [
            _make_link(folder / topic.name, *file)
            for file in (*_TOPIC_FILES, *_uploaded_files(result))
        ],
        "figures": list(_figure_links(folder / topic.name, result)),
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
            format_cell(value, declared_parameter.unit),
            format_cell(declared_parameter.default, declared_parameter.unit),
        )
        for name, value in result.run.scenario.non_default_values().items()
        if (declared_parameter := declared[name]) and name != "quarter"
    ]
    labels = ["Parameter", "This snapshot", "Default"]
    caption = "Parameters that differ from their defaults"
    return (
        make_scrollable(to_html_table(pd.DataFrame(rows, columns=labels), caption)) if rows else ""
    )


def _figure_links(folder: Path, result: TopicResult) -> Iterator[dict[str, Any]]:
    """Title of each table and chart, with links to both where they share a name."""
    titles = {table.name: table.title for table in result.tables}
    titles |= {name: chart_title(chart.to_dict()) or name for name, chart in result.charts.items()}
    tables = {table.name for table in result.tables}
    for name, title in titles.items():
        yield {
            "title": title,
            "table": _make_link(folder, f"tables/{name}.csv", "CSV") if name in tables else None,
            "chart": _make_link(folder, f"charts/{name}.svg", "SVG")
            if name in result.charts
            else None,
        }


def _make_link(folder: Path, path: str, text: str, kind: str = "") -> FileLink:
    size = (folder / path).stat().st_size
    count, unit = (f"{size / _KILOBYTE:,.0f}", "kB") if size >= _KILOBYTE else (f"{size}", "bytes")
    return FileLink(f"{folder.name}/{path}", text, f"{count}\N{NO-BREAK SPACE}{unit}", kind)
