"""Parameters of take-up: selection, comparison and forecast."""

from collections.abc import Iterator
from typing import Literal

from workbook.periods import OptionalQuarter, last_day_of_quarter
from workbook.scenario import NameList, ParameterError, Scenario, join_list, parameter, value_error

_STRATEGY = "Government Digital Strategy, November 2012"
_MACHINE_MADE_SERVICES = ("Stamp Duty Reserve Tax transactions", "PAYE transactions")
_MAX_HORIZON = 40
"""The longest forecast, in quarters."""

DigitalDefinition = Literal["published", "assisted excluded", "assisted included"]
ForecastCurve = Literal["best", "logistic", "gompertz", "bass", "ets", "naive"]


class TakeUp(Scenario):
    """Which services are selected, which windows are compared, and how take-up is forecast."""

    department: NameList = parameter(
        "",
        label="Departments",
        unit="list",
        meaning="Only services of these departments, separated by semicolons. Empty: all.",
        group="Which services",
    )
    function: NameList = parameter(
        "",
        label="Functions",
        unit="list",
        meaning="Only services that do this, such as Making a payment. Empty: all.",
        group="Which services",
    )
    services: NameList = parameter(
        "",
        label="Services",
        unit="list",
        meaning="Only these services, separated by semicolons. Empty: all.",
        group="Which services",
    )
    exclude: NameList = parameter(
        join_list(_MACHINE_MADE_SERVICES),
        label="Services left out",
        unit="list",
        meaning=(
            "Services left out of the answer. The two left out as published are made by machines "
            "and employers, and are large enough to hide everything else."
        ),
        source="32% and 34% of the shipped table’s volume in the year to June 2014",
        quality="green",
        group="Which services",
    )
    compare_with: OptionalQuarter = parameter(
        "",
        label="Compared with the year to the end of",
        unit="quarter",
        meaning=(
            "The quarter in which the twelve months compared with end. "
            "Blank: four quarters before the latest, so that no month is counted twice."
        ),
        group="Which services",
    )
    service: str = parameter(
        "",
        label="Service in detail",
        unit="text",
        meaning="The service whose own figures are shown. None: the one that moved take-up most.",
        group="Which services",
    )
    definition: DigitalDefinition = parameter(
        "published",
        label="What counts as digital",
        unit="text",
        meaning=(
            "As published; or, where the table has the counts, without transactions that staff "
            "made for somebody (the manual of 2013 to 2016) or with them (today’s)."
        ),
        group="Which services",
    )
    target: float = parameter(
        0.82,
        label="Target for take-up",
        unit="share",
        meaning="The share of transactions to be made digitally.",
        bounds=(0, 1),
        source=f"{_STRATEGY}: the share of adults online in 2012, its aim within five years",
        group="Forecast",
    )
    horizon: int = parameter(
        12,
        label="Quarters ahead",
        unit="count",
        meaning="How many quarters the forecast goes ahead.",
        bounds=(1, _MAX_HORIZON),
        group="Forecast",
    )
    curve: ForecastCurve = parameter(
        "best",
        label="Curve",
        unit="text",
        meaning=(
            "How the path is continued. Best: the curve that would have been nearest in the past, "
            "and no change where none would have beaten that."
        ),
        group="Forecast",
    )
    ceiling: float = parameter(
        0.98,
        label="Highest take-up that a curve may end at",
        unit="share",
        meaning="No curve may come to rest above this.",
        bounds=(0.001, 1),
        source="Some people will always need another way: assumption",
        quality="red",
        group="Forecast",
    )
    interval: float = parameter(
        0.80,
        label="Likely range holds",
        unit="share",
        meaning="The chance with which the range tested against the past holds what comes.",
        bounds=(0.001, 0.999),
        group="Forecast",
    )
    data: str = parameter(
        "take_up",
        label="Table",
        unit="text",
        meaning="The table of services: the shipped one, or one of your own.",
        group="Data and simulations",
        choice_of="take_up",
    )
    kpi_data: str = parameter(
        "",
        label="Table of service indicators",
        unit="text",
        meaning=(
            "Completed, started, ratings and cost of your own services, from which the four "
            "service indicators are worked out. None is published."
        ),
        group="Data and simulations",
        choice_of="service_kpis",
    )

    def cross_field_errors(self) -> Iterator[ParameterError]:
        """Check that the earlier window is before the quarter."""
        if self.compare_with and last_day_of_quarter(self.compare_with) >= last_day_of_quarter(
            self.quarter
        ):
            explanation = f"it must lie before the quarter, {self.quarter}."
            yield value_error("compare_with", self.compare_with, explanation)
