"""The table of progress measures: values over time that nobody set a target for."""

import pandera.pandas as pa

from workbook.sources import JULY_2014_REPORT_TITLE
from workbook.tables import OPEN_GOVERNMENT_LICENCE, TableSchema
from workbook.tables.columns import choice_column, month_column, text_column
from workbook.topics.delivery.row_checks import check_one_row_for_each_indicator
from workbook.topics.delivery.schema_columns import (
    MEASURE_UNITS,
    amount_column,
    closing_columns,
    reference_columns,
    subject_columns,
)

ABOUT, OVER, UNDER = "about", "over", "under"
"""How a published value is meant, where it is not exact."""

progress_measures_schema = TableSchema(
    name="progress_measures",
    title="Progress measures: figures without a target",
    period="period",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=(JULY_2014_REPORT_TITLE,),
    error_checks=(check_one_row_for_each_indicator,),
    schema=pa.DataFrameSchema(
        {
            **subject_columns("measure"),
            "measure": text_column(
                "Measure",
                "What is counted, in plain words.",
                example="Agency websites moved to GOV.UK in the quarter",
            ),
            "unit": choice_column("Unit", "Unit of the value.", MEASURE_UNITS),
            "value": amount_column("Value", "As published; blank if not published or if derived."),
            "qualifier": choice_column(
                "Qualifier",
                "How the value is meant, if it is not exact.",
                (ABOUT, OVER, UNDER),
                nullable=True,
                required=False,
            ),
            "period": month_column("Period", "Month in which the period described ended."),
            "previous": amount_column(
                "Previous value",
                "Value before, if it is published without its date. A value with a date has a row"
                " of its own.",
                required=False,
            ),
            **reference_columns(),
            **closing_columns(),
        },
        unique=["id", "period"],
    ),
)
