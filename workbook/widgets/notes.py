"""What must be known of one part of an outcome, as a list."""

from html import escape

import traitlets

from workbook.outcome import Outcome
from workbook.widgets.widget import WorkbookWidget


class NotesWidget(WorkbookWidget):
    """The remarks of an outcome, a sentence or two each; they are read, and not announced."""

    notes = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def show(self, outcome: Outcome) -> None:
        """Show what must be known of this outcome."""
        self.notes = list(outcome.warnings_and_notes)

    def to_static_html(self) -> str:
        """The remarks as a list; nothing where there is none."""
        return notes_html(self.notes)


def notes_html(notes: list[str]) -> str:
    """Sentences as a list; nothing where there is none."""
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f'<ul class="wb-notes">{items}</ul>' if items else ""
