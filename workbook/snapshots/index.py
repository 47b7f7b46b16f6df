"""A snapshot's ``index.html``: the topics with their answers, and a link to every file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader

from workbook import words
from workbook.exports.still import title_of
from workbook.html import still_table
from workbook.snapshots.report import TEMPLATES, scrolling, style
from workbook.snapshots.request import BROUGHT
from workbook.snapshots.result import Result

KEY_INDICATORS = 5
KILOBYTE = 1000
FILES = (
    ("report.html", "The report", "a page that needs no network"),
    ("notebook.ipynb", "The notebook as it was run", "with its code"),
    ("indicators.csv", "Every indicator", "CSV"),
    ("tables.xlsx", "Indicators, scenario and all tables", "spreadsheet for Excel"),
    ("tables.ods", "The same", "OpenDocument spreadsheet"),
)


@dataclass(frozen=True)
class Link:
    """A file to open: its path from the page, what it is, its format and its size in words."""

    path: str
    text: str
    size: str
    kind: str = ""


def index(folder: Path, quarter: str, results: Iterable[Result], made: dict[str, Any]) -> str:
    """The page for the topics' folders in ``folder``; ``made`` says when and by what."""
    pages = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    topics = [_topic(folder, result) for result in results]
    page = pages.get_template("snapshot.html.j2")
    return page.render(quarter=quarter, style=style(), topics=topics, **made)


def _topic(folder: Path, result: Result) -> dict[str, Any]:
    topic = result.run.topic
    return {
        "name": topic.name,
        "title": topic.title,
        "question": topic.question,
        "headline": result.outcome.headline,
        "indicators": scrolling(still_table(_key_indicators(result), "Key indicators")),
        "changed": _changed(result),
        "files": [_link(folder / topic.name, *file) for file in (*FILES, *_brought(result))],
        "figures": list(_figures(folder / topic.name, result)),
    }


def _brought(result: Result) -> Iterator[tuple[str, str, str]]:
    """The files that were brought and that the topic has read."""
    for path in result.run.files.values():
        yield f"{BROUGHT}/{path.name}", path.name, "figures brought for this snapshot, as they were"


def _key_indicators(result: Result) -> pd.DataFrame:
    """The first indicators, without the notes if there is none."""
    table = result.outcome.indicator_table().head(KEY_INDICATORS)
    return table.loc[:, (table != "").any()]


def _changed(result: Result) -> str:
    """The parameters that differ from the published default, as a table; empty if none does."""
    declared = result.run.scenario.parameters()
    rows = [
        (said.label, words.cell(value, said.unit), words.cell(said.default, said.unit))
        for name, value in result.run.scenario.changed().items()
        if (said := declared[name]) and name != "quarter"
    ]
    labels = ["Parameter", "In this snapshot", "Published default"]
    caption = "Where the scenario differs from the published default"
    return scrolling(still_table(pd.DataFrame(rows, columns=labels), caption)) if rows else ""


def _figures(folder: Path, result: Result) -> Iterator[dict[str, Any]]:
    """Each table and each chart by its title, side by side where they show the same."""
    titles = {table.name: table.title for table in result.tables}
    titles |= {name: title_of(chart.to_dict()) or name for name, chart in result.charts.items()}
    tables = {table.name for table in result.tables}
    for name, title in titles.items():
        yield {
            "title": title,
            "table": _link(folder, f"tables/{name}.csv", "CSV") if name in tables else None,
            "chart": _link(folder, f"charts/{name}.svg", "SVG") if name in result.charts else None,
        }


def _link(folder: Path, path: str, text: str, kind: str = "") -> Link:
    size = (folder / path).stat().st_size
    count, unit = (f"{size / KILOBYTE:,.0f}", "kB") if size >= KILOBYTE else (f"{size}", "bytes")
    return Link(f"{folder.name}/{path}", text, f"{count}\N{NO-BREAK SPACE}{unit}", kind)
