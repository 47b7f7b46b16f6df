"""Settings shared by the charts with a mark for each service."""

from workbook.charts.figure import ClickTarget

MOST_SHOWN = 20
"""Number of services in a chart: the largest. The table below lists all of them."""

SERVICE_CLICK_TARGET = ClickTarget(parameter="service", column="service")
"""A click on a service selects it as the service in detail."""
