"""Where data and notebooks are: inside an installed wheel, beside the package in a checkout."""

import re
from pathlib import Path

PACKAGE = Path(__file__).parent


def resource_folder(name: str) -> Path:
    """Folder ``data`` or ``notebooks``, wherever this installation keeps it."""
    for candidate in (PACKAGE / name, PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    msg = f"The folder {name} is missing beside {PACKAGE}: install the workbook again."
    raise FileNotFoundError(msg)


def is_table_name(text: str) -> bool:
    """Whether this can be a table's name: letters, digits, ``_`` and ``-``, so never a path."""
    return re.fullmatch(r"[A-Za-z0-9_-]+", text) is not None
