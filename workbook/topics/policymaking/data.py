"""The table of consultations: when each was open, who answered, and what was published since.

Days open are the closing date less the opening date: a consultation from 24 July to 16 October was
open for 84 days. So counted, the European Commission's 657 consultations of 2016 to 2026 were open
for 14 to 186 days, as is said of that list. Counting both days would give 15 to 187.
"""

import pandera.pandas as pa

from workbook.importers.published import (
    citizen_space,
    commission_consultations,
    govuk_consultations,
)
from workbook.sources import JULY_2014_REPORT_TITLE
from workbook.tables import OPEN_GOVERNMENT_LICENCE, PublishedFileReader, TableSchema
from workbook.tables.columns import (
    choice_column,
    day_column,
    integer_column,
    source_column,
    text_column,
)
from workbook.tables.warnings import check_part_within_total, check_total_reported
from workbook.topics.policymaking.data_checks import (
    ANSWERED,
    NOT_ANSWERED,
    check_answered_agrees,
    check_channels_within_responses,
    check_closed_after_opened,
    check_plausible_years,
    check_published_after_closed,
    check_repeated_consultations,
)

_COUNT_RULE = pa.Check.ge(
    0, error="must not be negative: write 0 for none, or leave the cell blank if it is not known"
)
_LINK_RULE = pa.Check.str_matches(
    r"^https?://[^\s<>\"']+$", error="must be an address that begins with https:// or http://"
)


def _count_column(title: str, description: str) -> pa.Column:
    """A count of responses or proposals, or blank."""
    return integer_column(title, description, _COUNT_RULE, nullable=True, required=False)


def _channel_column(channel: str) -> pa.Column:
    return _count_column(
        f"Responses {channel}", f"Responses received {channel}; blank if not known."
    )


consultations_schema = TableSchema(
    name="consultations",
    title="Consultations: when each was open, its responses, and when it was answered",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=(JULY_2014_REPORT_TITLE,),
    readers=(
        PublishedFileReader(
            govuk_consultations.recognises_govuk_items,
            govuk_consultations.map_govuk_consultations,
        ),
        PublishedFileReader(
            citizen_space.recognises_citizen_space,
            citizen_space.map_citizen_space,
            citizen_space.WEB_PAGE_ADVICE,
        ),
        PublishedFileReader(
            commission_consultations.recognises_commission_list,
            commission_consultations.map_commission_list,
        ),
    ),
    plain_text_columns=("title", "organisation", "department"),
    error_checks=(
        check_plausible_years,
        check_closed_after_opened,
        check_published_after_closed,
        check_answered_agrees,
        check_part_within_total("proposals_changed", "proposals"),
    ),
    warning_checks=(
        check_repeated_consultations,
        check_channels_within_responses,
        check_total_reported("proposals_changed", "proposals"),
    ),
    schema=pa.DataFrameSchema(
        {
            "id": text_column("Identifier", "Identifies the consultation in its source."),
            "title": text_column("Title", "Title of the consultation, as plain text."),
            "organisation": text_column(
                "Organisation", "Body that consulted.", nullable=True, required=False
            ),
            "department": text_column(
                "Department",
                "Department responsible; blank if not known.",
                nullable=True,
                required=False,
            ),
            "opened": day_column(
                "Opened",
                "First day on which people could respond; blank if not known.",
                nullable=True,
                example="2014-04-01",
            ),
            "closed": day_column(
                "Closed",
                "Last day on which people could respond, also if it is still to come; blank if not"
                " known.",
                nullable=True,
                example="2014-06-24",
            ),
            "responses": _count_column("Responses", "Responses received; blank if not known."),
            "responses_online": _channel_column("online"),
            "responses_email": _channel_column("by email"),
            "responses_paper": _channel_column("on paper"),
            "responses_event": _channel_column("at events"),
            "feedback_published": day_column(
                "Feedback published",
                "Day on which a summary of the responses was published; blank if not known.",
                nullable=True,
                required=False,
                example="2014-08-01",
            ),
            "outcome_published": day_column(
                "Outcome published",
                "Day on which the decision was published; blank if not known.",
                nullable=True,
                required=False,
                example="2014-09-16",
            ),
            "answered": choice_column(
                "Answered",
                "Whether feedback or an outcome has been published, for sources that give no date;"
                " blank if not known.",
                (ANSWERED, NOT_ANSWERED),
                nullable=True,
                required=False,
            ),
            "proposals": _count_column("Proposals", "Proposals made; blank if not known."),
            "proposals_changed": _count_column(
                "Proposals changed",
                "Of those, changed or dropped after the consultation; blank if not known.",
            ),
            "link": text_column(
                "Link",
                "Address of the consultation’s page.",
                _LINK_RULE,
                nullable=True,
                required=False,
                example="https://www.gov.uk/government/consultations/example",
            ),
            "source": source_column(required=False, nullable=True),
        },
        unique=["id"],
    ),
)
