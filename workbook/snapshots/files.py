"""A topic's folder in a snapshot: report, indicators, tables, charts, each for whom it serves."""

import traceback
from pathlib import Path

from nbformat import NotebookNode

from workbook.exports import csvw, spreadsheet
from workbook.exports.document import document
from workbook.exports.still import svg
from workbook.snapshots.failure import RunFailedError, first_line
from workbook.snapshots.report import report
from workbook.snapshots.result import Result


def write(folder: Path, result: Result, executed: NotebookNode) -> None:
    """Write everything but the notebook, which is there. Raises RunFailedError for a bad chart."""
    outcome, topic = result.outcome, result.run.topic
    page = report(executed, result.run)
    (folder / "report.html").write_text(page, encoding="utf-8", newline="")
    if topic.document:
        title = f"{topic.title}, {outcome.scenario.quarter}"
        (folder / "report.odt").write_bytes(document(page, title, outcome.scenario.quarter))
    csvw.write_indicators(folder / "indicators.csv", outcome)
    spreadsheet.write(folder, topic, outcome, result.tables)
    (folder / "tables").mkdir()
    for table in result.tables:
        csvw.write(folder / "tables", table)
    (folder / "charts").mkdir()
    for name in result.charts:
        (folder / "charts" / f"{name}.svg").write_text(_drawn(result, name), encoding="utf-8")


def _drawn(result: Result, name: str) -> str:
    try:
        return svg(result.charts[name])
    except Exception as error:
        cause = f"the chart {name} cannot be drawn: {first_line(error)}"
        details = traceback.format_exc()
        raise RunFailedError(result.run.topic.name, cause, details=details) from error
