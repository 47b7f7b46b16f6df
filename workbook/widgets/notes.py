"""What must be known of one part of an outcome, as a list."""

from html import escape

import traitlets

from workbook.outcome import Outcome
from workbook.widgets.widget import Widget


class Notes(Widget):
    """The remarks of an outcome, a sentence or two each; they are read, and not announced."""

    notes = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def show(self, outcome: Outcome) -> None:
        """Show what must be known of this outcome."""
        self.notes = list(outcome.remarks)

    def still(self) -> str:
        """The remarks as a list; nothing where there is none."""
        return still_notes(self.notes)


def still_notes(notes: list[str]) -> str:
    """Sentences as a list; nothing where there is none."""
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f'<ul class="wb-notes">{items}</ul>' if items else ""
