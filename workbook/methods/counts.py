"""Checks of counts before a calculation."""

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray


def align_arrays(*values: npt.ArrayLike) -> list[FloatArray]:
    """Arrays of the same services in the same order, as floats.

    Args:
        *values: Arrays of shape (services,).

    Returns:
        The arrays as floats, in the order given.

    Raises:
        ValueError: If the arrays do not all have one shape (services,).
    """
    arrays = [np.asarray(array, np.float64) for array in values]
    shapes = sorted({array.shape for array in arrays})
    if len(shapes) > 1 or len(shapes[0]) != 1:
        raise ValueError(
            f"arrays of shapes {shapes} are not aligned: each must have one value for each service"
        )
    return arrays


def validate_counts(digital: npt.ArrayLike, volume: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Digital and total transactions of consecutive windows, as floats.

    Args:
        digital: Digital transactions, shape (windows,).
        volume: All transactions, shape (windows,).

    Returns:
        Both arrays as floats.

    Raises:
        ValueError: If there is no window, the shapes differ, a volume is not above 0, or a count is
            blank or negative.
    """
    digital_counts, total_counts = np.asarray(digital, np.float64), np.asarray(volume, np.float64)
    if (
        digital_counts.shape != total_counts.shape
        or digital_counts.ndim != 1
        or not digital_counts.size
    ):
        raise ValueError(
            f"counts have shapes {digital_counts.shape} and {total_counts.shape}: both must have"
            " one figure for each window"
        )
    valid = (total_counts > 0) & (digital_counts >= 0) & np.isfinite(total_counts + digital_counts)
    if not valid.all():
        first_invalid = int(np.argmin(valid))
        raise ValueError(
            f"window {first_invalid + 1} has {digital_counts[first_invalid]:g} digital of"
            f" {total_counts[first_invalid]:g} transactions: every window must have a"
            " known digital count and a volume above 0"
        )
    return digital_counts, total_counts
