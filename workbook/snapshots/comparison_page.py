"""The page of a comparison of two snapshots, and the record of its changes as JSON."""

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

import pandas as pd

from workbook.analysis.change_attribution import CAUSES
from workbook.analysis.charts import draw_waterfall
from workbook.exports.outcome_page import draw_figure
from workbook.html_tables import to_html_table
from workbook.resources import read_page_style
from workbook.snapshots.change_sizes import SIZE_RULE
from workbook.snapshots.comparison_narrative import (
    CAUSE_LABELS,
    changed_indicators,
    changes_frame,
    comparison_headline,
    comparison_notes,
    describe_change,
    format_change,
    key_changes,
    order_note,
)
from workbook.snapshots.page_templates import render_template
from workbook.snapshots.report import make_scrollable
from workbook.snapshots.revision_text import (
    cells_frame,
    describe_revision,
    figures_frame,
    revision_as_dict,
    subjects_frame,
)
from workbook.snapshots.sign_off import read_status
from workbook.snapshots.snapshot_comparison import IndicatorComparison, SnapshotComparison

_MOST_CELLS: Final = 200
"""Revised cells of a table that the page lists, at most. ``changes.json`` has them all."""

_COUNTED_LATER: Final = "counted with a later cause"
_METHOD: Final = "the causes in the order shown"


def render_comparison(comparison: SnapshotComparison, links: Mapping[str, str]) -> str:
    """Render the page.

    Args:
        comparison: The comparison.
        links: Address of each snapshot's page by its name; none where it is not beside this page.

    Returns:
        The HTML page, which needs no network.
    """
    changed = changed_indicators(comparison)
    return render_template(
        "comparison.html.j2",
        earlier=comparison.earlier.name,
        later=comparison.later.name,
        snapshots=[
            {"name": side.name, "address": links.get(side.name, ""), "status": read_status(side)}
            for side in (comparison.earlier, comparison.later)
        ],
        style=read_page_style(),
        headline=comparison_headline(comparison),
        sentences=[describe_change(comparison, entry) for entry in key_changes(comparison)],
        order=order_note(),
        rule=SIZE_RULE,
        changes=_table_html(changes_frame(comparison), "Figures that changed", is_folded=True),
        waterfalls=list(_draw_waterfalls(comparison, changed)),
        revisions=list(_render_revisions(comparison)),
        notes=list(comparison_notes(comparison)),
    )


def build_changes_record(comparison: SnapshotComparison) -> str:
    """Build ``changes.json``: what ``compare --json`` prints, with how large each change is.

    Args:
        comparison: The comparison.

    Returns:
        The text of the file.
    """
    record: dict[str, Any] = comparison.as_dict()
    record["status"] = {
        "from": read_status(comparison.earlier),
        "to": read_status(comparison.later),
    }
    record["rule"] = SIZE_RULE
    for entry, indicator in zip(comparison.indicators, record["indicators"], strict=True):
        indicator |= {"label": entry.later.label, "unit": entry.later.unit, "change": entry.size}
    record["parameters"] = [
        {
            "topic": compared.topic.name,
            "name": change.parameter.name,
            "from": change.before,
            "to": change.now,
        }
        for compared in comparison.topics
        for change in compared.parameters
    ]
    record["tables"] = [
        {**revision_as_dict(revision), "text": describe_revision(revision)}
        for revision in comparison.revisions
    ]
    record["notes"] = list(comparison_notes(comparison))
    return json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _draw_waterfalls(
    comparison: SnapshotComparison, changed: list[IndicatorComparison]
) -> Iterator[str]:
    """A waterfall with its table for each key indicator that changed and is a number."""
    for compared in comparison.topics:
        names = compared.key_indicators
        for entry in changed:
            is_key = entry.topic == compared.topic.name and entry.later.name in names
            if is_key and entry.change.difference:
                yield _draw_waterfall(comparison, entry)


def _draw_waterfall(comparison: SnapshotComparison, entry: IndicatorComparison) -> str:
    contributions = [(CAUSE_LABELS[cause], entry.change.contributions[cause]) for cause in CAUSES]
    figure = draw_waterfall(
        [(comparison.earlier.name, entry.earlier), (comparison.later.name, entry.later)],
        [(label, amount or 0.0) for label, amount in contributions],
        _METHOD,
        "",
    )
    rows = [
        (comparison.earlier.name, entry.earlier.formatted_value),
        *(
            (label, _COUNTED_LATER if amount is None else format_change(entry, amount))
            for label, amount in contributions
        ),
        (comparison.later.name, entry.later.formatted_value),
    ]
    frame = pd.DataFrame(rows, columns=["Step", "Value or change"])
    return draw_figure(figure) + _table_html(frame, f"{entry.later.label}, by cause")


def _render_revisions(comparison: SnapshotComparison) -> Iterator[dict[str, str]]:
    for revision in comparison.revisions:
        title, count = revision.table.title, len(revision.changes)
        shown = f", the first {_MOST_CELLS} of {count:,}" if count > _MOST_CELLS else ""
        frames = {
            f"{title}: revised figures by period": figures_frame(revision),
            f"{title}: names removed or added": subjects_frame(revision),
            f"{title}: revised cells{shown}": cells_frame(revision, _MOST_CELLS),
        }
        tables = (
            _table_html(frame, caption, is_folded=True)
            for caption, frame in frames.items()
            if not frame.empty
        )
        yield {"title": title, "text": describe_revision(revision), "tables": "".join(tables)}


def _table_html(frame: pd.DataFrame, caption: str, *, is_folded: bool = False) -> str:
    if frame.empty:
        return f"<p>{escape(caption)}: none.</p>"
    return make_scrollable(to_html_table(frame, caption, is_folded=is_folded))
