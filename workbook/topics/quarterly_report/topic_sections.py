"""The sections of the report: a topic each, as the topic itself declares them."""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from IPython.display import HTML

from workbook.indicators import IndicatorDefinition
from workbook.report_section import ReportSection
from workbook.topic import Topic

OWN_TABLES = frozenset({"changes", "claims", "compared", "refuted", "sections", "trends"})
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

    @property
    def heading(self) -> HTML:
        """The section's heading, and its introduction if it has one."""
        text = f"<h2>{escape(self.topic.title)}</h2>"
        if self.declared.introduction:
            text += f"\n<p>{escape(self.declared.introduction)}</p>"
        return HTML(f'<div class="wb-prose">{text}</div>')  # type: ignore[no-untyped-call]


def list_sections(topics: Iterable[Topic]) -> tuple[TopicSection, ...]:
    """List the sections of a report on these topics.

    Args:
        topics: The topics. Those that declare no section are left out.

    Returns:
        A section for each topic, in order. Where two charts have the same name, the second is
        named after its topic as well.
    """
    sections: list[TopicSection] = []
    names = set(OWN_TABLES)
    for topic in topics:
        if topic.report is None:
            continue
        chart = topic.report.chart
        name = f"{topic.name}_{chart}" if chart in names else chart
        names.add(name)
        sections.append(TopicSection(topic, topic.report, name))
    return tuple(sections)
