"""A topic with forty parameters, one of them with a long label, and values with long names."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from pydantic import create_model

from workbook import Outcome, Scenario, parameter
from workbook.indicators import Indicator
from workbook.topic import Topic

LONG_LABEL = ("Share of people who use the service again within a year " * 4)[:200]
LONG_NAME = ("Apply for a licence to hold a public event on a road " * 3)[:120]
WELSH_NAME = "Asiantaeth Safonau Gyrwyr a Cherbydau: archebu prawf gyrru yn Llanfairpwllgwyngyll"
SHARE_COUNT = 39


def _share_parameter(number: int) -> Any:
    return parameter(
        0.5,
        label=LONG_LABEL if number == 0 else f"Share {number}",
        unit="share",
        meaning="A share.",
        bounds=(0, 1),
        range=(0.4, 0.6),
        source="Made for a test",
        quality="amber",
        group=f"Group {number // 8}",
    )


class NamedScenario(Scenario):
    """A scenario that selects services by name."""

    services: str = parameter(
        "", label="Services", unit="list", meaning="Services to include.", group="Group 0"
    )


ManyParameters: type[Scenario] = create_model(
    "ManyParameters",
    __base__=NamedScenario,
    **{f"share_{number}": (float, _share_parameter(number)) for number in range(SHARE_COUNT)},
)


def add_shares(_: Mapping[str, pd.DataFrame], scenario: Scenario) -> Outcome:
    """Add up the shares."""
    values = scenario.values()
    total = sum(float(values[f"share_{number}"]) for number in range(SHARE_COUNT))
    return Outcome(
        scenario,
        f"The shares add up to {total:g}.",
        (Indicator("total", "Sum of the shares", "index", total),),
        parameter_options={"services": (LONG_NAME, WELSH_NAME)},
    )


topic = Topic(
    name="many", title="Many", question="How many?", Scenario=ManyParameters, model=add_shares
)
