"""Where data and notebooks lie: in our package or beside it, or in the package of a topic."""

import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

PACKAGE = Path(__file__).parent
OUR_PACKAGE = PACKAGE.name


def resource_folder(name: str, package: str = OUR_PACKAGE) -> Path:
    """Folder ``data`` or ``notebooks`` of a package.

    Ours lies inside an installed wheel, and beside the package in a checkout. That of any other
    package lies inside it.

    Args:
        name: ``data`` or ``notebooks``.
        package: Import name of the package that ships the folder.

    Returns:
        The folder. Of another package it may be missing: a topic may do without data.

    Raises:
        FileNotFoundError: Where our own folder is missing.
    """
    if package != OUR_PACKAGE:
        return Path(str(files(package))) / name
    for candidate in (PACKAGE / name, PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    msg = f"The folder {name} is missing beside {PACKAGE}: install the workbook again."
    raise FileNotFoundError(msg)


def link_files(paths: Iterable[Path], folder: Path) -> None:
    """Fill a folder with links to files, so that a change of a file is seen in both places.

    Where the system has no links for this user, the files are copied.

    Args:
        paths: The files. Those that are missing are left out.
        folder: An existing folder that holds nothing but earlier links, which are renewed.

    Raises:
        OSError: Where the folder cannot be written.
    """
    for link in folder.iterdir():
        if link.is_symlink():
            link.unlink()
    for path in filter(Path.is_file, paths):
        link = folder / path.name
        with suppress(FileExistsError):  # a copy that somebody may have edited stays
            try:
                link.symlink_to(path.resolve())
            except (NotImplementedError, PermissionError):
                shutil.copyfile(path, link)


def is_table_name(text: str) -> bool:
    """Whether this can be a table's name: letters, digits, ``_`` and ``-``, so never a path."""
    return re.fullmatch(r"[A-Za-z0-9_-]+", text) is not None
