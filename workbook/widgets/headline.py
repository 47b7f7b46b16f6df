"""The headline of an outcome, announced when it changes, and the notes below it."""

import traitlets

from workbook.outcome import Outcome
from workbook.widgets.notes import notes_html
from workbook.widgets.prose import to_prose_html
from workbook.widgets.widget import WorkbookWidget


class HeadlineWidget(WorkbookWidget):
    """The headline in a live region, and the outcome's notes as a list below it."""

    text = traitlets.Unicode().tag(sync=True)
    notes = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def show(self, outcome: Outcome) -> None:
        """Show the headline and notes of an outcome."""
        with self.hold_sync():
            self.text, self.notes = outcome.headline, list(outcome.warnings_and_notes)

    def to_static_html(self) -> str:
        """Render the headline as a paragraph and the notes as a list."""
        return f'<p class="wb-headline">{to_prose_html(self.text)}</p>{notes_html(self.notes)}'
