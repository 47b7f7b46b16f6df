"""The wheel: an installed workbook has its figures, notebooks, scripts and pages with it."""

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

import pytest

from tests import ROOT

PACKAGE: Final = ROOT / "workbook"
SOURCES: Final = {".py", ".pyc"}


@pytest.fixture(scope="module")
def wheel_files(tmp_path_factory) -> set[str]:
    """The names of the files in a wheel built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*command, "--directory", folder], cwd=ROOT, check=True)
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize(
    "name",
    [
        "workbook/data/datapackage.json",
        "workbook/notebooks/digital_inclusion.ipynb",
        "workbook/serving/templates/index.html.j2",
        "workbook/widgets/form.js",
    ],
)
def test_it_holds(wheel_files, name):
    assert name in wheel_files


def test_it_holds_the_licence(wheel_files):
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel_files)


@pytest.mark.parametrize("room", ["data", "notebooks"])
def test_it_holds_all_of(wheel_files, room):
    files = {path.relative_to(ROOT) for path in ROOT.joinpath(room).rglob("*.*") if path.is_file()}
    assert {f"workbook/{path.as_posix()}" for path in files if _is_ours(path)} <= wheel_files


def test_it_holds_what_stands_beside_the_code(wheel_files):
    files = {path.relative_to(ROOT) for path in PACKAGE.rglob("*") if path.is_file()}
    beside = {path for path in files if path.suffix not in SOURCES}
    assert {path.as_posix() for path in beside} <= wheel_files


def _is_ours(path: Path) -> bool:
    return not {".ipynb_checkpoints", "installed"} & {*path.parts}
