"""Headings of a department's own files, as remembered in ``datapackage.json``."""

import json
from pathlib import Path

from workbook.tables.checksums import DATA_PACKAGE_FILE


def recorded_headings(name: str, data: Path) -> dict[str, str]:
    """Look up which column each heading of a table's files stands for.

    Args:
        name: Name of the table.
        data: Folder of the table and of ``datapackage.json``.

    Returns:
        Columns by heading; empty where nothing is recorded.
    """
    try:
        package = json.loads((data / DATA_PACKAGE_FILE).read_text(encoding="utf-8"))
        resources = {resource["name"]: resource for resource in package["resources"]}
        headings = resources[name].get("headings", {})
        return {str(heading): str(column) for heading, column in headings.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
