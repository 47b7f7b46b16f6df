"""An indicator over all quarters of an archive, and what it shows in sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from workbook.indicators import Indicator
from workbook.periods import quarters_between
from workbook.snapshots.site.contents import Archive, Revision
from workbook.text.grammar import format_count, join_items

_UNIT_WORDS: Final = {
    "people": "Number of people",
    "share": "Percentage",
    "GBP": "Pounds",
    "years": "Years",
    "months": "Months",
    "days": "Days",
    "quarter": "Quarter",
    "count": "Number",
    "index": "Index or ratio",
}


@dataclass(frozen=True)
class SeriesPoint:
    """An indicator in the latest revision of a quarter.

    Args:
        snapshot: Name and status of the snapshot.
        quarter: Its quarter.
        indicator: The indicator.
    """

    snapshot: str
    quarter: str
    indicator: Indicator

    @property
    def number(self) -> float | None:
        """The value as a number; None where it is not known or a quarter."""
        value = self.indicator.value
        return None if isinstance(value, str) else value


@dataclass(frozen=True)
class IndicatorSeries:
    """An indicator over the quarters of an archive.

    Args:
        topic: Name of the topic.
        points: The indicator in each quarter that has it, in order.
        last_quarter: The last quarter that has the topic.
    """

    topic: str
    points: tuple[SeriesPoint, ...]
    last_quarter: str

    @property
    def latest(self) -> Indicator:
        """The indicator in the last quarter that has it. Its label and unit are the series'."""
        return self.points[-1].indicator

    @property
    def drawn_points(self) -> tuple[SeriesPoint, ...]:
        """The points that one axis can show: numbers in the latest unit."""
        return tuple(
            point
            for point in self.points
            if point.number is not None and point.indicator.unit == self.latest.unit
        )

    @property
    def known_points(self) -> tuple[SeriesPoint, ...]:
        """The points with a value in the latest unit."""
        return tuple(
            point
            for point in self.points
            if point.indicator.value is not None and point.indicator.unit == self.latest.unit
        )

    @property
    def has_range(self) -> bool:
        """Whether any point has a P10 and a P90."""
        return any(point.indicator.formatted_range for point in self.points)

    @property
    def is_unchanged(self) -> bool:
        """Whether every quarter has the same figure, as a reader sees it."""
        figures = {(p.indicator.formatted_value, p.indicator.formatted_range) for p in self.points}
        return len(figures) == 1 and self.latest_quarter == self.last_quarter

    @property
    def latest_quarter(self) -> str:
        """The last quarter that has the indicator."""
        return self.points[-1].quarter

    @property
    def finding(self) -> str:
        """What the series shows, as a title without a full stop."""
        return f"{self.latest.label}: {self._describe_change()}"

    @property
    def subtitle(self) -> str:
        """What is measured, and what the bars are."""
        unit = _UNIT_WORDS[self.latest.unit]
        if self.latest.is_difference:
            unit = "Percentage points"
        has_bars = any(point.indicator.low is not None for point in self.drawn_points)
        return f"{unit}. Bars: P10 to P90 of the simulations" if has_bars else unit

    @property
    def description(self) -> str:
        """The chart in sentences, for people who cannot see it."""
        points = self.drawn_points
        lowest = min(points, key=lambda point: point.number or 0)
        highest = max(points, key=lambda point: point.number or 0)
        quarters = format_count(len(points), "quarter")
        return (
            f"Line over {quarters}. Lowest: {lowest.indicator.formatted_value}"
            f" in {lowest.quarter}. Highest: {highest.indicator.formatted_value}"
            f" in {highest.quarter}."
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on quarters that the line leaves out, and on what was measured otherwise."""
        return tuple(self._find_notes())

    def _describe_change(self) -> str:
        known = self.known_points
        if not known:
            return "not known in any quarter"
        first, last = known[0], known[-1]
        text = last.indicator.formatted_value
        if last.quarter != self.last_quarter:
            return f"{text} in {last.quarter}, not known since"
        if len(known) == 1:
            return f"{text} in {last.quarter}, not known before"
        if first.indicator.formatted_value == text:
            return f"{text} in {first.quarter} and in {last.quarter}"
        return (
            f"{self._find_verb(first, last)} from {first.indicator.formatted_value}"
            f" in {first.quarter} to {text} in {last.quarter}"
        )

    @staticmethod
    def _find_verb(first: SeriesPoint, last: SeriesPoint) -> str:
        if first.number is None or last.number is None:
            return "changed"
        return "rose" if last.number > first.number else "fell"

    def _find_notes(self) -> Iterator[str]:
        points = self.points
        if unknown := [point.quarter for point in points if point.indicator.value is None]:
            yield f"Not known in {join_items(unknown)}."
        if others := [p.quarter for p in points if p.indicator.unit != self.latest.unit]:
            yield f"In {join_items(others)} it had another unit, so the chart leaves it out."
        gaps = [
            f"{before.quarter} and {after.quarter}"
            for before, after in pairwise(points)
            if quarters_between(before.quarter, after.quarter) > 1
        ]
        if gaps:
            yield f"The archive has no figure between {join_items(gaps)}."
        labels = dict.fromkeys(point.indicator.label for point in points)
        if len(labels) > 1:
            yield "What is measured has changed: the table has each snapshot’s label."


def build_series(archive: Archive, topic: str) -> list[IndicatorSeries]:
    """Build the series of a topic from the current revision of each quarter.

    A report repeats figures of other topics as ``TOPIC.INDICATOR``. Where the archive has that
    topic they are left out, as its own page has them.

    Args:
        archive: The archive.
        topic: Name of the topic.

    Returns:
        A series for each indicator: those of the last quarter in their order, then earlier ones.
    """
    revisions = [revision for revision in archive.current_revisions if topic in revision.topics]
    known = {name for revision in archive.revisions for name in revision.topics}
    names = dict.fromkeys(
        name for revision in reversed(revisions) for name in revision.topics[topic].indicators
    )
    return [
        IndicatorSeries(topic, tuple(_find_points(revisions, topic, name)), revisions[-1].quarter)
        for name in names
        if "." not in name or name.partition(".")[0] not in known
    ]


def _find_points(revisions: Sequence[Revision], topic: str, name: str) -> Iterator[SeriesPoint]:
    for revision in revisions:
        if indicator := revision.topics[topic].indicators.get(name):
            yield SeriesPoint(revision.title, revision.quarter, indicator)
