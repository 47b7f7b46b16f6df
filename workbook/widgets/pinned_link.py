"""What a link showed when it was copied, and what has changed since."""

from collections.abc import Iterator
from html import escape

import traitlets

from workbook.analysis.change_attribution import attribute_changes, figures_of
from workbook.analysis.pin_text import changes_table, describe_causes, describe_copied_figures
from workbook.analysis.pins import PinError, PinnedRun, PinStore
from workbook.outcome import Outcome
from workbook.topic import Topic
from workbook.widgets.table import EMPTY_TABLE_CONTENT, table_content
from workbook.widgets.widget import WorkbookWidget


class PinnedLinkWidget(WorkbookWidget):
    """The figures of a link on the day when it was copied, and today. Empty for other links.

    Traits:
        text: What the link showed then, and why that has changed.
        content: The figures then and today, by cause.

    Args:
        topic: The topic.
        store: The records of links.
    """

    text = traitlets.Unicode().tag(sync=True)
    content = traitlets.Dict(EMPTY_TABLE_CONTENT).tag(sync=True)

    def __init__(self, topic: Topic, store: PinStore) -> None:
        super().__init__()
        self._topic, self._store = topic, store

    def clear(self) -> None:
        """Show nothing: the page shows another scenario than that of the link."""
        with self.hold_sync():
            self.text, self.content = "", EMPTY_TABLE_CONTENT

    def show_record(self, pin: str, outcome: Outcome) -> Iterator[None]:
        """Show what a link showed when it was copied.

        Args:
            pin: The name of the record in the link.
            outcome: Today's outcome of the link's scenario.

        Returns:
            Steps that find out why the figures have changed, and then show it.
        """
        try:
            run = self._store.find(self._topic, pin)
        except PinError as error:
            self.text = str(error)
            return iter(())
        copied_figures = describe_copied_figures(run, outcome, self._key_indicators(outcome))
        self.text = copied_figures
        return self._show_causes(run, outcome, copied_figures)

    def _show_causes(self, run: PinnedRun, outcome: Outcome, copied_figures: str) -> Iterator[None]:
        try:
            earlier = self._store.read_run(self._topic, run)
        except PinError as error:
            self.text = f"{copied_figures} {error}"
            return
        for changes in attribute_changes(self._topic, earlier, outcome):
            if changes is not None:
                causes = describe_causes(run, outcome, changes, self._key_indicators(outcome))
                with self.hold_sync():
                    self.text = f"{copied_figures} {causes}"
                    self.content = table_content(changes_table(outcome, changes))
            yield None

    def _key_indicators(self, outcome: Outcome) -> tuple[str, ...]:
        """The topic's key indicators; all of a topic that declares none."""
        return self._topic.key_indicators or tuple(figures_of(outcome))

    def describe_content(self) -> str:
        """What the link showed."""
        return self.text

    def to_static_html(self) -> str:
        """Render what the link showed; nothing for other links."""
        return f'<p class="wb-pinned">{escape(self.text)}</p>' if self.text else ""
