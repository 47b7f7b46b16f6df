"""Charts of the analyses of any topic: sensitivity curve and tornado."""

from workbook.analysis.charts.sensitivity_curve import draw_sensitivity_curve
from workbook.analysis.charts.tornado import draw_tornado

__all__ = ["draw_sensitivity_curve", "draw_tornado"]
