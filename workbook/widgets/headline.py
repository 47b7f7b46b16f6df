"""The answer as a sentence, announced when it changes, and what must be known beside it."""

from html import escape

import traitlets

from workbook.outcome import Outcome
from workbook.widgets.notes import notes_html
from workbook.widgets.widget import WorkbookWidget


class HeadlineWidget(WorkbookWidget):
    """One sentence in a live region, and the outcome's notes as a list beneath it."""

    text = traitlets.Unicode().tag(sync=True)
    notes = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def show(self, outcome: Outcome) -> None:
        """Show this outcome's headline and notes."""
        with self.hold_sync():
            self.text, self.notes = outcome.headline, list(outcome.warnings_and_notes)

    def to_static_html(self) -> str:
        """The sentence as a paragraph, the notes as a list."""
        return f'<p class="wb-headline">{escape(self.text)}</p>{notes_html(self.notes)}'
