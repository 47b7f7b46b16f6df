"""The headline of an outcome."""

import traitlets

from workbook.outcome import Outcome
from workbook.text.prose import to_prose_html
from workbook.widgets.widget import WorkbookWidget


class HeadlineWidget(WorkbookWidget):
    """The headline. The view of the changes announces a new one in a few words.

    Traits:
        study_id: Identifies the headline to the other views of its study.
        text: The headline.

    Args:
        study_id: The identifier of the study's form.
    """

    study_id = traitlets.Unicode().tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)

    def __init__(self, study_id: str) -> None:
        super().__init__()
        self.study_id = study_id

    def show(self, outcome: Outcome) -> None:
        """Show the headline of an outcome."""
        self.text = outcome.headline

    def describe_content(self) -> str:
        """The headline."""
        return self.text

    def to_static_html(self) -> str:
        """Render the headline as a paragraph, with a heading for those who read by headings."""
        return (
            '<h2 class="wb-visually-hidden">Main finding</h2>'
            f'<p class="wb-headline">{to_prose_html(self.text)}</p>'
        )
