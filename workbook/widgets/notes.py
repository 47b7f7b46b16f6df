"""The notes of an outcome: the most important as a list, the others in a disclosure."""

from collections.abc import Sequence

import traitlets

from workbook.analysis.overdue_inputs import list_overdue_inputs
from workbook.outcome import Outcome
from workbook.text.grammar import format_count
from workbook.text.prose import to_prose_html
from workbook.widgets.widget import WorkbookWidget

_FIRST_NOTES = 3
"""Notes beside the answer. The others are opened on request."""


class NotesWidget(WorkbookWidget):
    """The notes of an outcome, the most important first. A change is not announced."""

    notes = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def show(self, outcome: Outcome) -> None:
        """Show what is overdue, the warnings and the notes of an outcome."""
        notes = (*list_overdue_inputs(outcome), *outcome.warnings_and_notes)
        self.notes = list(dict.fromkeys(notes))

    def show_section(self, part: Outcome) -> None:
        """Show the notes of a section; none where its topic has no figures."""
        if part.no_figures_reason:
            self.notes = []
        else:
            self.show(part)

    def describe_content(self) -> str:
        """How many notes there are."""
        return format_count(len(self.notes), "note")

    def to_static_html(self) -> str:
        """Render the notes as lists, the second in a disclosure; an empty text without notes."""
        first_notes, other_notes = self.notes[:_FIRST_NOTES], self.notes[_FIRST_NOTES:]
        if not other_notes:
            return _list_html(first_notes)
        summary = f"<summary>More notes ({len(other_notes)})</summary>"
        disclosure = f'<details class="wb-more">{summary}{_list_html(other_notes)}</details>'
        return _list_html(first_notes) + disclosure


def _list_html(notes: Sequence[str]) -> str:
    items = "".join(f"<li>{to_prose_html(note)}</li>" for note in notes)
    return f'<ul class="wb-notes">{items}</ul>' if items else ""
