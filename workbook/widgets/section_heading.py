"""The heading of a topic's section in a report on topics."""

import os
from html import escape

from IPython.display import HTML

from workbook.text.suggestions import unknown_name_message
from workbook.topic import Topic
from workbook.widgets.widget import is_served_page


def section_heading(report: Topic, name: str) -> HTML:
    """Write the heading of a topic's section, which on a served page links to the topic's page.

    Args:
        report: The topic that reports on others.
        name: Name of the topic reported on.

    Returns:
        The heading, and the section's introduction if it has one.

    Raises:
        KeyError: The report does not depend on a topic of this name; the message suggests one.
    """
    topics = {dependency.topic.name: dependency.topic for dependency in report.dependencies}
    if name not in topics:
        raise KeyError(unknown_name_message("section", name, list(topics)))
    heading = escape(topics[name].title)
    if is_served_page():
        heading = f'<a href="{escape(os.environ["VOILA_BASE_URL"])}{name}">{heading}</a>'
    declared = topics[name].report
    introduction = declared.introduction if declared else ""
    text = f"\n<p>{escape(introduction)}</p>" if introduction else ""
    return HTML(f'<div class="wb-prose"><h3>{heading}</h3>{text}</div>')  # type: ignore[no-untyped-call]
