"""What the owner of a table said about its files, as remembered in ``datapackage.json``."""

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
    return _recorded_names(name, data, "headings")


def recorded_renames(name: str, data: Path) -> dict[str, str]:
    """Look up which services of a table go on under another name.

    Args:
        name: Name of the table.
        data: Folder of the table and of ``datapackage.json``.

    Returns:
        Names before, by new name; empty where nothing is recorded.
    """
    return _recorded_names(name, data, "renamed")


def _recorded_names(name: str, data: Path, key: str) -> dict[str, str]:
    try:
        package = json.loads((data / DATA_PACKAGE_FILE).read_text(encoding="utf-8"))
        resources = {resource["name"]: resource for resource in package["resources"]}
        names = resources[name].get(key, {})
        return {str(new): str(old) for new, old in names.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
