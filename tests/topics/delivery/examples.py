"""Examples of delivery: the bundled tables as known in a quarter, and made-up sales."""

from functools import cache

import pandas as pd

from tests.topics.delivery.bundled_tables import ROW_TABLES, load_bundled
from workbook.topics.delivery import topic
from workbook.topics.delivery.exemplars.data import (
    exemplar_milestones_schema,
    exemplar_phases_schema,
)
from workbook.topics.delivery.gcloud.data import gcloud_sales_schema, gcloud_totals_schema
from workbook.topics.delivery.opening_up import open_interfaces_schema
from workbook.topics.delivery.parameters import Delivery

BUNDLED_TABLES = (
    *ROW_TABLES,
    exemplar_phases_schema,
    exemplar_milestones_schema,
    gcloud_totals_schema,
    open_interfaces_schema,
)
NO_RETURNS = pd.DataFrame(columns=list(gcloud_sales_schema.schema.columns))
UPLOADED_NAME = "own"
"""Name of an uploaded table of sales."""

EXAMPLE_SALES = (
    ("2014-02", "small", 600.0),
    ("2014-03", "other", 400.0),
    ("2014-03", "small", -100.0),
    ("2014-04", "small", 100.0),
    ("2014-05", "other", 1_000.0),
)


def returns_table(*rows):
    """Rows of the table of sales, from month, size of firm and pounds."""
    text = "return_id,month,framework,lot,sector,supplier_size,sales\n" + "".join(
        f"{number},{month},G-Cloud,4,,{size},{sales}\n"
        for number, (month, size, sales) in enumerate(rows)
    )
    report = gcloud_sales_schema.check_csv(text.encode())
    assert not report.errors
    return report.frame


def evaluate_example(*, returns=None, **values):
    """Outcome of a scenario on the bundled tables and on uploaded ``returns``."""
    if returns is None:
        return evaluate_bundled(**values)
    return evaluate_with_returns(Delivery(sales=UPLOADED_NAME, **values), returns)


@cache
def evaluate_bundled(**values):
    """Outcome of a scenario on the bundled tables, worked out once for all tests of a process."""
    return evaluate_with_returns(Delivery(**values), NO_RETURNS)


def evaluate_with_returns(scenario, returns):
    """Outcome of a scenario on the bundled tables and on suppliers' returns."""
    tables = {table.name: load_bundled(table, scenario.quarter) for table in BUNDLED_TABLES}
    sales = gcloud_sales_schema.filter_to_quarter(returns, scenario.quarter)
    return topic.evaluate_model({**tables, "gcloud_sales": sales}, scenario)
