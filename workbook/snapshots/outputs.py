"""Write a topic's outputs into its snapshot folder: report, indicators, tables and charts."""

import traceback
from pathlib import Path

from nbformat import NotebookNode

from workbook.exports import csvw, spreadsheet
from workbook.exports.document import to_odt
from workbook.exports.static_svg import to_static_svg
from workbook.exports.word_document import page_to_docx
from workbook.snapshots.errors import RunFailedError, first_line
from workbook.snapshots.grid_section import render_grid_section
from workbook.snapshots.quarter_before import render_changes
from workbook.snapshots.report import render_report
from workbook.snapshots.result import TopicResult
from workbook.snapshots.status_text import initial_status


def write_outputs(
    folder: Path, result: TopicResult, executed: NotebookNode, table_hashes: list[dict[str, str]]
) -> None:
    """Write every output except the notebook, which papermill has already written.

    Args:
        folder: The topic's folder in the snapshot.
        result: Outcome, tables and charts of the topic.
        executed: The executed notebook.
        table_hashes: Name and SHA-256 of each table that was read.

    Raises:
        RunFailedError: If a chart cannot be drawn.
    """
    outcome, topic = result.outcome, result.run.topic
    csvw.write_indicators(folder / "indicators.csv", outcome)
    changes = render_changes(result.run, table_hashes, folder.parent)
    page = render_report(executed, result.run, _draw_grid(result), changes)
    (folder / "report.html").write_text(page, encoding="utf-8", newline="")
    (folder / "charts").mkdir()  # first of all, since one process draws the charts of every topic
    for name in result.charts:
        (folder / "charts" / f"{name}.svg").write_text(_draw_chart(result, name), encoding="utf-8")
    status = initial_status(is_trial=result.run.is_trial)
    spreadsheet.write_spreadsheets(folder, topic, outcome, result.tables, status)
    (folder / "tables").mkdir()
    for table in result.tables:
        csvw.write_csvw(folder / "tables", table)
    if topic.is_document:  # last: with the fonts of its pictures Vega draws charts more slowly
        quarter = outcome.scenario.quarter
        title = ", ".join(filter(None, (topic.title, quarter, result.run.edition)))
        (folder / "report.odt").write_bytes(to_odt(page, title, quarter))
        (folder / "report.docx").write_bytes(page_to_docx(page, title, quarter))


def _draw_grid(result: TopicResult) -> str:
    try:
        return render_grid_section(result.run.topic, result.outcome, result.grid)
    except Exception as error:
        cause = f"the key chart cannot be drawn for other values: {first_line(error)}"
        details = traceback.format_exc()
        raise RunFailedError(result.run.topic.name, cause, details=details) from error


def _draw_chart(result: TopicResult, name: str) -> str:
    try:
        return to_static_svg(result.charts[name])
    except Exception as error:
        cause = f"the chart {name} cannot be drawn: {first_line(error)}"
        details = traceback.format_exc()
        raise RunFailedError(result.run.topic.name, cause, details=details) from error
