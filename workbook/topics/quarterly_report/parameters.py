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
        meaning="The quarter reported on, by what was known at the end of its last day.",
        group="Which quarter",
    )
    previous_quarter: OptionalQuarter = parameter(
        "",
        label="Compared with",
        unit="quarter",
        meaning="The quarter whose answers are set beside these. Blank: the one before.",
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
            explanation = f"it must lie before the quarter, {self.quarter}."
            yield value_error("previous_quarter", self.previous_quarter, explanation)
