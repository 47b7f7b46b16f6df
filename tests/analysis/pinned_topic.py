"""A topic in a package of its own, whose data, default and formula a test can change."""

import importlib
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from workbook import Indicator, Outcome, Scenario, TableSchema, Topic, parameter
from workbook.tables import sha256
from workbook.tables.columns import count_column, month_column

PACKAGE = "pinned_visits"


def write_package(folder: Path, rows: Mapping[str, int]) -> None:
    """Write the package with a table of visits by month."""
    data = folder / PACKAGE / "data"
    data.mkdir(parents=True, exist_ok=True)
    (folder / PACKAGE / "__init__.py").touch()
    lines = [f"{month},{visits}" for month, visits in rows.items()]
    content = "\n".join(["month,visits", *lines, ""]).encode()
    (data / "visits.csv").write_bytes(content)
    resource = {"name": "visits", "path": "visits.csv", "hash": f"sha256:{sha256(content)}"}
    (data / "datapackage.json").write_text(json.dumps({"resources": [resource]}))


@contextmanager
def imported_package(folder: Path) -> Iterator[None]:
    """Let the package be found in a folder."""
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        sys.modules.pop(PACKAGE, None)


def make_topic(*, cost: float = 2.0, overhead: float = 0.0) -> Topic:
    """Make the topic: cost of all visits, with a default and a part of the formula."""
    table = TableSchema(
        name="visits",
        title="Visits by month",
        period="month",
        package=PACKAGE,
        schema=pa.DataFrameSchema(
            {
                "month": month_column("Month", "Month of the visits."),
                "visits": count_column("Visits", "Number of visits."),
            },
            unique=["month"],
        ),
    )

    class Visits(Scenario):
        """Cost of visits."""

        unit_cost: float = parameter(
            cost, label="Cost of a visit", unit="GBP", meaning="Cost.", bounds=(0, 100)
        )
        share: float = parameter(
            1.0, label="Share counted", unit="share", meaning="Share.", bounds=(0, 1)
        )

    def model(tables: Mapping[str, pd.DataFrame], scenario: Scenario) -> Outcome:
        values = scenario.values()
        visits = float(tables["visits"]["visits"].sum())
        total = visits * float(values["unit_cost"]) * float(values["share"]) + overhead
        return Outcome(
            scenario,
            headline=f"Visits cost £{total:,.0f}.",
            indicators=(
                Indicator("total", "Cost of all visits", "GBP", total),
                Indicator("visits", "Visits", "count", int(visits)),
            ),
        )

    return Topic(
        name=PACKAGE,
        title="Visits",
        question="What do visits cost?",
        Scenario=Visits,
        model=model,
        tables=(table,),
        package=PACKAGE,
    )
