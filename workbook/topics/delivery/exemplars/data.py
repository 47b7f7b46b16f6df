"""The tables of exemplar services: their published lists by phase, and their dated milestones."""

import pandera.pandas as pa

from workbook.sources import JULY_2014_REPORT_TITLE
from workbook.tables import OPEN_GOVERNMENT_LICENCE, TableSchema
from workbook.tables.columns import (
    choice_column,
    count_column,
    day_column,
    month_column,
    period_column,
    source_column,
    text_column,
)
from workbook.topics.delivery.exemplars.data_checks import (
    check_future_completions,
    check_missing_discovery,
    check_overdue_plans,
    check_phase_order,
    check_shared_milestones,
    check_shared_numbers,
    check_updated_by_day,
)
from workbook.topics.delivery.exemplars.phases import (
    COMPLETED,
    EXEMPLAR_PHASES,
    LIVE,
    PLANNED,
    PUBLIC_BETA,
)

_DASHBOARD_SOURCE = "Government Digital Service, transformation dashboard"


_NUMBER_COLUMN = count_column("Number", "On the dashboard; two services share 20.")
_TITLE_COLUMN = text_column("Service", "Name of the service, as of February 2015.")

exemplar_phases_schema = TableSchema(
    name="exemplar_phases",
    title="Exemplar services by phase, as listed on the transformation dashboard on a day",
    period="as_of",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=(f"{_DASHBOARD_SOURCE}, its lists of services, June 2014 to October 2018",),
    error_checks=(check_updated_by_day,),
    warning_checks=(check_shared_numbers,),
    schema=pa.DataFrameSchema(
        {
            "as_of": period_column("Day", "Day on which this was the dashboard’s list."),
            "updated": day_column(
                "Last updated",
                "Day on which the list was last updated; blank if not known.",
                nullable=True,
                required=False,
            ),
            "number": _NUMBER_COLUMN,
            "title": _TITLE_COLUMN,
            "printed_title": text_column("Published as", "Name of the service on that list."),
            "department": text_column("Department", "Department responsible for the service."),
            "phase": choice_column(
                "Phase",
                "As listed; public is a public beta.",
                (*EXEMPLAR_PHASES[:3], PUBLIC_BETA, LIVE),
            ),
            "source": source_column(),
        },
        unique=["as_of", "title"],
    ),
)

exemplar_milestones_schema = TableSchema(
    name="exemplar_milestones",
    title="Milestones of exemplar services: month of each, completed or planned",
    period="month",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=(
        f"{_DASHBOARD_SOURCE}, milestones, February 2015",
        f"{JULY_2014_REPORT_TITLE} (student finance)",
    ),
    warning_checks=(
        check_shared_numbers,
        check_shared_milestones,
        check_phase_order,
        check_overdue_plans,
        check_future_completions,
        check_missing_discovery,
    ),
    schema=pa.DataFrameSchema(
        {
            "number": _NUMBER_COLUMN,
            "title": _TITLE_COLUMN,
            "product": text_column(
                "Product",
                "The one product that the milestone belongs to. Blank: the service itself.",
                required=False,
                nullable=True,
            ),
            "phase": choice_column(
                "Phase",
                "Phase that the milestone belongs to. That of discovery is its completion.",
                EXEMPLAR_PHASES,
            ),
            "state": choice_column(
                "State", "Whether it was reached or only planned.", (COMPLETED, PLANNED)
            ),
            "month": month_column("Month", "Month of the milestone."),
            "as_of": month_column("Known in", "Month up to which the milestones are known."),
            "source": source_column(),
        },
        unique=["title", "phase", "state", "month"],
    ),
)
