"""Parameters of take-up: selection, comparison and forecast."""

from collections.abc import Iterator
from typing import Literal

from workbook.methods.calibration import LONGEST_HORIZON
from workbook.periods import OptionalQuarter, last_day_of_quarter
from workbook.scenario import (
    DepartmentList,
    NameList,
    ParameterError,
    Scenario,
    join_list,
    parameter,
    value_error,
)
from workbook.scenario.table_parameters import own_table_parameter, table_parameter
from workbook.topics.reviews import reviewed_parameter

_STRATEGY = "Government Digital Strategy, November 2012"
_MACHINE_MADE_SERVICES = ("Stamp Duty Reserve Tax transactions", "PAYE transactions")

DigitalDefinition = Literal["published", "assisted excluded", "assisted included"]
ForecastCurve = Literal["best", "logistic", "gompertz", "bass", "ets", "drift", "ensemble", "naive"]
FORECAST_METHOD_NAMES = {
    "best": "Best in back-tests",
    "logistic": "Logistic curve",
    "gompertz": "Gompertz curve",
    "bass": "Bass curve",
    "ets": "Exponential smoothing",
    "drift": "Half the past trend",
    "ensemble": "Average of methods",
    "naive": "No change (naive)",
}


class TakeUp(Scenario):
    """The services selected, the 12-month periods compared and the settings of the forecast."""

    department: DepartmentList = parameter(
        "",
        label="Departments",
        unit="list",
        meaning="Only services of these departments, separated by semicolons. Blank: all.",
        group="Services to include",
    )
    function: NameList = parameter(
        "",
        label="What the service does",
        unit="list",
        meaning="Only services with these functions, such as Making a payment. Blank: all.",
        group="Services to include",
    )
    services: NameList = parameter(
        "",
        label="Services",
        unit="list",
        meaning="Only these services, separated by semicolons. Blank: all.",
        group="Services to include",
    )
    exclude: NameList = reviewed_parameter(
        join_list(_MACHINE_MADE_SERVICES),
        label="Services to leave out",
        unit="list",
        meaning=(
            "The two services left out by default are used by machines and employers. They are "
            "large enough to hide every other change."
        ),
        source="32% and 34% of transactions in the supplied table, year to June 2014",
        quality="green",
        group="Services to include",
    )
    compare_with: OptionalQuarter = parameter(
        "",
        label="Compare with the year to the end of",
        unit="quarter",
        meaning=(
            "The quarter that ends the earlier year. Blank: four quarters before the latest, so "
            "that no month is counted twice."
        ),
        group="Services to include",
    )
    service: str = parameter(
        "",
        label="Service to show in detail",
        unit="text",
        meaning="None chosen: the service that changed take-up most.",
        group="Services to include",
    )
    definition: DigitalDefinition = parameter(
        "published",
        label="What counts as digital",
        unit="text",
        choice_labels={
            "published": "As published",
            "assisted excluded": "Without assisted digital (2013 to 2016 rules)",
            "assisted included": "With assisted digital (today’s rules)",
        },
        meaning=(
            "Whether to count transactions that staff completed for someone. All but “As "
            "published” need a table with these counts, or users at each level."
        ),
        group="Services to include",
    )
    target: float = reviewed_parameter(
        0.82,
        label="Take-up target",
        unit="share",
        meaning="The share of transactions to be made digitally.",
        bounds=(0, 1),
        source=f"{_STRATEGY}: the share of adults online in 2012, to be reached within five years",
        group="Forecast",
    )
    horizon: int = parameter(
        12,
        label="Quarters to forecast",
        unit="count",
        meaning="How many quarters the forecast goes ahead. 12 quarters are 3 years.",
        bounds=(1, LONGEST_HORIZON),
        group="Forecast",
    )
    curve: ForecastCurve = parameter(
        "best",
        label="Forecast method",
        unit="text",
        choice_labels=FORECAST_METHOD_NAMES,
        meaning=(
            "The best averages the methods, weighted by their past errors, or is a curve that was "
            "far better. With fewer than 7 periods it is no change."
        ),
        group="Forecast",
    )
    ceiling: float = reviewed_parameter(
        0.98,
        label="Highest possible take-up",
        unit="share",
        meaning="No forecast or interval goes above this, or above today’s take-up if higher.",
        bounds=(0.001, 1),
        source="Assumption: some people will always need another channel",
        quality="red",
        group="Forecast",
    )
    interval: float = parameter(
        0.80,
        label="Level of the prediction interval",
        unit="share",
        meaning="The probability that take-up lies in the interval. Past forecasts test it.",
        bounds=(0.001, 0.999),
        group="Forecast",
    )
    data: str = table_parameter("take_up", label="Table of services")
    kpi_data: str = parameter(
        "",
        label="Table of service indicators",
        unit="text",
        meaning=(
            "Started and completed transactions, ratings and cost of your own services. The four "
            "service indicators are calculated from them. None of these counts is published."
        ),
        group="Data and simulations",
        choice_of="service_kpis",
    )
    assisted_data: str = own_table_parameter(
        "assisted_digital_shares",
        label="Table of users at each level",
        meaning=(
            "Share of your services’ users at each level of the digital inclusion scale, and how"
            " they are supported. None of these shares is published."
        ),
    )

    def cross_field_errors(self) -> Iterator[ParameterError]:
        """Check that the earlier year ends before the quarter."""
        if self.compare_with and last_day_of_quarter(self.compare_with) >= last_day_of_quarter(
            self.quarter
        ):
            explanation = f"it must be earlier than quarter ({self.quarter})."
            yield value_error("compare_with", self.compare_with, explanation)
