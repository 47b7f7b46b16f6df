"""Charts of the analyses of any topic."""

from workbook.analysis.charts.assumption_bars import (
    draw_pawn_indices,
    draw_rank_correlations,
    draw_remaining_widths,
)
from workbook.analysis.charts.cost_curve import draw_cost_curve
from workbook.analysis.charts.goal_contour import draw_goal_contour
from workbook.analysis.charts.sensitivity_curve import draw_sensitivity_curve
from workbook.analysis.charts.tornado import draw_tornado
from workbook.analysis.charts.waterfall import draw_waterfall

__all__ = [
    "draw_cost_curve",
    "draw_goal_contour",
    "draw_pawn_indices",
    "draw_rank_correlations",
    "draw_remaining_widths",
    "draw_sensitivity_curve",
    "draw_tornado",
    "draw_waterfall",
]
