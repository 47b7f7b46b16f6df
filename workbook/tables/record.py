"""The hash of a held table's file, and what ``datapackage.json`` records of it."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from workbook.tables.problems import Problem, whole

RECORD = "datapackage.json"


def sha256(content: bytes) -> str:
    """SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def recorded_hash(name: str, data: Path) -> str | None:
    """Hash that ``datapackage.json`` records for a table, None where it records none.

    Raises ValueError where that file is missing or is no Data Package.
    """
    try:
        package = json.loads((data / RECORD).read_text(encoding="utf-8"))
        hashes = {resource["name"]: resource["hash"] for resource in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        msg = f"{RECORD}, which records the hash of every table, is missing or damaged"
        raise ValueError(msg) from None
    recorded: str | None = hashes.get(name)
    return recorded.removeprefix("sha256:") if recorded else None


def hash_problems(name: str, content: bytes, data: Path) -> Iterator[Problem]:
    """What is wrong with the hash of a held table's bytes, if anything is."""
    try:
        recorded, found = recorded_hash(name, data), sha256(content)
    except ValueError as error:
        yield whole(str(error))
        return
    if recorded is None:
        message = f"{RECORD} records no hash of {name}.csv"
    else:
        message = (
            f"the hash of {name}.csv is {found[:12]}…, and {recorded[:12]}… is recorded: "
            f"the file was changed without the record in {RECORD}"
        )
    if recorded != found:
        yield whole(message)
