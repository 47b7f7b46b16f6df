"""Who saves a scenario, where nobody says so."""

import getpass
import shutil
import subprocess
from pathlib import Path
from typing import Final

_LONGEST_WAIT: Final = 5
"""Seconds to wait for git."""

_UNKNOWN: Final = "unknown"


def default_author(folder: Path) -> str:
    """Name of the present user: as git knows it in a repository, else the login name.

    Args:
        folder: Folder in which a scenario is saved. It may not exist yet.

    Returns:
        The name; ``unknown`` where there is none.
    """
    name = _git_user_name(folder.absolute()) or _login_name()
    return "".join(filter(str.isprintable, name)).strip() or _UNKNOWN


def _git_user_name(folder: Path) -> str:
    """Name that git has for the user; empty outside a repository or where it has none."""
    git = shutil.which("git")
    repository = next((path for path in (folder, *folder.parents) if (path / ".git").exists()), "")
    if not git or not repository:
        return ""
    try:
        answer = subprocess.run(  # noqa: S603  git, with arguments of our own
            [git, "-C", repository, "config", "user.name"],
            capture_output=True,
            check=False,
            timeout=_LONGEST_WAIT,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.decode("utf-8", "replace").strip()


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without a name, as in a container
        return ""
