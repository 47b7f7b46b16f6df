"""The heading of a topic's section in a report on topics."""

import os
from html import escape

import traitlets

from workbook.outcome import Outcome
from workbook.topic import Topic
from workbook.widgets.widget import WorkbookWidget, is_served_page


class SectionHeadingWidget(WorkbookWidget):
    """The heading of a topic's section and its introduction.

    Traits:
        title: The topic's title.
        address: Address of the topic's page; empty where no page is served.
        introduction: The section's introduction; empty if it has none.
        is_hidden: Whether the topic has no figures for the report's departments.

    Args:
        topic: The topic reported on.
    """

    title = traitlets.Unicode().tag(sync=True)
    address = traitlets.Unicode().tag(sync=True)
    introduction = traitlets.Unicode().tag(sync=True)
    is_hidden = traitlets.Bool().tag(sync=True)

    def __init__(self, topic: Topic) -> None:
        super().__init__(
            title=topic.title,
            address=f"{os.environ['VOILA_BASE_URL']}{topic.name}" if is_served_page() else "",
            introduction=topic.report.introduction if topic.report else "",
        )

    def show(self, outcome: Outcome) -> None:
        """Show the heading of a section if its topic has figures."""
        self.is_hidden = bool(outcome.no_figures_reason)

    def describe_content(self) -> str:
        """The topic's title."""
        return self.title

    def to_static_html(self) -> str:
        """Render the heading and the introduction; an empty text while hidden."""
        if self.is_hidden:
            return ""
        heading = escape(self.title)
        if self.address:
            heading = f'<a href="{escape(self.address)}">{heading}</a>'
        text = f"\n<p>{escape(self.introduction)}</p>" if self.introduction else ""
        return f'<div class="wb-prose"><h3>{heading}</h3>{text}</div>'
