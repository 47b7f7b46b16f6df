"""Counts as the mathematics takes them: aligned by service, or windows that all report."""

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray


def aligned(*given: npt.ArrayLike) -> list[FloatArray]:
    """Arrays of the same services in the same order, each of shape (services,), as floats.

    Raises ValueError if they are not of one such shape.
    """
    arrays = [np.asarray(each, np.float64) for each in given]
    shapes = sorted({each.shape for each in arrays})
    if len(shapes) > 1 or len(shapes[0]) != 1:
        raise ValueError(
            f"arrays of shapes {shapes} are not aligned: each must hold the same services, once"
        )
    return arrays


def reported(digital: npt.ArrayLike, volume: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Digital and all transactions of consecutive windows, each of shape (windows,), as floats.

    Raises ValueError for none, for arrays of different shapes and for a window that does not
    report: a volume of 0 or a count that is blank or below 0.
    """
    counted, total = np.asarray(digital, np.float64), np.asarray(volume, np.float64)
    if counted.shape != total.shape or counted.ndim != 1 or not counted.size:
        raise ValueError(
            f"counts of shapes {counted.shape} and {total.shape} are no series: "
            "both must have one figure for each window"
        )
    fine = (total > 0) & (counted >= 0) & np.isfinite(total + counted)
    if not fine.all():
        at = int(np.argmin(fine))
        raise ValueError(
            f"window {at + 1} has {counted[at]:g} digital of {total[at]:g} transactions: "
            "every window must report, with a volume above 0"
        )
    return counted, total
