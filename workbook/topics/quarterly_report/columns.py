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
    "kind": Column("Finding"),
    "because": Column("Working or missing data"),
    "section": Column("Section of the report"),
    "contradicted": Column("Contradicted", "count"),
    "plan_not_met": Column("Plan not met", "count"),
    "within_revisions": Column("Within revisions", "count"),
    "consistent": Column("Consistent within the report", "count"),
    "confirmed": Column("Confirmed by other data", "count"),
    "not_checkable": Column("Cannot be checked", "count"),
    "trend": Column("Trend as claimed"),
    "year_end": Column("Year to"),
    "left_out": Column("Services left out"),
    "measure": Column("Measured by"),
    "size": Column("Change on the year before", unit_column="unit"),
    "holds": Column("Claim holds"),
}
