"""Folders in which named scenarios are kept."""

import os
from pathlib import Path
from typing import Final

from workbook.resources import OUR_PACKAGE, resource_folder

FOLDER_VARIABLE: Final = "WORKBOOK_SCENARIOS"
"""Environment variable with the folder of a team's scenarios."""

_SCENARIOS: Final = "scenarios"


def make_team_folder_absolute() -> None:
    """Make the team's folder in the environment absolute, for processes that start elsewhere."""
    if folder := os.environ.get(FOLDER_VARIABLE):
        os.environ[FOLDER_VARIABLE] = str(Path(folder).absolute())


def scenario_folders(package: str = OUR_PACKAGE, folder: Path | None = None) -> tuple[Path, ...]:
    """List the folders of named scenarios.

    Args:
        package: Package whose bundled scenarios are read.
        folder: The team's folder; by default that in the environment, if any.

    Returns:
        The bundled folder and the team's. The last one is written.
    """
    team_folder = folder or os.environ.get(FOLDER_VARIABLE)
    bundled = resource_folder("data", package) / _SCENARIOS
    return (bundled, Path(team_folder)) if team_folder else (bundled,)
