"""What a link showed when it was copied, and what has changed since."""

import logging
from collections.abc import Iterator
from html import escape

import traitlets

from workbook.analysis.change_attribution import attribute_changes, figures_of
from workbook.analysis.pin_text import (
    changes_table,
    describe_causes,
    describe_copied_figures,
    find_changed_figure,
)
from workbook.analysis.pins import PinError, PinnedRun, PinStore, read_current_run
from workbook.exports.table_content import EMPTY_TABLE_CONTENT, table_content
from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.topic import Topic
from workbook.widgets.widget import WorkbookWidget

_log = logging.getLogger(__name__)

_UNUSABLE = "The record of what this link showed cannot be used. The figures are today’s."
_NO_CAUSE = "The cause cannot be found."


class PinnedLinkWidget(WorkbookWidget):
    """The figures of a link on the day when it was copied, and today. Empty for other links.

    Traits:
        text: What the link showed then, and whether that is so today.
        causes: Why that has changed.
        content: The figures then and today, by cause.

    Args:
        topic: The topic.
        store: The records of links.
    """

    text = traitlets.Unicode().tag(sync=True)
    causes = traitlets.Unicode().tag(sync=True)
    content = traitlets.Dict(EMPTY_TABLE_CONTENT).tag(sync=True)

    def __init__(self, topic: Topic, store: PinStore) -> None:
        super().__init__()
        self._topic, self._store = topic, store

    def hide_record(self) -> None:
        """Show nothing: the page shows another scenario than that of the link."""
        with self.hold_sync():
            self.text, self.causes, self.content = "", "", EMPTY_TABLE_CONTENT

    def show_record(self, pin: str, outcome: Outcome) -> Iterator[None]:
        """Show what a link showed when it was copied. Today's figures do not depend on it.

        Args:
            pin: The name of the record in the link.
            outcome: Today's outcome of the link's scenario.

        Returns:
            Steps that find out why the figures have changed, and then show it.
        """
        self.hide_record()
        try:
            run = self._store.find(self._topic, pin)
            changed = find_changed_figure(run, outcome, self._key_indicators(outcome))
            self.text = describe_copied_figures(run, changed)
        except PinError as error:
            self.text = str(error)
            return iter(())
        except Exception:  # noqa: BLE001  today's figures do not depend on it
            _log.exception("The record of a link could not be shown")
            self.text = _UNUSABLE
            return iter(())
        return self._show_causes(run, outcome, changed)

    def _show_causes(
        self, run: PinnedRun, outcome: Outcome, changed: Indicator | None
    ) -> Iterator[None]:
        try:
            earlier = self._store.read_run(self._topic, run)
            today = read_current_run(self._topic, outcome)
            for changes in attribute_changes(self._topic, earlier, today):
                if changes is not None:
                    causes = describe_causes(run, outcome, changes, changed)
                    with self.hold_sync():
                        self.causes = causes
                        self.content = table_content(changes_table(outcome, changes))
                yield None
        except PinError as error:
            self.causes = str(error)
        except Exception:  # noqa: BLE001  as above
            _log.exception("The causes of a link's changes could not be found")
            self.causes = _NO_CAUSE

    def _key_indicators(self, outcome: Outcome) -> tuple[str, ...]:
        """The topic's key indicators; all of a topic that declares none."""
        return self._topic.key_indicators or tuple(figures_of(outcome))

    def describe_content(self) -> str:
        """What the link showed."""
        return f"{self.text} {self.causes}".rstrip()

    def to_static_html(self) -> str:
        """Render what the link showed; nothing for other links."""
        text = escape(self.describe_content())
        return f'<p class="wb-pinned">{text}</p>' if text else ""
