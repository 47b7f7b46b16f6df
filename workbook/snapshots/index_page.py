"""The ``index.html`` of a snapshot: each topic's headline, and a link to every file."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbook.resources import read_page_style
from workbook.snapshots.jobs import SnapshotJob
from workbook.snapshots.page_templates import render_template
from workbook.snapshots.status_text import initial_status


def render_index_page(  # noqa: PLR0913  all that the page shows
    job: SnapshotJob,
    sections: Iterable[Mapping[str, Any]],
    *,
    made: str,
    python: str,
    code: str,
    revisions: Sequence[Mapping[str, str]],
    dataset: Mapping[str, Any],
    inputs: Mapping[str, str],
    papers: Sequence[Mapping[str, Any]],
) -> str:
    """Render the page.

    Args:
        job: What was made.
        sections: Each topic as ``describe_topic`` gives it.
        made: The day.
        python: Version of the interpreter that ran the notebooks.
        code: A sentence on the code.
        revisions: The quarter's revisions up to this one.
        dataset: The snapshot as a dataset of schema.org.
        inputs: Path of each table that was read, by its name.
        papers: The papers as ``list_papers`` gives them.

    Returns:
        The page.
    """
    return render_template(
        "snapshot.html.j2",
        quarter=job.quarter,
        edition=job.edition,
        without_figures=job.without_figures,
        is_trial=bool(job.trial),
        style=read_page_style(),
        status=initial_status(is_trial=bool(job.trial)),
        topics=list(sections),
        overdue_reason=job.overdue_reason,
        made=made,
        python=python,
        code=code,
        revisions=revisions,
        dataset=dataset,
        inputs=inputs,
        papers=papers,
    )
