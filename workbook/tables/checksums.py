"""The hash of a held table's file, and what ``datapackage.json`` records of it."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from workbook.tables.issues import TableIssue, file_issue

DATA_PACKAGE_FILE = "datapackage.json"


def sha256(content: bytes) -> str:
    """SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def recorded_checksum(name: str, data: Path) -> str | None:
    """Hash that ``datapackage.json`` records for a table, None where it records none.

    Raises ValueError where that file is missing or is no Data Package.
    """
    try:
        package = json.loads((data / DATA_PACKAGE_FILE).read_text(encoding="utf-8"))
        hashes = {resource["name"]: resource["hash"] for resource in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        msg = f"{DATA_PACKAGE_FILE}, which records the hash of every table, is missing or damaged"
        raise ValueError(msg) from None
    recorded: str | None = hashes.get(name)
    return recorded.removeprefix("sha256:") if recorded else None


def checksum_issues(name: str, content: bytes, data: Path) -> Iterator[TableIssue]:
    """What is wrong with the hash of a held table's bytes, if anything is."""
    try:
        recorded_digest, actual_digest = recorded_checksum(name, data), sha256(content)
    except ValueError as error:
        yield file_issue(str(error))
        return
    if recorded_digest is None:
        message = f"{DATA_PACKAGE_FILE} records no hash of {name}.csv"
    else:
        message = (
            f"the hash of {name}.csv is {actual_digest[:12]}…, and {recorded_digest[:12]}… is"
            f" recorded: the file was changed without the record in {DATA_PACKAGE_FILE}"
        )
    if recorded_digest != actual_digest:
        yield file_issue(message)
