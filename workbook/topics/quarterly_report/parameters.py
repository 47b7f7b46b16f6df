"""Parameters of the quarterly report: the quarter, and the quarter to compare it with."""

from collections.abc import Iterator

from workbook.periods import OptionalQuarter, Quarter, last_day_of_quarter, shift_quarter
from workbook.scenario import DepartmentList, ParameterError, Scenario, parameter, value_error
from workbook.scenario.table_parameters import own_table_parameter, table_parameter

_TABLES_GROUP = "Data"


class QuarterlyReport(Scenario):
    """The quarter of the report and its tables. Topics keep their other published parameters."""

    quarter: Quarter = parameter(
        "2014-Q2",
        label="Quarter to report on",
        unit="quarter",
        meaning=Scenario.parameters()["quarter"].meaning,
        group="Quarters",
    )
    department: DepartmentList = parameter(
        "",
        label="Departments",
        unit="list",
        meaning=(
            "Only figures of these departments, separated by semicolons. A topic that has none"
            " says so. Blank: all of government."
        ),
        group="Quarters",
    )
    previous_quarter: OptionalQuarter = parameter(
        "",
        label="Quarter to compare with",
        unit="quarter",
        meaning="An earlier quarter. Leave blank for the one before.",
        group="Quarters",
    )
    take_up_data: str = table_parameter("take_up", label="Table of services", group=_TABLES_GROUP)
    kpi_data: str = parameter(
        "",
        label="Table of service indicators",
        unit="text",
        meaning="A table of your own services. Leave blank for none.",
        group=_TABLES_GROUP,
        choice_of="service_kpis",
    )
    assisted_data: str = own_table_parameter(
        "assisted_digital_shares",
        label="Table of users at each level",
        meaning=("Share of users at each level of digital inclusion. Leave blank for none."),
        group=_TABLES_GROUP,
    )
    discount_data: str = table_parameter(
        "discount_rates", label="Table of discount rates", group=_TABLES_GROUP
    )
    sales: str = parameter(
        "",
        label="Table of G-Cloud sales",
        unit="text",
        meaning="The published file of G-Cloud sales. Leave blank to use the published totals.",
        group=_TABLES_GROUP,
        choice_of="gcloud_sales",
    )

    consultations_data: str = table_parameter(
        "consultations", label="Table of consultations", group=_TABLES_GROUP
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
