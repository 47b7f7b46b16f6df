"""The notes of one section of an outcome, as a list."""

import traitlets

from workbook.outcome import Outcome
from workbook.widgets.prose import to_prose_html
from workbook.widgets.widget import WorkbookWidget


class NotesWidget(WorkbookWidget):
    """The notes of an outcome as a list. A change is not announced."""

    notes = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def show(self, outcome: Outcome) -> None:
        """Show the warnings and notes of an outcome."""
        self.notes = list(outcome.warnings_and_notes)

    def to_static_html(self) -> str:
        """Render the notes as a list; an empty text if there are none."""
        return notes_html(self.notes)


def notes_html(notes: list[str]) -> str:
    """Render notes as a list.

    Args:
        notes: The notes.

    Returns:
        An HTML list; an empty text if there are no notes.
    """
    items = "".join(f"<li>{to_prose_html(note)}</li>" for note in notes)
    return f'<ul class="wb-notes">{items}</ul>' if items else ""
