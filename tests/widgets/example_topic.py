"""A small topic with a parameter of every kind: number, choice, list, text and table."""

from collections.abc import Mapping
from typing import Literal

import altair as alt
import pandas as pd
import pandera.pandas as pa

from tests.result_tables import make_table
from workbook import Outcome, Scenario, parameter
from workbook.charts.figure import ChartTemplate, ClickTarget, Figure, make_figure, named_data
from workbook.charts.rows import STEP_HEIGHT
from workbook.indicators import Indicator
from workbook.scenario import NameList, ParameterError, ScenarioError, split_list
from workbook.tables import TableSchema
from workbook.tables.columns import count_column, text_column
from workbook.topic import Topic

SERVICE_NAMES = tuple(f"Service {number:03}" for number in range(1, 735))
VALID_CSV = "service,visits\nUploaded one,10\nUploaded two,30\n"
INVALID_CSV = "service,visits\n" + "".join(f"Service {row},-{row}\n" for row in range(1, 61))

visits_schema = TableSchema(
    name="visits",
    title="Visits by service",
    bundled=False,
    schema=pa.DataFrameSchema(
        {
            "service": text_column("Service", "Name of the service.", coded=True),
            "visits": count_column("Visits", "Visits in a year."),
        },
        unique=["service"],
    ),
)


class VisitsScenario(Scenario):
    """The services to count, and the table to read."""

    least: int = parameter(
        0, label="Visits at least", unit="count", meaning="Services with fewer visits are left out."
    )
    measure: Literal["visits", "visits squared"] = parameter(
        "visits", label="Measure", unit="text", meaning="The measure to add up."
    )
    exclude: NameList = parameter(
        "Service 001",
        label="Services left out",
        unit="list",
        meaning="Services that are not counted.",
    )
    service: str = parameter(
        "", label="Service in detail", unit="text", meaning="The service to show in detail."
    )
    data: str = parameter(
        "", label="Table", unit="text", meaning="The table of visits.", choice_of="visits"
    )


def evaluate_visits(tables: Mapping[str, pd.DataFrame], scenario: VisitsScenario) -> Outcome:
    """Add up visits to the included services, and give those to the service in detail."""
    uploaded = tables["visits"]
    bundled = pd.DataFrame({"service": SERVICE_NAMES, "visits": range(1, len(SERVICE_NAMES) + 1)})
    frame = bundled if uploaded.empty else uploaded.astype({"service": "str", "visits": "int64"})
    options = tuple(frame["service"])
    is_included = ~frame["service"].isin(split_list(scenario.exclude)) & (
        frame["visits"] >= scenario.least
    )
    if not is_included.any():
        message = "No service is left. Leave out fewer services, or require fewer visits."
        values = {"exclude": scenario.exclude, "least": scenario.least}
        raise ScenarioError(ParameterError(name, value, message) for name, value in values.items())
    power = 2 if scenario.measure == "visits squared" else 1
    counted = frame[is_included].assign(visits=frame["visits"] ** power)
    detail = counted[counted["service"] == scenario.service]["visits"]
    indicators = (
        Indicator("total", "Visits", "count", int(counted["visits"].sum())),
        Indicator("detail", "Visits to the service in detail", "count", int(detail.sum())),
    )
    return Outcome(
        scenario,
        f"{is_included.sum()} services are counted.",
        indicators,
        tables=(make_table("ranked", counted.tail(30), title="Visits by service"),),
        notes=(f"{len(frame)} services are in the table.", "Nobody <counts> twice."),
        parameter_options={"exclude": options, "service": options},
    )


RANKED_TEMPLATE = ChartTemplate(
    named_data("ranked")
    .mark_circle(size=120)
    .encode(x="visits:Q", y=alt.Y("service:N", sort="-x"), tooltip=["service:N", "visits:Q"]),
    height=STEP_HEIGHT,
)


def draw_ranked(outcome: Outcome) -> Figure:
    """Draw the services in order of visits. A click selects one."""
    return make_figure(
        RANKED_TEMPLATE,
        {"ranked": outcome.frame("ranked")},
        title="Visits by service",
        description="A dot for each service.",
        click_target=ClickTarget(parameter="service", column="service"),
    )


topic = Topic(
    name="choosing",
    title="Choosing",
    question="How many visits?",
    Scenario=VisitsScenario,
    model=evaluate_visits,
    charts={"ranked": draw_ranked},
    tables=(visits_schema,),
)
