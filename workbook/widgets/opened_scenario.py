"""The saved scenario that was opened: whose it is, why, and what has changed since."""

from html import escape

import traitlets

from workbook.scenario import OpenedScenario, Scenario
from workbook.text.dates import format_day
from workbook.text.grammar import format_count
from workbook.widgets.migration_text import migration_sentences
from workbook.widgets.widget import WorkbookWidget

_SINCE = "Since it was saved, the workbook has changed:"


class OpenedScenarioWidget(WorkbookWidget):
    """A notice about the saved scenario that the page shows. Empty once anything is changed.

    Traits:
        text: Name, author, day and reason of the scenario.
        migrations: What has happened to its parameters since it was saved.
    """

    text = traitlets.Unicode().tag(sync=True)
    migrations = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def show(self, opened: OpenedScenario[Scenario], shown: Scenario) -> None:
        """Show whose scenario was opened.

        Args:
            opened: The scenario from its file.
            shown: The scenario on the page, which may have further changes.
        """
        with self.hold_sync():
            self.text = describe_opened(opened, shown)
            self.migrations = migration_sentences(opened.migrations, opened.scenario.parameters())

    def hide(self) -> None:
        """Show nothing: the page shows another scenario."""
        with self.hold_sync():
            self.text, self.migrations = "", []

    def describe_content(self) -> str:
        """The notice in a line."""
        return " ".join([self.text, *self.migrations]).strip()

    def to_static_html(self) -> str:
        """Render the notice; nothing where no saved scenario was opened."""
        if not self.text:
            return ""
        items = "".join(f"<li>{escape(sentence)}</li>" for sentence in self.migrations)
        since = f"<p>{_SINCE}</p><ul>{items}</ul>" if items else ""
        return f'<div class="wb-notice"><p>{escape(self.text)}</p>{since}</div>'


def describe_opened(opened: OpenedScenario[Scenario], shown: Scenario) -> str:
    """Say whose scenario it is, from when, and why.

    Args:
        opened: The scenario from its file.
        shown: The scenario on the page, which may have further changes.

    Returns:
        A sentence, and the reason if the file gives one.
    """
    content = opened.file
    author = f" by {content.author}" if content.author else ""
    day = f" on {format_day(content.date)}" if content.date else ""
    saved = f", saved{author}{day}" if author or day else ""
    name = f"“{content.name}”" if content.name else "a file without a name"
    old, new = opened.scenario.values(), shown.values()
    count = sum(old[parameter] != value for parameter, value in new.items())
    text = f"Based on {name}{saved}, with {format_count(count, 'change')}."
    if not count:
        text = f"Opened: {name}{saved}."
    return f"{text} {content.rationale}".rstrip()
