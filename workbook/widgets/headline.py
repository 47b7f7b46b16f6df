"""The answer as a sentence, announced to a screen reader when it changes."""

from html import escape

import traitlets

from workbook.widgets.widget import Widget


class Headline(Widget):
    """One sentence in a live region."""

    text = traitlets.Unicode().tag(sync=True)

    def still(self) -> str:
        """The sentence as a paragraph."""
        return f'<p class="wb-headline">{escape(self.text)}</p>'
