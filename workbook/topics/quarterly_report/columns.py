"""Labels and units of the columns of the quarterly report's own tables."""

from workbook.result_table import Column

REPORT_COLUMNS = {
    "topic": Column("Topic"),
    "name": Column("Name"),
    "indicator": Column("Indicator"),
    "label": Column("Indicator"),
    "unit": Column("Unit"),
    "before": Column("Previous value", unit_column="unit"),
    "value": Column("Current value", unit_column="unit"),
    "difference": Column("Difference", unit_column="unit"),
    "change": Column("Change"),
    "verdict": Column("Better or worse"),
    "id": Column("No."),
    "claim": Column("Claim"),
    "printed_as": Column("As published"),
    "because": Column("Working or missing data"),
    "section": Column("Section of the report"),
    "not_reproduced": Column("Not reproduced", "count"),
    "within_rounding": Column("Reproduced within rounding", "count"),
    "reproduced": Column("Reproduced", "count"),
    "not_checkable": Column("Cannot be checked", "count"),
}
