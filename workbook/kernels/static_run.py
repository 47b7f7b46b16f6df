"""A run of a notebook, such as a snapshot's, that keeps only the static form of each widget."""

import os
from typing import Final

STATIC_RUN_VARIABLE: Final = "WORKBOOK_STATIC_RUN"
"""Environment variable of the kernel of such a run."""


def is_static_run() -> bool:
    """Whether this process is the kernel of such a run: no front end will show its widgets."""
    return STATIC_RUN_VARIABLE in os.environ
