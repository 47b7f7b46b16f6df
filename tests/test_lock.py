"""The lock: everything that is installed, to the byte, on every system, from wherever one likes."""

import re
import tomllib
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import ROOT

PYPROJECT: Final = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text("utf-8"))
PROJECT: Final = PYPROJECT["project"]
LOCK: Final = ROOT.joinpath("binder", "requirements.txt").read_text("utf-8")
ENTRY: Final = re.compile(r"^\w.*(?:\n +.+)*", re.MULTILINE)
SYSTEMS: Final = {
    "linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
    "darwin": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
    "win32": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
}


def requirement_names(requirements: list[str]) -> set[str]:
    """The requirements' bare names, spelt as the index spells them."""
    return {canonicalize_name(Requirement(requirement).name) for requirement in requirements}


def declared_requirements() -> list[str]:
    """All that pyproject.toml asks for: to run, to test, to build."""
    groups = [PROJECT["dependencies"], PYPROJECT["build-system"]["requires"]]
    groups += PROJECT["optional-dependencies"].values()
    groups += PYPROJECT["dependency-groups"].values()
    return sorted({requirement for group in groups for requirement in group})


def locked_requirements() -> dict[str, Requirement]:
    """The lock's requirements by name."""
    entries = [entry.split("\\\n")[0] for entry in ENTRY.findall(LOCK)]
    requirements = [Requirement(entry) for entry in entries]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def test_every_requirement_is_pinned_and_hashed():
    for entry in ENTRY.findall(LOCK):
        assert re.match(r"[\w.-]+==[\w.]+ ", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), entry


def test_each_package_has_one_version_for_everybody():
    assert len(locked_requirements()) == len(ENTRY.findall(LOCK))


def test_it_names_no_host():
    assert "://" not in LOCK
    assert not re.search(r"^--(?:index|extra-index|find-links)", LOCK, re.MULTILINE)


@pytest.mark.parametrize("requirement", declared_requirements())
def test_what_is_declared_is_locked(requirement):
    expected = Requirement(requirement)
    pin = next(iter(locked_requirements()[canonicalize_name(expected.name)].specifier))
    assert pin.version in expected.specifier, "the lock is older than pyproject.toml: make lock"


def test_nothing_is_locked_that_is_no_longer_declared():
    for_us = {entry.split("==")[0] for entry in ENTRY.findall(LOCK) if "pyproject.toml" in entry}
    assert for_us == requirement_names(declared_requirements())


@pytest.mark.parametrize(
    ("system", "only_there"), [("darwin", {"appnope"}), ("win32", {"colorama", "pywinpty"})]
)
def test_it_serves_every_system(system, only_there):
    assert only_there <= _installed_on(system) - _installed_on("linux")


def _installed_on(system: str) -> set[str]:
    """The packages whose marker is true on a system."""
    return {
        name
        for name, requirement in locked_requirements().items()
        if requirement.marker is None or requirement.marker.evaluate(SYSTEMS[system])
    }
