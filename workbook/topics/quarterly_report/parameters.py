"""Parameters of the quarterly report: the quarter, and the quarter to compare it with."""

from collections.abc import Iterator

from workbook.periods import OptionalQuarter, Quarter, last_day_of_quarter, shift_quarter
from workbook.scenario import ParameterError, Scenario, parameter, value_error


class QuarterlyReport(Scenario):
    """The quarter of the report. Every topic is evaluated with its published parameters."""

    quarter: Quarter = parameter(
        "2014-Q2",
        label="Quarter",
        unit="quarter",
        meaning=(
            "A year and a quarter, for example 2014-Q2 for April to June 2014. The report uses "
            "what was known at the end of its last day."
        ),
        group="Which quarter",
    )
    previous_quarter: OptionalQuarter = parameter(
        "",
        label="Compare with",
        unit="quarter",
        meaning="An earlier quarter. Leave blank for the one before.",
        group="Which quarter",
    )

    @property
    def compared_quarter(self) -> str:
        """The quarter to compare with."""
        return self.previous_quarter or shift_quarter(self.quarter, -1)

    def cross_field_errors(self) -> Iterator[ParameterError]:
        """Check that the quarter to compare with is earlier."""
        if self.previous_quarter and last_day_of_quarter(
            self.previous_quarter
        ) >= last_day_of_quarter(self.quarter):
            explanation = f"it must be earlier than the quarter of the report, {self.quarter}."
            yield value_error("previous_quarter", self.previous_quarter, explanation)
