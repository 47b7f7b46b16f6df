"""The notebook in Binder's environment, made from only the files that Binder reads."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests import ROOT

NOTEBOOK: Final = "digital_inclusion.ipynb"
NOT_IN_A_CLONE: Final = shutil.ignore_patterns(".*", "__pycache__")
ENVIRONMENT_PREFIXES: Final = ("PYTHON", "JUPYTER", "VIRTUAL_ENV", "PYTEST")


def test_the_notebook_runs_in_binders_environment(tmp_path):
    clone = shutil.copytree(ROOT, tmp_path / "clone", ignore=NOT_IN_A_CLONE)
    environment = _empty_environment(tmp_path / "environment")
    lock = clone / "binder" / "requirements.txt"
    _run_command(["pip", "install", "--require-hashes", "-r", lock], environment)
    _run_command(["bash", clone / "binder" / "postBuild"], environment, cwd=clone)

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.move(clone / "notebooks" / NOTEBOOK, elsewhere)
    shutil.rmtree(clone)  # the installed package must be sufficient
    _run_command(["papermill", NOTEBOOK, "executed.ipynb"], environment, cwd=elsewhere)

    assert (elsewhere / "executed.ipynb").is_file()


def _empty_environment(folder: Path) -> dict[str, str]:
    """Make a new environment; return the environment variables of a shell that activates it."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(ENVIRONMENT_PREFIXES)
    }
    return clean | {
        "PATH": os.pathsep.join([str(scripts), os.environ["PATH"]]),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def _run_command(
    command: list[str | Path], environment: dict[str, str], cwd: Path | None = None
) -> None:
    """Run a command of the environment; if it fails, fail with its output."""
    program = shutil.which(command[0], path=environment["PATH"])
    answer = subprocess.run(
        [program, *command[1:]],
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if answer.returncode:
        pytest.fail(f"{' '.join(map(str, command))}\n{answer.stdout}", pytrace=False)
