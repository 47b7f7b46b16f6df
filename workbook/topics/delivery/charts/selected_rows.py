"""Charts of a selection: one that would show nothing is left out."""

from workbook.outcome import Outcome
from workbook.topic import AnyChart, ChartFunction
from workbook.topics.delivery.parameters import Delivery


def only_with_rows(draw: ChartFunction, table: str) -> ChartFunction:
    """Leave out a chart where the selected departments and programmes have nothing to draw.

    Without a selection the chart is drawn empty: its title says that nothing was published yet.

    Args:
        draw: The chart.
        table: Name of the table with its rows.

    Returns:
        The chart; it gives None where the selection leaves the table without rows.
    """

    def draw_selected(outcome: Outcome) -> AnyChart | None:
        is_filtered = outcome.scenario_of(Delivery).is_filtered
        return None if is_filtered and outcome.frame(table).empty else draw(outcome)

    return draw_selected
