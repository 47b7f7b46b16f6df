"""A small topic whose parameters are chosen: from some texts, from a list, from tables brought."""

from collections.abc import Mapping
from typing import Literal

import altair as alt
import pandas as pd
import pandera.pandas as pa

from workbook import Outcome, Scenario, parameter
from workbook.charting import ROWS, Drawing, Figure, Picks, finish, on
from workbook.outcome import Indicator
from workbook.scenario import Names, Problem, ScenarioError, listed
from workbook.tables import NOT_NEGATIVE, Table
from workbook.topic import Topic

SERVICES = tuple(f"Service {number:03}" for number in range(1, 735))
GOOD = "service,visits\nUploaded one,10\nUploaded two,30\n"
BAD = "service,visits\n" + "".join(f"Service {row},-{row}\n" for row in range(1, 61))

visits = Table(
    name="visits",
    title="Visits by service",
    held=False,
    schema=pa.DataFrameSchema(
        {"service": pa.Column("category"), "visits": pa.Column("Int64", NOT_NEGATIVE)},
        unique=["service"],
    ),
)


class Choosing(Scenario):
    """Which services are counted, and of which table."""

    least: int = parameter(0, label="Visits at least", unit="count", meaning="Fewer are left out.")
    measure: Literal["visits", "visits squared"] = parameter(
        "visits", label="Measure", unit="text", meaning="What is counted."
    )
    exclude: Names = parameter(
        "Service 001", label="Services left out", unit="list", meaning="These are not counted."
    )
    service: str = parameter(
        "", label="Service in detail", unit="text", meaning="The one whose figures are shown."
    )
    data: str = parameter(
        "", label="Table", unit="text", meaning="The table of visits.", choice_of="visits"
    )


def model(tables: Mapping[str, pd.DataFrame], scenario: Choosing) -> Outcome:
    """Visits to the services that are left, and to the one in detail."""
    brought = tables["visits"]
    usual = pd.DataFrame({"service": SERVICES, "visits": range(1, len(SERVICES) + 1)})
    frame = usual if brought.empty else brought.astype({"service": "str", "visits": "int64"})
    options = tuple(frame["service"])
    left = ~frame["service"].isin(listed(scenario.exclude)) & (frame["visits"] >= scenario.least)
    if not left.any():
        message = "no service is left: leave fewer out, or ask for fewer visits"
        named = {"exclude": scenario.exclude, "least": scenario.least}
        raise ScenarioError(Problem(name, value, message) for name, value in named.items())
    power = 2 if scenario.measure == "visits squared" else 1
    counted = frame[left].assign(visits=frame["visits"] ** power)
    detail = counted[counted["service"] == scenario.service]["visits"]
    indicators = (
        Indicator("total", "Visits", "count", int(counted["visits"].sum())),
        Indicator("detail", "Visits to it", "count", int(detail.sum())),
    )
    return Outcome(
        scenario,
        f"{left.sum()} services are counted.",
        indicators,
        tables={"ranked": counted.tail(30)},
        notes=(f"{len(frame)} services are in the table.", "Nobody <counts> twice."),
        options={"exclude": options, "service": options},
    )


RANKED = Drawing(
    on("ranked")
    .mark_circle(size=120)
    .encode(x="visits:Q", y=alt.Y("service:N", sort="-x"), tooltip=["service:N", "visits:Q"]),
    height=ROWS,
)


def ranked(outcome: Outcome) -> Figure:
    """The services, ranked; one of them is picked by a click."""
    return finish(
        RANKED,
        {"ranked": outcome.tables["ranked"]},
        title="Visits by service",
        description="A dot for each service.",
        picks=Picks(parameter="service", column="service"),
    )


topic = Topic(
    name="choosing",
    title="Choosing",
    question="How many visits?",
    Scenario=Choosing,
    model=model,
    charts={"ranked": ranked},
    tables=(visits,),
)
