"""Example topic with exactly known results: how many rides are sold, and how many are not."""

from tests.result_tables import make_table
from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.scenario import ParameterError, Scenario, parameter
from workbook.topic import SensitivityCurve, Topic


class Rides(Scenario):
    """Two uncertain assumptions (riders, share who pay) and the levers seats and fare."""

    riders: int = parameter(
        10,
        label="Riders",
        unit="people",
        meaning="Who rides.",
        bounds=(0, 100),
        range=(5, 20),
        quality="amber",
    )
    paying: float = parameter(
        0.5,
        label="Share who pay",
        unit="share",
        meaning="Who pays.",
        bounds=(0, 1),
        range=(0.2, 0.6),
        quality="red",
    )
    seats: int = parameter(
        50, label="Seats", unit="count", meaning="Seats on the bus.", bounds=(0, 200)
    )
    fare: float = parameter(2.0, label="Fare", unit="GBP", meaning="Of a ride.", bounds=(0, 10))
    subsidy: float = parameter(0.0, label="Subsidy", unit="GBP", meaning="Without a bound.")
    draws: int = parameter(200, label="Draws", unit="count", meaning="Draws.", bounds=(1, 10**6))
    line: str = parameter("12", label="Line", unit="text", meaning="Which bus.")

    def cross_field_errors(self):
        """Reject more riders than seats."""
        if self.riders > self.seats:
            message = f"riders is {self.riders}: it must be from 0 to seats ({self.seats})."
            yield ParameterError("riders", self.riders, message)


def evaluate_rides(tables, scenario):
    """Sold = riders × share who pay; free = seats − riders; earnings per ride can be missing."""
    sold = scenario.riders * scenario.paying
    earned = sold * scenario.fare
    indicators = (
        Indicator("sold", "Rides sold", "count", sold),
        Indicator("earned", "Money earned", "GBP", earned, direction="higher"),
        Indicator("free", "Seats free", "count", float(scenario.seats - scenario.riders)),
        Indicator(
            "unpaid", "Riders who do not pay", "people", scenario.riders - sold, direction="lower"
        ),
        Indicator("drawn", "Draws", "count", float(scenario.draws)),
        Indicator("word", "Which bus", "quarter", "2014-Q2"),
        Indicator(
            "each",
            "Earned from each who pays",
            "GBP",
            earned / sold if sold else None,
            missing_reason="" if sold else "nobody pays",
        ),
    )
    result_tables = tuple(make_table(name, frame) for name, frame in tables.items())
    return Outcome(scenario, f"{sold:g} rides are sold.", indicators, result_tables)


topic = Topic(
    "rides",
    "Rides",
    "How many rides are sold?",
    Rides,
    evaluate_rides,
    sensitivity_curves=(SensitivityCurve("earned", parameter="fare", low=0, high=10, target=30),),
    tornado="sold",
)
