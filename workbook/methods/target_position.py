"""When a path reaches a target and stays there."""

import numpy as np
import numpy.typing as npt


def find_target_position(path: npt.ArrayLike, target: float) -> int | None:
    """Position from which a path stays at or above a target.

    A path that touches the target and falls below it again has not reached it.

    Args:
        path: Values in order of time, shape (points,).
        target: Value to reach, in the unit of the path.

    Returns:
        Position in the path, or None if the path ends below the target.

    Example:
        >>> find_target_position([0.7, 0.83, 0.81, 0.82, 0.85], target=0.82)
        3
    """
    below_target = np.flatnonzero(np.asarray(path, np.float64) < target)
    position = int(below_target[-1]) + 1 if below_target.size else 0
    return position if position < np.size(path) else None
