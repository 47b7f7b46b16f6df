"""The pages of an archive's site."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from workbook.departments import edition_title
from workbook.html_tables import to_html_table
from workbook.resources import read_page_style
from workbook.snapshots.page_templates import TEMPLATES, render_template
from workbook.snapshots.report import make_scrollable
from workbook.snapshots.site.contents import Archive, Comparison, Revision, TopicEntry
from workbook.snapshots.site.series import IndicatorSeries, build_series
from workbook.snapshots.site.series_chart import draw_series
from workbook.text.grammar import format_count

SITE_GENERATOR: Final = "workbook archive"
"""What marks the site's first page."""

_RANGE_LABEL: Final = "P10 to P90"


def list_topics(archive: Archive) -> list[TopicEntry]:
    """List the topics of the current revisions, each as its newest snapshot has it.

    Args:
        archive: The archive.

    Returns:
        The topics, those of the newest snapshot first.
    """
    topics: dict[str, TopicEntry] = {}
    for revision in reversed(archive.current_revisions):
        topics = {**topics, **{n: t for n, t in revision.topics.items() if n not in topics}}
    return [*topics.values()]


def render_archive_page(archive: Archive) -> str:
    """Render the first page.

    Args:
        archive: The archive, with at least one revision or edition.

    Returns:
        The HTML, whose addresses are relative to the archive's folder.
    """
    quarters = [*archive.quarters]
    listed = [_describe_quarter(archive, quarter) for quarter in reversed(quarters)]
    shown = [comparison for quarter in listed for comparison in quarter["comparisons"]]
    return _render_page(
        "archive.html.j2",
        archive=archive,
        archive_style=_read_archive_style(),
        summary=_summarise_quarters(quarters),
        title=_write_title(archive),
        topics=list_topics(archive),
        quarters=listed,
        other_comparisons=[entry for entry in archive.comparisons if entry not in shown],
        problems=archive.problems,
    )


def _write_title(archive: Archive) -> str:
    title = "Archive of quarterly snapshots"
    return f"{title}: {edition_title(archive.department)}" if archive.department else title


def _summarise_quarters(quarters: list[str]) -> str:
    if not quarters:
        return "No snapshot of all of government yet."
    count = format_count(len(quarters), "quarter")
    span = f"from {quarters[0]} to {quarters[-1]}" if len(quarters) > 1 else quarters[0]
    return f"{count.capitalize()}: {span}."


def render_quarter_page(current: Revision) -> str:
    """Render the page that redirects from a quarter to its current revision.

    Args:
        current: That revision.

    Returns:
        The HTML, whose addresses are relative to the quarter's folder.
    """
    return _render_page("archive_quarter.html.j2", current=current)


def render_topic_page(archive: Archive, topic: TopicEntry) -> str:
    """Render a topic's indicators over all quarters.

    Args:
        archive: The archive.
        topic: The topic as its newest snapshot has it.

    Returns:
        The HTML, whose addresses are relative to the folder of the topics' pages.
    """
    series = build_series(archive, topic.name)
    revisions = [entry for entry in archive.current_revisions if topic.name in entry.topics]
    has_one_quarter = len(revisions) == 1
    unchanged = series if has_one_quarter else [entry for entry in series if entry.is_unchanged]
    return _render_page(
        "archive_topic.html.j2",
        archive=archive,
        archive_style=_read_archive_style(),
        topic=topic,
        current=revisions[-1],
        has_one_quarter=has_one_quarter,
        quarter_count=len(revisions),
        charts=[_describe_chart(entry) for entry in series if entry not in unchanged],
        unchanged=_figures_table(unchanged),
        comparisons=[*_find_comparisons(archive, topic.name)],
        repeated=_find_repeated(archive, topic),
    )


def _render_page(template: str, **values: Any) -> str:  # noqa: ANN401  what the template takes
    """Render a page with its style and the mark that it is of the site."""
    return render_template(template, generator=SITE_GENERATOR, style=read_page_style(), **values)


def _describe_quarter(archive: Archive, quarter: str) -> dict[str, Any]:
    revisions = archive.quarters[quarter]
    names = {revision.name for revision in revisions}
    return {
        "name": quarter,
        "current": archive.current_revision(quarter),
        "latest": revisions[-1],
        "revisions": revisions,
        "comparisons": [entry for entry in archive.comparisons if entry.later in names],
    }


def _find_comparisons(archive: Archive, topic: str) -> Iterator[Comparison]:
    """Comparisons of two snapshots of the topic, whatever their revisions."""
    names = {entry.name for entry in archive.revisions if topic in entry.topics}
    for comparison in archive.comparisons:
        if {comparison.earlier, comparison.later} <= names:
            yield comparison


def _find_repeated(archive: Archive, topic: TopicEntry) -> list[TopicEntry]:
    """The other topics whose figures a report repeats."""
    owners = {name.partition(".")[0] for name in topic.indicators if "." in name}
    return [entry for entry in list_topics(archive) if entry.name in owners]


def _describe_chart(series: IndicatorSeries) -> dict[str, Any]:
    return {
        "name": series.latest.name,
        "series": series,
        "svg": draw_series(series) if len(series.drawn_points) > 1 else "",
        "table": _series_table(series),
    }


def _series_table(series: IndicatorSeries) -> str:
    """The series as a table, without columns that are empty."""
    labels = {point.indicator.label for point in series.points}
    rows = [
        {
            "Snapshot": point.snapshot,
            "Value": point.indicator.formatted_value,
            _RANGE_LABEL: point.indicator.formatted_range,
            "Label": point.indicator.label if len(labels) > 1 else "",
            "Note": point.indicator.explanation,
        }
        for point in series.points
    ]
    return _to_table(pd.DataFrame(rows), series.latest.label)


def _figures_table(series: list[IndicatorSeries]) -> str:
    """The latest figures as a table; empty where there are none."""
    rows = [
        {
            "Indicator": entry.latest.label,
            "Value": entry.latest.formatted_value,
            _RANGE_LABEL: entry.latest.formatted_range,
            "Note": entry.latest.explanation,
        }
        for entry in series
    ]
    return _to_table(pd.DataFrame(rows), "Indicators") if rows else ""


def _to_table(frame: pd.DataFrame, caption: str) -> str:
    filled = frame.loc[:, (frame != "").any()]
    return make_scrollable(to_html_table(filled, caption))


def _read_archive_style() -> str:
    return (TEMPLATES / "archive.css").read_text(encoding="utf-8")
