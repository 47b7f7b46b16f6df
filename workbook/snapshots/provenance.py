"""Where a snapshot comes from: code, lock, user and machine; what is not known says why."""

import platform
import shutil
import subprocess
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path
from typing import Any, Final

from workbook.resources import PACKAGE
from workbook.tables import sha256

_LOCK_FILE: Final = Path("binder") / "requirements.txt"
_CODE_FOLDERS: Final = ("workbook", "data", "notebooks")
_UNKNOWN: Final = "unknown: "
_NO_CHECKOUT: Final = f"{_UNKNOWN}the workbook was installed as a package, not run from a checkout"


@dataclass(frozen=True)
class Provenance:
    """Where a snapshot comes from.

    Args:
        commit: Commit of the code, or ``unknown: `` and why.
        modified: Whether the code, data or notebooks differ from the commit, or why it is unknown.
        lock: SHA-256 of the lock of the libraries, or why it is unknown.
        user: Who ran it, or why it is unknown.
        host_kind: System and processor of the machine, such as ``Linux x86_64``.
    """

    commit: str
    modified: bool | str
    lock: str
    user: str
    host_kind: str

    @property
    def code_sentence(self) -> str:
        """The code in a sentence."""
        if self.commit.startswith(_UNKNOWN):
            return f"The commit of the code is {self.commit}."
        if isinstance(self.modified, str):
            changes = f"whether it was modified is {self.modified}"
        else:
            changes = "modified" if self.modified else "unmodified"
        return f"The code is commit {self.commit[:12]}, {changes}."

    def as_dict(self) -> dict[str, Any]:
        """Entries of the manifest."""
        return {
            "commit": self.commit,
            "modified": self.modified,
            "lock": self.lock,
            "user": self.user,
            "host_kind": self.host_kind,
        }


def find_provenance() -> Provenance:
    """Find where what runs now comes from."""
    commit, problem = _ask_git("rev-parse", "HEAD")
    if problem:
        return Provenance(problem, problem, _hash_lock(), _find_user(), describe_host_kind())
    changes, problem = _ask_git("status", "--porcelain", "--", *_CODE_FOLDERS)
    return Provenance(
        commit, problem or bool(changes), _hash_lock(), _find_user(), describe_host_kind()
    )


def _ask_git(*arguments: str) -> tuple[str, str]:
    """Git's answer, or else why there is none."""
    git, checkout = shutil.which("git"), PACKAGE.parent
    if not (checkout / ".git").exists():
        return "", _NO_CHECKOUT
    if git is None:
        return "", f"{_UNKNOWN}git is not installed"
    command = [git, "-C", str(checkout), *arguments]
    try:
        completed = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError as error:
        return "", f"{_UNKNOWN}git cannot be run ({(error.strerror or str(error)).lower()})"
    if completed.returncode == 0:
        return completed.stdout.strip(), ""
    if "dubious ownership" in completed.stderr:
        return "", f"{_UNKNOWN}git refuses, because the checkout belongs to another user"
    message = completed.stderr.strip().splitlines()[:1] or [f"status {completed.returncode}"]
    return "", f"{_UNKNOWN}git failed ({message[0].replace(str(checkout), 'the checkout')})"


def _hash_lock() -> str:
    path = PACKAGE.parent / _LOCK_FILE
    try:
        return sha256(path.read_bytes())
    except FileNotFoundError:
        return _NO_CHECKOUT
    except OSError as error:
        return f"{_UNKNOWN}it cannot be read ({(error.strerror or str(error)).lower()})"


def _find_user() -> str:
    try:
        return getuser()
    except (ImportError, KeyError, OSError):
        return f"{_UNKNOWN}the system has no name for the user"


def describe_host_kind() -> str:
    """Describe the kind of this machine.

    Returns:
        Its system and processor, such as ``Linux x86_64``.
    """
    return f"{platform.system()} {platform.machine()}"
