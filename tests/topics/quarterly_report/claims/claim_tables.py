"""Tables for the claims of July 2014: bundled ones, and small ones with published totals."""

from functools import cache

import pandas as pd

from workbook.resources import resource_folder
from workbook.topics.digital_inclusion.data import inclusion_observed_table
from workbook.topics.quarterly_report.claims.july_2014 import JULY_2014_REPORT

TOTAL_SALES, SMALL_SALES = 177_580_755.73, 95_868_700.90
RETURNS, SMALL_RETURNS = 10_914, 6_332


def check_bundled(table):
    """Check a table's bundled file, whatever checksum its folder records."""
    return table.check_csv((resource_folder("data") / f"{table.name}.csv").read_bytes())


@cache
def claim_tables():
    """The tables by name: claims, facts and inclusion as bundled, the rest with their totals."""
    bundled = {
        table.name: check_bundled(table).frame
        for table in (*JULY_2014_REPORT.tables, inclusion_observed_table)
    }
    return bundled | {
        "exemplar_phases": exemplar_phases_frame(),
        "exemplar_milestones": exemplar_milestones_frame(),
        "gcloud_totals": gcloud_totals_frame(),
        "published_savings": published_savings_frame(),
        "take_up": take_up_frame(),
    }


def exemplar_phases_frame():
    """25 numbers and 26 rows: 1 in discovery, 5, 17 and 3; a month later 4, 17 and 4."""
    june = ["discovery"] + ["alpha"] * 5 + ["beta"] * 17 + ["live"] * 3
    july = ["discovery"] + ["alpha"] * 4 + ["beta"] * 17 + ["live"] * 4
    september = ["discovery"] + ["alpha"] * 4 + ["beta"] * 15 + ["live"] * 6
    numbers = [20, 20, *(n for n in range(1, 26) if n != 20)]
    lists = (
        ("2014-06-30", "2014-06-12", june),
        ("2014-07-24", "2014-07-18", july),
        ("2014-09-30", "2014-09-12", september),
    )
    return pd.concat(
        pd.DataFrame({"as_of": day, "updated": updated, "number": numbers, "phase": stood})
        for day, updated, stood in lists
    ).reset_index(drop=True)


def exemplar_milestones_frame():
    """Those that went live by September 2014; student finance by the report and for a product."""
    dashboard = "GDS transformation dashboard, milestones as of February 2015"
    report = JULY_2014_REPORT.title
    rows = [
        (6, "Student finance", "part-time loans", "live", "completed", "2012-10", dashboard),
        (6, "Student finance", None, "beta", "completed", "2014-01", dashboard),
        (6, "Student finance", None, "live", "completed", "2014-01", report),
        (25, "Lasting power of attorney", None, "live", "planned", "2014-03", dashboard),
        (25, "Lasting power of attorney", None, "live", "completed", "2014-05", dashboard),
        (1, "Register to vote", None, "live", "completed", "2014-06", dashboard),
        (1, "Register to vote", None, "live", "completed", "2014-07", dashboard),
        (4, "Renew a patent", None, "live", "completed", "2014-07", dashboard),
        (20, "Passports", None, "alpha", "completed", "2014-06", dashboard),
        (20, "Passports", None, "beta", "completed", "2014-07", dashboard),
        (22, "Civil claims", None, "live", "completed", "2014-08", dashboard),
        (24, "Prison visit booking", None, "live", "completed", "2014-09", dashboard),
    ]
    columns = ["number", "title", "product", "phase", "state", "month", "source"]
    return pd.DataFrame(rows, columns=columns).assign(as_of="2015-02")


def take_up_frame(**later_costs):
    """Two services of both years and one of each: 50% rises to 60%, costs fall 18% and 10%.

    Later costs of the two services can be given: ``one`` and ``two``.
    """
    costs = {"one": 0.41, "two": 0.36, **later_costs}
    rows = [
        row
        for before, after in (("2013-03", "2014-03"), ("2013-06", "2014-06"))
        for row in (
            ("A", "one", before, 100, 50, 0.5),
            ("A", "one", after, 100, 60, costs["one"]),
            ("B", "two", before, 100, 50, 0.4),
            ("B", "two", after, 200, 120, costs["two"]),
            ("A", "gone", before, 900, 0, 1.0),
            ("A", "new", after, 900, 900, 1.0),
        )
    ]
    columns = ["organisation", "service", "window_end", "volume", "digital_volume"]
    frame = pd.DataFrame(rows, columns=[*columns, "cost_per_transaction"])
    return frame.assign(source="Release of 2018")


def published_savings_frame():
    """The published parts of the saving of 2013–14."""
    rows = [("Spend controls", 91e6, "A"), ("Moving websites to GOV.UK", 62e6, "B")]
    frame = pd.DataFrame(rows, columns=["component", "savings", "source"])
    return frame.assign(financial_year="2013-14", definition="GDS and departments")


def gcloud_totals_frame():
    """Sales to April 2014 in two rows, with the published totals, and a later month."""
    rows = [
        ("2014-04", "small", SMALL_SALES, SMALL_RETURNS),
        ("2014-04", "other", TOTAL_SALES - SMALL_SALES, RETURNS - SMALL_RETURNS),
        ("2014-05", "other", 9e9, 9),
    ]
    return pd.DataFrame(rows, columns=["month", "supplier_size", "sales", "returns"])
