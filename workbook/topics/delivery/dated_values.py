"""A value of an indicator with the period that it describes, or why it is missing."""

from dataclasses import dataclass

from workbook.indicators import MISSING_LABEL
from workbook.periods import last_day_of_quarter, period_end
from workbook.text.dates import format_month
from workbook.topics.delivery.selection import DeliverySelection

NOT_SELECTED = "not part of the selected departments and programmes"
"""Why an indicator has no value where no row of it is selected."""


@dataclass(frozen=True)
class DatedValue:
    """A value with the period that it describes, or why it is missing.

    Attributes:
        value: The figure, None where it is not known.
        period: Month or day that it describes; empty where that is the quarter itself.
        missing_reason: Why there is no figure.
        note: A note on the value.
        missing_label: What a reader sees in place of a missing figure.
        as_of: Newest period of the data behind a figure of the quarter itself.
        label_ending: What follows the label, where it is not the month of an earlier figure.
    """

    value: float | None
    period: str = ""
    missing_reason: str = ""
    note: str = ""
    missing_label: str = MISSING_LABEL
    as_of: str = ""
    label_ending: str = ""

    def label_suffix(self, quarter: str) -> str:
        """The month in brackets, where the figure is not for the last month of the quarter."""
        if self.label_ending or not self.period or self.value is None:
            return self.label_ending
        is_earlier = f"{period_end(self.period):%Y-%m}" != f"{last_day_of_quarter(quarter):%Y-%m}"
        return f" ({format_month(self.period)})" if is_earlier else ""


def explain_missing(selection: DeliverySelection, subject: str = "nothing") -> str:
    """Say why a figure is missing: it is not selected, or not published yet.

    Args:
        selection: The selected data.
        subject: What was not published.

    Returns:
        The reason.
    """
    if selection.is_filtered:
        return NOT_SELECTED
    return f"{subject} was published by {format_month(selection.day)}"
