"""Folders of data and notebooks, in this package or in the package of a topic."""

import hashlib
import re
import shutil
from collections.abc import Collection, Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

PACKAGE = Path(__file__).parent
OUR_PACKAGE = PACKAGE.name

NOTEBOOK_MODULES = (
    "workbook.topics.registry",
    "workbook.widgets.study",
    "pandera.strategies.pandas_strategies",
    "pandera.backends.pandas.register",
    "pyarrow.pandas_compat",
    "vl_convert",
)
"""Modules that a topic's notebook uses, which a kernel can have from the start."""

_PAGE_SUFFIXES = frozenset({".css", ".html", ".j2", ".jinja", ".js", ".json"})

RUN_MODULES = (*NOTEBOOK_MODULES, "workbook.snapshots.topic_worker:prepare_checks")
"""Modules of the processes of a snapshot, its topics' and their kernels, and what they share."""


def resource_folder(name: str, package: str = OUR_PACKAGE) -> Path:
    """Folder ``data`` or ``notebooks`` of a package.

    This package's folder is inside it when installed and beside it in a checkout. Another package's
    folder is always inside it.

    Args:
        name: ``data`` or ``notebooks``.
        package: Import name of the package that ships the folder.

    Returns:
        The folder. Another package's folder may not exist: a topic needs no data.

    Raises:
        FileNotFoundError: This package's own folder is missing.
    """
    if package != OUR_PACKAGE:
        return Path(str(files(package))) / name
    for candidate in (PACKAGE / name, PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    msg = f"The folder {name} is missing beside {PACKAGE}: install the workbook again."
    raise FileNotFoundError(msg)


@cache
def code_release(package: str = OUR_PACKAGE) -> str:
    """Name the release of the code by its version and a digest of its modules.

    Args:
        package: Import name of the package that ships a topic.

    Returns:
        Version of the workbook and 8 digits, such as ``0.1.0-3f9c1a2b``. They change with any
        module of the workbook or of the package.
    """
    return f"{version('policy-workbook')}-{_digest_files(package, frozenset({'.py'}))}"


@cache
def page_files_digest(package: str = OUR_PACKAGE) -> str:
    """Hash what pages and reports are made with besides code: styles, scripts and templates.

    Args:
        package: Import name of the package that ships a topic.

    Returns:
        8 digits, which change with any such file of the workbook or of the package.
    """
    return _digest_files(package, _PAGE_SUFFIXES)


def _digest_files(package: str, suffixes: Collection[str]) -> str:
    """8 digits that change with any file of these suffixes in this package or another."""
    digest = hashlib.sha256()
    for folder in dict.fromkeys((PACKAGE, Path(str(files(package))))):
        for path in sorted(folder.rglob("*")):
            if path.suffix in suffixes and path.is_file():
                name = path.relative_to(folder).as_posix()
                digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:8]


def read_page_style() -> str:
    """Read the style sheet that every page shares."""
    return (PACKAGE / "page.css").read_text(encoding="utf-8")


def link_files(paths: Iterable[Path], folder: Path) -> None:
    """Fill a folder with symbolic links to files, or copies where links are not allowed.

    Args:
        paths: The files. Missing ones are left out.
        folder: An existing folder with only earlier links or copies. Links are renewed.

    Raises:
        OSError: The folder cannot be written.
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
    """Whether a text can be a table's name: letters, digits, ``_`` and ``-``, so never a path."""
    return re.fullmatch(r"[A-Za-z0-9_-]+", text) is not None
