"""The wheel contains the data, notebooks, scripts and page templates."""

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
    """Return the names of the files in a wheel built from the checkout."""
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
def test_the_wheel_contains_a_file(wheel_files, name):
    assert name in wheel_files


def test_the_wheel_contains_the_licence(wheel_files):
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel_files)


@pytest.mark.parametrize("folder_name", ["data", "notebooks"])
def test_the_wheel_contains_every_file_of_a_folder(wheel_files, folder_name):
    files = {
        path.relative_to(ROOT) for path in ROOT.joinpath(folder_name).rglob("*.*") if path.is_file()
    }
    assert {f"workbook/{path.as_posix()}" for path in files if _is_shipped(path)} <= wheel_files


def test_the_wheel_contains_every_file_beside_the_code(wheel_files):
    files = {path.relative_to(ROOT) for path in PACKAGE.rglob("*") if path.is_file()}
    other_files = {path for path in files if path.suffix not in SOURCES}
    assert {path.as_posix() for path in other_files} <= wheel_files


def _is_shipped(path: Path) -> bool:
    return not {".ipynb_checkpoints", "installed"} & {*path.parts}
