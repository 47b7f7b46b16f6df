"""Opening up: the formats and APIs through which others use government data and services."""

from workbook.topics.delivery.opening_up.data import open_interfaces_schema
from workbook.topics.delivery.opening_up.tables import open_interfaces_table

__all__ = ["open_interfaces_schema", "open_interfaces_table"]
