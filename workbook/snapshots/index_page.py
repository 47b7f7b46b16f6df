"""The ``index.html`` of a snapshot: each topic's headline, and a link to every file."""

from collections.abc import Iterable, Mapping
from typing import Any

from workbook.resources import read_page_style
from workbook.snapshots.page_templates import render_template
from workbook.snapshots.status_text import DRAFT_STATUS


def render_index_page(
    quarter: str,
    sections: Iterable[Mapping[str, Any]],
    provenance: Mapping[str, Any],
    overdue_reason: str = "",
) -> str:
    """Render the page.

    Args:
        quarter: The snapshot's quarter.
        sections: Each topic as ``describe_topic`` gives it.
        provenance: When the snapshot was made, and with which versions.
        overdue_reason: Why inputs are used after their review date.

    Returns:
        The page.
    """
    return render_template(
        "snapshot.html.j2",
        quarter=quarter,
        style=read_page_style(),
        status=DRAFT_STATUS,
        topics=list(sections),
        overdue_reason=overdue_reason,
        **provenance,
    )
