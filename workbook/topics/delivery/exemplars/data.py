"""The tables of exemplar services: their published lists by phase, and their dated milestones."""

import pandera.pandas as pa

from workbook.tables import MONTH_RULE, NOT_NEGATIVE_RULE, PERIOD_RULE, TableSchema
from workbook.topics.delivery.exemplars.data_checks import (
    check_future_completions,
    check_missing_discovery,
    check_overdue_plans,
    check_phase_order,
    check_shared_numbers,
)
from workbook.topics.delivery.exemplars.phases import (
    COMPLETED,
    EXEMPLAR_PHASES,
    LIVE,
    PLANNED,
    PUBLIC_BETA,
)

_DASHBOARD_SOURCE = "Government Digital Service, transformation dashboard"


def _one_of_check(*allowed: str) -> pa.Check:
    *first, last = allowed
    return pa.Check.isin(allowed, error=f"must be {', '.join(first)} or {last}")


def _text_column(
    title: str, description: str, *checks: pa.Check, nullable: bool = False
) -> pa.Column:
    return pa.Column(str, list(checks), nullable=nullable, title=title, description=description)


_NUMBER_COLUMN = pa.Column(
    "Int64",
    NOT_NEGATIVE_RULE,
    title="Number",
    description="On the dashboard; two services share 20.",
)
_TITLE_COLUMN = _text_column("Service", "Name of the service, as of February 2015.")
_SOURCE_COLUMN = _text_column("Source", "Publication.")

exemplar_phases_schema = TableSchema(
    name="exemplar_phases",
    title="Exemplar services by phase, as the transformation dashboard listed them on a day",
    period="as_of",
    sources=(f"{_DASHBOARD_SOURCE}, its lists of services, June 2014 to October 2018",),
    warning_checks=(check_shared_numbers,),
    schema=pa.DataFrameSchema(
        {
            "as_of": _text_column("Day", "Day on which the list stood.", PERIOD_RULE),
            "number": _NUMBER_COLUMN,
            "title": _TITLE_COLUMN,
            "printed_title": _text_column("Printed as", "Name of the service on that list."),
            "department": _text_column("Department", "Department that answers for the service."),
            "phase": _text_column(
                "Phase",
                "As listed; public is a public beta.",
                _one_of_check(*EXEMPLAR_PHASES[:3], PUBLIC_BETA, LIVE),
            ),
            "source": _SOURCE_COLUMN,
        },
        unique=["as_of", "title"],
    ),
)

exemplar_milestones_schema = TableSchema(
    name="exemplar_milestones",
    title="Milestones of exemplar services: in which month each phase was entered or went on",
    period="month",
    sources=(f"{_DASHBOARD_SOURCE}, milestones, February 2015",),
    warning_checks=(
        check_shared_numbers,
        check_phase_order,
        check_overdue_plans,
        check_future_completions,
        check_missing_discovery,
    ),
    schema=pa.DataFrameSchema(
        {
            "number": _NUMBER_COLUMN,
            "title": _TITLE_COLUMN,
            "phase": _text_column(
                "Phase", "Phase that the milestone belongs to.", _one_of_check(*EXEMPLAR_PHASES)
            ),
            "state": _text_column(
                "State",
                "Whether it was reached or only planned.",
                _one_of_check(COMPLETED, PLANNED),
            ),
            "month": _text_column("Month", "Month of the milestone.", MONTH_RULE),
            "as_of": _text_column(
                "Known in", "Month up to which the milestones are known.", MONTH_RULE
            ),
            "source": _SOURCE_COLUMN,
        },
        unique=["title", "phase", "state", "month"],
    ),
)
