"""Labels and units of the columns of the quarterly report's own tables."""

from workbook.result_table import Column

REPORT_COLUMNS = {
    "topic": Column("Topic"),
    "name": Column("Name"),
    "indicator": Column("Indicator"),
    "label": Column("Indicator"),
    "unit": Column("Unit"),
    "before": Column("Before", unit_column="unit"),
    "value": Column("Now", unit_column="unit"),
    "difference": Column("Difference", unit_column="unit"),
    "change": Column("Change"),
    "verdict": Column("Better or worse"),
    "id": Column("No."),
    "claim": Column("What is said"),
    "printed_as": Column("As printed"),
    "because": Column("Working, or what is missing"),
    "section": Column("Section of the report"),
    "not_reproduced": Column("Not reproduced", "count"),
    "within_rounding": Column("Reproduced within rounding", "count"),
    "reproduced": Column("Reproduced", "count"),
    "not_checkable": Column("Not checkable", "count"),
}
