"""Charts of the analyses of any topic: sensitivity curve, tornado and waterfall."""

from workbook.analysis.charts.sensitivity_curve import draw_sensitivity_curve
from workbook.analysis.charts.tornado import draw_tornado
from workbook.analysis.charts.waterfall import draw_waterfall

__all__ = ["draw_sensitivity_curve", "draw_tornado", "draw_waterfall"]
