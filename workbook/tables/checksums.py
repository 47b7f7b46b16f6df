"""Checksums of the bundled tables, as recorded in ``datapackage.json``."""

import hashlib
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from workbook.tables.issues import TableIssue, file_issue

DATA_PACKAGE_FILE = "datapackage.json"


def sha256(content: bytes) -> str:
    """SHA-256 checksum of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def recorded_checksum(name: str, data: Path) -> str | None:
    """Look up the checksum of a table in ``datapackage.json``.

    Args:
        name: Name of the table.
        data: Folder of the table and of ``datapackage.json``.

    Returns:
        The SHA-256 in hexadecimal, None if none is recorded.

    Raises:
        ValueError: ``datapackage.json`` is missing or damaged.
    """
    try:
        hashes = _parse_hashes((data / DATA_PACKAGE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        msg = f"{DATA_PACKAGE_FILE}, with the checksum of every table, is missing or damaged"
        raise ValueError(msg) from None
    recorded = hashes.get(name)
    return recorded.removeprefix("sha256:") if recorded else None


def checksum_issues(name: str, content: bytes, data: Path) -> Iterator[TableIssue]:
    """Compare a table's checksum with the recorded one.

    Args:
        name: Name of the table.
        content: Bytes of its file.
        data: Folder of the table and of ``datapackage.json``.

    Yields:
        An error if the checksums differ or none is recorded.
    """
    try:
        recorded_digest, actual_digest = recorded_checksum(name, data), sha256(content)
    except ValueError as error:
        yield file_issue(str(error))
        return
    if recorded_digest is None:
        message = f"{DATA_PACKAGE_FILE} has no checksum for {name}.csv"
    else:
        message = (
            f"the checksum of {name}.csv is {actual_digest[:12]}…, but {DATA_PACKAGE_FILE} records"
            f" {recorded_digest[:12]}…: the file was changed and its record was not"
        )
    if recorded_digest != actual_digest:
        yield file_issue(message)


@lru_cache(maxsize=4)
def _parse_hashes(package: str) -> dict[str, str]:
    """Hash of each table by its name. A run looks up dozens of tables in the same text."""
    return {resource["name"]: resource["hash"] for resource in json.loads(package)["resources"]}
