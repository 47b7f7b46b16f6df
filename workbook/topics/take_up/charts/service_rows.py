"""What the charts with a mark for each service share."""

from workbook.charts.figure import ClickTarget

MOST_SHOWN = 20
"""Number of services in a chart, the largest. The table beneath has all of them."""

SERVICE_CLICK_TARGET = ClickTarget(parameter="service", column="service")
"""A click on a service looks at that service."""
