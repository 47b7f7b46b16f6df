"""The Government Digital Strategy's quarterly progress report of July 2014."""

from workbook.claims.published_report import PublishedReport
from workbook.claims.report_tables import define_claims_table, define_facts_table
from workbook.sources import JULY_2014_REPORT_TITLE
from workbook.topics.quarterly_report.claims.exemplar_figures import EXEMPLAR_FIGURES
from workbook.topics.quarterly_report.claims.gcloud_figures import GCLOUD_FIGURES
from workbook.topics.quarterly_report.claims.inclusion_figures import INCLUSION_FIGURES
from workbook.topics.quarterly_report.claims.savings_figures import SAVINGS_FIGURES
from workbook.topics.quarterly_report.claims.take_up_figures import TAKE_UP_FIGURES

JULY_2014_REPORT = PublishedReport(
    title=JULY_2014_REPORT_TITLE,
    claims=define_claims_table(
        "claims",
        "Claims in figures of the July 2014 progress report, and how to check them",
        JULY_2014_REPORT_TITLE,
    ),
    facts=define_facts_table(
        "report_facts",
        "Figures published in the July 2014 progress report, one value a row, and figures of other"
        " publications that its claims rest on",
        JULY_2014_REPORT_TITLE,
        "Government Digital Inclusion Strategy, April 2014",
        "Cabinet Office, G-Cloud sales, file of 14 July 2014",
    ),
    figure_sources=(
        *INCLUSION_FIGURES,
        *EXEMPLAR_FIGURES,
        *TAKE_UP_FIGURES,
        *GCLOUD_FIGURES,
        *SAVINGS_FIGURES,
    ),
)
"""Its claims, its facts, and the figures of other tables that confirm them."""
