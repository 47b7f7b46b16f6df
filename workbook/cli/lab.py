"""Prepare the folder that ``lab`` opens: the notebooks of all topics."""

import sys
from pathlib import Path

from workbook.resources import OUR_PACKAGE, link_files, resource_folder
from workbook.topics.registry import TOPICS

INSTALLED_FOLDER = "installed"
"""Folder with links to the notebooks of other packages, inside our own notebooks folder."""


def prepare_notebooks_folder() -> Path:
    """Link the notebooks of other packages' topics into our notebooks folder.

    If the folder cannot be written, a sentence on standard error says where they are.

    Returns:
        Our notebooks folder, which JupyterLab opens.
    """
    notebooks = resource_folder("notebooks")
    installed = [topic.notebook_path for topic in TOPICS.values() if topic.package != OUR_PACKAGE]
    folder = notebooks / INSTALLED_FOLDER
    if not installed and not folder.is_dir():
        return notebooks
    try:
        folder.mkdir(exist_ok=True)
        link_files(installed, folder)
        if not any(folder.iterdir()):
            folder.rmdir()
    except OSError:
        places = ", ".join(map(str, installed))
        sys.stderr.write(f"{folder} cannot be written. Other notebooks: {places}.\n")
    return notebooks
