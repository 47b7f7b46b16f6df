"""Sign-off of a snapshot: who made it, who assured it and who published it.

Each role signs once, in a file of its own beside the snapshot, which stays as it was sealed. The
assurer is another person than the analyst, as the AQuA Book asks.
"""

import json
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, get_args

from workbook.snapshots.jobs import TRIALS_FOLDER
from workbook.snapshots.manifest import DRAFT_KEY, MANIFEST_NAME, format_timestamp
from workbook.snapshots.seal import verify_snapshot
from workbook.snapshots.stored_snapshot import StoredSnapshot
from workbook.tables import sha256
from workbook.text.dates import format_day
from workbook.text.grammar import join_items
from workbook.text.quoting import quote_value

Role = Literal["analyst", "assurer", "publisher"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
"""Roles in the order in which they sign."""

Status = Literal["draft", "assured", "published", "trial"]

_LONGEST_NAME: Final = 100
_LONGEST_NOTE: Final = 2000


@dataclass(frozen=True)
class SignOff:
    """A role's signature.

    Args:
        role: The role.
        name: Name of the person.
        signed: Moment in UTC, such as ``2014-07-24T09:30:00Z``.
        manifest: SHA-256 of the manifest that the person signed.
        note: What the person adds; may be empty.
    """

    role: Role
    name: str
    signed: str
    manifest: str
    note: str = ""

    @property
    def day(self) -> str:
        """The day in words: ``24 July 2014``."""
        return format_day(self.signed[:10])


def sign_off_folder(folder: Path) -> Path:
    """Folder of the sign-offs of a snapshot: ``r1.sign-offs`` beside ``r1``."""
    return folder.with_name(f"{folder.name}.sign-offs")


def sign_off_file(folder: Path, role: Role) -> Path:
    """File of a role's sign-off of a snapshot."""
    return sign_off_folder(folder) / f"{role}.json"


def read_sign_offs(folder: Path) -> dict[Role, SignOff]:
    """Read the sign-offs of a snapshot.

    Args:
        folder: The snapshot's folder.

    Returns:
        Each sign-off by its role, in the order of the roles.

    Raises:
        ValueError: A sign-off is damaged, or was made for another content of the snapshot.
    """
    paths = {role: sign_off_file(folder, role) for role in ROLES}
    return {role: _read_signature(path, folder) for role, path in paths.items() if path.exists()}


def current_status(sign_offs: Mapping[Role, SignOff]) -> Status:
    """Status of a snapshot with these sign-offs."""
    if "publisher" in sign_offs:
        return "published"
    return "assured" if {"analyst", "assurer"} <= sign_offs.keys() else "draft"


def recorded_sign_offs(snapshot: StoredSnapshot) -> dict[Role, SignOff]:
    """Read the sign-offs of a snapshot; a published revision has them in its manifest.

    Args:
        snapshot: The snapshot.

    Returns:
        Each sign-off by its role.

    Raises:
        ValueError: A sign-off is damaged, or was made for another content of the snapshot.
    """
    if recorded := snapshot.manifest.get("sign_offs"):
        signatures = (SignOff(**fields) for fields in recorded)
        return {signed.role: signed for signed in signatures}
    return read_sign_offs(snapshot.folder)


def snapshot_status(snapshot: StoredSnapshot, sign_offs: Mapping[Role, SignOff]) -> Status:
    """Status of a snapshot. A draft stays one when its published revision is beside it.

    Args:
        snapshot: The snapshot.
        sign_offs: Its sign-offs.

    Returns:
        Its status, which for a what-if is ``trial``.
    """
    if str(snapshot.manifest["snapshot"]).startswith(f"{TRIALS_FOLDER}/"):
        return "trial"
    status = current_status(sign_offs)
    is_published = bool(snapshot.manifest.get(DRAFT_KEY))
    return "draft" if status == "published" and not is_published else status


def read_status(snapshot: StoredSnapshot) -> Status:
    """Status of a snapshot, which is a draft if one of its sign-offs is damaged."""
    try:
        sign_offs = recorded_sign_offs(snapshot)
    except (TypeError, ValueError):
        sign_offs = {}
    return snapshot_status(snapshot, sign_offs)


def prepare_sign_off(
    snapshot: StoredSnapshot, role: str, name: str, note: str, moment: datetime
) -> dict[Role, SignOff]:
    """Check a sign-off. Nothing is written.

    Args:
        snapshot: The snapshot.
        role: One of ``ROLES``.
        name: Name of the person.
        note: What the person adds; may be empty.
        moment: The moment, in UTC.

    Returns:
        All sign-offs of the snapshot, with this one.

    Raises:
        ValueError: The role or the name is invalid, the role has signed, it is not its turn, the
            assurer is the analyst, or the snapshot is a trial, published or changed.
    """
    if draft := snapshot.manifest.get(DRAFT_KEY):
        raise ValueError(f"{snapshot.name} is the published revision of {draft}")
    if snapshot.name.startswith(f"{TRIALS_FOLDER}/"):
        msg = f"{snapshot.name} is a trial. Make the snapshot without --trial, then sign that"
        raise ValueError(msg)
    checked_role, person = _check_role(role), _check_text("name", name, _LONGEST_NAME)
    earlier = read_sign_offs(snapshot.folder)
    _check_turn(checked_role, person, earlier, snapshot.name)
    if mismatches := verify_snapshot(snapshot.name, snapshot.folder).mismatches:
        first = mismatches[0]
        msg = f"{snapshot.name} is not as it was sealed: {first.file} {first.problem}"
        raise ValueError(msg)
    signature = SignOff(
        checked_role,
        person,
        format_timestamp(moment),
        _hash_manifest(snapshot.folder),
        _check_text("note", note, _LONGEST_NOTE) if note.strip() else "",
    )
    return {**earlier, checked_role: signature}


def record_sign_off(snapshot: StoredSnapshot, signature: SignOff) -> None:
    """Write a sign-off beside a snapshot.

    Args:
        snapshot: The snapshot.
        signature: The sign-off, as ``prepare_sign_off`` gives it.

    Raises:
        ValueError: Another process has recorded one for this role meanwhile.
        OSError: The archive cannot be written.
    """
    path = sign_off_file(snapshot.folder, signature.role)
    path.parent.mkdir(exist_ok=True)
    content = json.dumps(asdict(signature), indent=2, ensure_ascii=False) + "\n"
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise ValueError(f"The {signature.role} has signed meanwhile. A role signs once") from None


def _check_role(role: str) -> Role:
    for known in ROLES:
        if role == known:
            return known
    raise ValueError(f"{quote_value(role)} is not a role. It must be {join_items(ROLES, 'or')}")


def _check_text(kind: str, text: str, longest: int) -> str:
    cleaned = " ".join(text.split())
    if not cleaned or len(cleaned) > longest or not cleaned.isprintable():
        msg = f"The {kind} must be a text of 1 to {longest} characters"
        raise ValueError(msg)
    return cleaned


def _check_turn(role: Role, name: str, earlier: Mapping[Role, SignOff], snapshot: str) -> None:
    if role in earlier:
        signed = earlier[role]
        msg = f"{signed.name} has signed {snapshot} as {role} on {signed.day}. A role signs once"
        raise ValueError(msg)
    missing = [known for known in ROLES[: ROLES.index(role)] if known not in earlier]
    if missing:
        msg = f"{snapshot} is not signed by the {join_items(missing)}, who must sign before"
        raise ValueError(f"{msg} the {role}")
    if role == "assurer" and _is_same_person(name, earlier["analyst"].name):
        msg = f"{name} is the analyst of {snapshot}. The assurer must be somebody else"
        raise ValueError(msg)


def _is_same_person(first: str, second: str) -> bool:
    first, second = (unicodedata.normalize("NFKC", name).casefold() for name in (first, second))
    return first == second


def _read_signature(path: Path, folder: Path) -> SignOff:
    try:
        signature = SignOff(**json.loads(path.read_text(encoding="utf-8")))
        is_valid = f"{signature.role}.json" == path.name and signature.day
    except (OSError, ValueError, TypeError):
        is_valid = ""
    if not is_valid:
        raise ValueError(f"{path} is damaged: it is not a sign-off")
    if signature.manifest != _hash_manifest(folder):
        msg = f"{signature.name} signed another content of {folder}: {MANIFEST_NAME} has changed"
        raise ValueError(msg)
    return signature


def _hash_manifest(folder: Path) -> str:
    return sha256((folder / MANIFEST_NAME).read_bytes())
