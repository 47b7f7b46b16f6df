"""Delivery to test with: the held tables as a quarter sees them, and sales of our own."""

import pandas as pd

from tests.topics.delivery.held import held
from workbook.topics.delivery import topic
from workbook.topics.delivery.sales_tables import gcloud_sales, gcloud_totals
from workbook.topics.delivery.scenario import Delivery
from workbook.topics.delivery.tables import commitments, exemplar_milestones, exemplar_phases

HELD = (commitments, exemplar_phases, exemplar_milestones, gcloud_totals)
NONE = pd.DataFrame(columns=list(gcloud_sales.schema.columns))
OWN = "own"
"""A name under which sales are brought."""

SOLD = (
    ("2014-02", "small", 600.0),
    ("2014-03", "other", 400.0),
    ("2014-03", "small", -100.0),
    ("2014-04", "small", 100.0),
    ("2014-05", "other", 1_000.0),
)


def returns(*rows):
    """Returns of a month, a size of firm and pounds each, as the table holds them."""
    text = "return_id,month,framework,lot,sector,supplier_size,sales\n" + "".join(
        f"{at},{month},G-Cloud,4,,{size},{sales}\n" for at, (month, size, sales) in enumerate(rows)
    )
    report = gcloud_sales.check(text.encode())
    assert not report.errors
    return report.frame


def outcome_of(*, sold=None, **values):
    """Outcome of a scenario on the held tables; ``sold`` are returns that are brought."""
    scenario = Delivery(**({} if sold is None else {"sales": OWN}), **values)
    tables = {table.name: held(table, scenario.quarter) for table in HELD}
    sales = gcloud_sales.visible(NONE if sold is None else sold, scenario.quarter)
    return topic.outcome({**tables, "gcloud_sales": sales}, scenario)
