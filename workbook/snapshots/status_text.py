"""The status of a snapshot, as its pages, documents and spreadsheets say it.

It is one sentence, the same everywhere. Publishing replaces it, and changes nothing else.
"""

from collections.abc import Mapping
from html import escape
from pathlib import PurePath
from typing import Final

from workbook.exports.zip_archive import normalise_zip
from workbook.snapshots.sign_off import Role, SignOff

DRAFT_STATUS: Final = "Draft: not published."
"""The status of every new snapshot of a quarter."""

TRIAL_STATUS: Final = "Trial: a what-if, not the record of the quarter."
"""The status of a trial, which is never published."""

_PAGES: Final = {".html"}
_ARCHIVES: Final = {".docx", ".odt", ".ods", ".xlsx"}


def initial_status(*, is_trial: bool) -> str:
    """The status of a new snapshot, as a sentence.

    Args:
        is_trial: Whether the snapshot is a what-if.

    Returns:
        The sentence.
    """
    return TRIAL_STATUS if is_trial else DRAFT_STATUS


def describe_sign_offs(sign_offs: Mapping[Role, SignOff]) -> str:
    """Say that a snapshot is published, and who signed it.

    Args:
        sign_offs: The sign-off of every role.

    Returns:
        The status of a published snapshot.
    """
    publisher = sign_offs["publisher"]
    return (
        f"Published on {publisher.day} by {publisher.name}."
        f" Analyst: {sign_offs['analyst'].name}. Assurer: {sign_offs['assurer'].name}."
    )


def replace_status(file: PurePath, content: bytes, status: str) -> bytes:
    """Replace the status of a draft in a page, a document or a spreadsheet.

    Args:
        file: Name of the file, which tells its format.
        content: The file.
        status: The new status.

    Returns:
        The file with the new status. Files of other formats do not say a status.
    """
    new_status = escape(status, quote=False)
    if file.suffix in _PAGES:
        return content.replace(DRAFT_STATUS.encode(), new_status.encode())
    if file.suffix in _ARCHIVES:
        edited = normalise_zip(content, lambda _, text: text.replace(DRAFT_STATUS, new_status))
        return content if edited == normalise_zip(content) else edited
    return content
