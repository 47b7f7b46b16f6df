"""The sections of the report: a topic each, as the topic itself declares them."""

from collections.abc import Iterable
from typing import NamedTuple

from workbook.indicators import IndicatorDefinition
from workbook.report_section import ReportSection
from workbook.topic import Topic

_RESERVED_NAMES = frozenset(
    {"bodies", "changes", "claims", "compared", "findings", "refuted", "sections", "trends"}
)
"""The report's own tables and charts: no section's chart can have such a name."""


class TopicSection(NamedTuple):
    """A topic's section of the report.

    ``chart`` is the name of the section's chart and of its table in the report.
    """

    topic: Topic
    declared: ReportSection
    chart: str

    @property
    def name(self) -> str:
        """Name of the topic."""
        return self.topic.name

    @property
    def indicators(self) -> tuple[str, ...]:
        """Names in the report of the indicators that the section shows."""
        return tuple(f"{self.name}.{indicator}" for indicator in self.declared.indicators)

    @property
    def definitions(self) -> tuple[IndicatorDefinition, ...]:
        """Definitions of the indicators that the section shows, in its order."""
        declared = {definition.name: definition for definition in self.topic.indicators}
        return tuple(declared[name] for name in self.declared.indicators)


def list_sections(topics: Iterable[Topic]) -> tuple[TopicSection, ...]:
    """List the sections of a report on these topics.

    Args:
        topics: The topics. Those that declare no section are left out.

    Returns:
        A section for each topic, in order. Where two charts have the same name, the second is
        named after its topic as well.
    """
    sections: list[TopicSection] = []
    names = set(_RESERVED_NAMES)
    for topic in topics:
        if topic.report is None:
            continue
        chart = topic.report.chart
        name = f"{topic.name}_{chart}" if chart in names else chart
        names.add(name)
        sections.append(TopicSection(topic, topic.report, name))
    return tuple(sections)
