"""Write the papers of a snapshot, and list them with the logs for its first page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, NamedTuple

from workbook.accessibility_record import read_record
from workbook.analysis.assumptions_register import REGISTER_NAME, has_assumptions
from workbook.analysis.quality_assurance import LOG_NAME
from workbook.exports.word_document import page_to_docx
from workbook.resources import read_page_style
from workbook.snapshots.index_section import FileLink, make_link
from workbook.snapshots.jobs import SnapshotJob, TopicRun
from workbook.snapshots.page_templates import render_template
from workbook.snapshots.papers.transparency_record import build_record
from workbook.snapshots.status_text import initial_status
from workbook.text.dates import format_day

PAPERS_FOLDER: Final = "papers"
"""Folder of the papers, at the snapshot's root."""

_NOTES: Final = ("reader-notes.html", "What a reader must know")
_RECORD: Final = ("transparency-record.html", "Draft algorithmic transparency record")
_ACCESSIBILITY: Final = ("accessibility-statement.html", "Accessibility statement")
_RECORD_DOCUMENT: Final = "transparency-record.docx"


class RecordPaper(NamedTuple):
    """The transparency record: its page, and the same as a Word document."""

    page: str
    document: bytes


def render_record(job: SnapshotJob) -> RecordPaper:
    """Render the transparency record, which needs no outcome: it can be made meanwhile.

    Args:
        job: What is made.

    Returns:
        The record. The same job gives the same bytes.
    """
    page = _render_paper("paper_record.html.j2", job, _RECORD[1], sections=build_record(job))
    return RecordPaper(page, page_to_docx(page, f"{_RECORD[1]}, {job.quarter}", job.quarter))


def write_papers(
    folder: Path,
    job: SnapshotJob,
    sections: Sequence[Mapping[str, Any]],
    made: date,
    record: RecordPaper,
) -> None:
    """Write the papers into a snapshot. The same job, outcomes and day give the same bytes.

    Args:
        folder: The snapshot's folder, in which the topics' files already lie.
        job: What was made.
        sections: Each topic as ``describe_topic`` gives it.
        made: The day on which the snapshot is made.
        record: The transparency record of the job.
    """
    papers = folder / PAPERS_FOLDER
    papers.mkdir(exist_ok=True)
    test = read_record()
    pages = {
        _NOTES[0]: _render_paper(
            "paper_notes.html.j2",
            job,
            _NOTES[1],
            topics=sections,
            overdue_reason=job.overdue_reason,
        ),
        _RECORD[0]: record.page,
        _ACCESSIBILITY[0]: _render_paper(
            "paper_accessibility.html.j2",
            job,
            _ACCESSIBILITY[1],
            made=format_day(made),
            version=version("policy-workbook"),
            test=test,
            tested=format_day(test.tested_on),
        ),
    }
    for name, page in pages.items():
        (papers / name).write_text(page, encoding="utf-8", newline="")
    (papers / _RECORD_DOCUMENT).write_bytes(record.document)


def list_papers(folder: Path, runs: Iterable[TopicRun]) -> list[dict[str, Any]]:
    """List the papers and the logs of the topics.

    Args:
        folder: The snapshot's folder, with its papers.
        runs: The topics.

    Returns:
        Links to the files of each paper, the title of a log, and a sentence if it has none.
    """
    runs = list(runs)
    papers = folder / PAPERS_FOLDER
    return [
        _describe_paper("", [make_link(papers, *_NOTES)]),
        _describe_paper(
            "Assumptions log",
            _link_tables(
                folder, (run for run in runs if has_assumptions(run.topic)), REGISTER_NAME
            ),
            "no topic here has assumptions.",
        ),
        _describe_paper(
            "Quality assurance log",
            _link_tables(folder, runs, LOG_NAME),
            "no check is recorded. Record one with workbook assurance record.",
        ),
        _describe_paper(
            "",
            [
                make_link(papers, *_RECORD),
                make_link(papers, _RECORD_DOCUMENT, "the same as a Word document to fill in"),
            ],
        ),
        _describe_paper("", [make_link(papers, *_ACCESSIBILITY)]),
    ]


def _describe_paper(
    title: str, links: Iterable[FileLink], missing_text: str = ""
) -> dict[str, Any]:
    files = list(links)
    return {"title": title, "files": files, "missing_text": "" if files else missing_text}


def _link_tables(folder: Path, runs: Iterable[TopicRun], name: str) -> Iterator[FileLink]:
    for run in runs:
        path = f"tables/{name}.csv"
        if (folder / run.topic.name / path).is_file():
            yield make_link(folder / run.topic.name, path, run.topic.title)


def _render_paper(template: str, job: SnapshotJob, title: str, **values: Any) -> str:  # noqa: ANN401
    return render_template(
        template,
        title=title,
        quarter=job.quarter,
        edition=job.edition,
        style=read_page_style(),
        is_trial=bool(job.trial),
        status=initial_status(is_trial=bool(job.trial)),
        **values,
    )
