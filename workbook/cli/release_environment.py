"""Find the release to compare with: a checkout, an environment, or a tag or commit of ours."""

import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from workbook.resources import OUR_PACKAGE, PACKAGE
from workbook.text.quoting import quote_value

_WINDOWS_PYTHON, _PYTHON = Path("Scripts/python.exe"), Path("bin/python")


@dataclass(frozen=True)
class ReleaseEnvironment:
    """A release of the workbook that can be run.

    Args:
        name: What a reader calls it.
        python: The interpreter to run it with.
        checkout: Folder of the code; None where it is installed in the interpreter's environment.
    """

    name: str
    python: Path
    checkout: Path | None

    def environment_variables(self) -> dict[str, str]:
        """Variables with which the interpreter imports this release and writes nothing into it."""
        variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        variables["PYTHONDONTWRITEBYTECODE"] = "1"
        if self.checkout:
            variables["PYTHONPATH"] = str(self.checkout)
        return variables


def current_environment() -> ReleaseEnvironment:
    """The release that is running."""
    return ReleaseEnvironment("this release", Path(sys.executable), PACKAGE.parent)


@contextmanager
def open_release(text: str) -> Iterator[ReleaseEnvironment]:
    """Find a release by what the user wrote.

    Args:
        text: A folder with a checkout or a virtual environment, an interpreter, or a tag or commit
            of the checkout that is running.

    Yields:
        The release. The code of a tag or commit is in a temporary folder meanwhile.

    Raises:
        ValueError: There is no such release.
    """
    path = Path(text)
    if path.is_dir():
        yield _release_in_folder(text, path.resolve())
    elif path.is_file():
        if not os.access(path, os.X_OK):
            msg = f"{text} is a file that cannot be run. Give a folder, a Python, a tag or a commit"
            raise ValueError(msg)
        yield ReleaseEnvironment(text, path.absolute(), None)
    else:
        with tempfile.TemporaryDirectory(prefix="workbook-release-") as folder:
            _extract_commit(text, Path(folder))
            yield _release_in_folder(text, Path(folder))


def _release_in_folder(name: str, folder: Path) -> ReleaseEnvironment:
    """A checkout, with the interpreter of its own environment if it has one; or an environment."""
    pythons = (path for path in (_PYTHON, _WINDOWS_PYTHON) if (folder / path).is_file())
    if (folder / OUR_PACKAGE / "__init__.py").is_file():
        candidates = [folder / ".venv" / path for path in (_PYTHON, _WINDOWS_PYTHON)]
        python = next((path for path in candidates if path.is_file()), Path(sys.executable))
        return ReleaseEnvironment(name, python, folder)
    if python_path := next(pythons, None):
        return ReleaseEnvironment(name, folder / python_path, None)
    msg = f"{name} holds neither a checkout of the workbook nor a Python environment"
    raise ValueError(msg)


def _extract_commit(text: str, folder: Path) -> None:
    git, checkout = shutil.which("git"), PACKAGE.parent
    if git is None or not (checkout / ".git").exists():
        msg = (
            f"{quote_value(text)} is no folder and no Python, and this workbook is in no git"
            " checkout, so it can be no tag or commit either"
        )
        raise ValueError(msg)
    commit = _run_git(git, checkout, "rev-parse", "--verify", "--quiet", f"{text}^{{commit}}")
    if commit is None or text.startswith("-"):
        msg = f"{quote_value(text)} is no folder, no Python, and no tag or commit of {checkout}"
        raise ValueError(msg)
    archive = _run_git(git, checkout, "archive", "--format=tar", commit.decode().strip())
    if archive is None:
        msg = f"git cannot give the files of {text}"
        raise ValueError(msg)
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")


def _run_git(git: str, checkout: Path, *arguments: str) -> bytes | None:
    command = [git, "-C", str(checkout), *arguments]
    completed = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    return None if completed.returncode else completed.stdout
