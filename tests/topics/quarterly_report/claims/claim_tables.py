"""Tables for the claims of July 2014: bundled ones, and small ones with published totals."""

from functools import cache

import pandas as pd

from workbook.resources import resource_folder
from workbook.topics.digital_inclusion.data import inclusion_observed_table
from workbook.topics.quarterly_report.claims.july_2014 import JULY_2014_REPORT

TOTAL_SALES, SMALL_SHARE = 177_580_755.73, 0.53986
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
        "take_up": take_up_frame(),
    }


def exemplar_phases_frame():
    """25 numbers and 26 rows: 1 in discovery, 5, 17 and 3; six live three months later."""
    june = ["discovery"] + ["alpha"] * 5 + ["beta"] * 17 + ["live"] * 3
    september = ["discovery"] + ["alpha"] * 4 + ["beta"] * 15 + ["live"] * 6
    numbers = [20, 20, *(n for n in range(1, 26) if n != 20)]
    return pd.concat(
        pd.DataFrame({"as_of": day, "number": numbers, "phase": stood})
        for day, stood in (("2014-06-30", june), ("2014-09-30", september))
    ).reset_index(drop=True)


def exemplar_milestones_frame():
    """The three that were live by June 2014; the first completed milestone counts.

    Student finance is live by the report alone, apart from one product of it.
    """
    dashboard, report = (
        "GDS transformation dashboard",
        "Government Digital Strategy quarterly progress report, July 2014",
    )
    rows = [
        (6, "Student finance", "part-time loans", "live", "completed", "2014-02", dashboard),
        (6, "Student finance", None, "live", "completed", "2014-01", report),
        (6, "Student finance", None, "beta", "completed", "2014-01", dashboard),
        (25, "Lasting power of attorney", None, "live", "planned", "2014-03", dashboard),
        (25, "Lasting power of attorney", None, "live", "completed", "2014-05", dashboard),
        (1, "Register to vote", None, "live", "completed", "2014-06", dashboard),
        (1, "Register to vote", None, "live", "completed", "2014-07", dashboard),
    ]
    columns = ["number", "title", "product", "phase", "state", "month", "source"]
    return pd.DataFrame(rows, columns=columns)


def take_up_frame():
    """Two services of both years and one of each: 50% rises to 60%, costs fall 18% and 10%."""
    rows = [
        ("A", "one", "2013-06", 100, 50, 0.5),
        ("A", "one", "2014-06", 100, 60, 0.41),
        ("B", "one", "2013-06", 100, 50, 0.4),
        ("B", "one", "2014-06", 200, 120, 0.36),
        ("A", "gone", "2013-06", 900, 0, 1.0),
        ("A", "new", "2014-06", 900, 900, 1.0),
    ]
    columns = ["organisation", "service", "window_end", "volume", "digital_volume"]
    return pd.DataFrame(rows, columns=[*columns, "cost_per_transaction"])


def gcloud_totals_frame():
    """Sales to April 2014 in two rows, with the published totals, and a later month."""
    small = round(TOTAL_SALES * SMALL_SHARE, 2)
    rows = [
        ("2014-04", "small", small, SMALL_RETURNS),
        ("2014-04", "other", TOTAL_SALES - small, RETURNS - SMALL_RETURNS),
        ("2014-05", "other", 9e9, 9),
    ]
    return pd.DataFrame(rows, columns=["month", "supplier_size", "sales", "returns"])
