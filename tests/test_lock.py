"""The lock file pins and hashes every installed package, on every system."""

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
    """Return the canonical names of the requirements."""
    return {canonicalize_name(Requirement(requirement).name) for requirement in requirements}


def declared_requirements() -> list[str]:
    """Return every requirement in pyproject.toml: to run, to test and to build."""
    groups = [PROJECT["dependencies"], PYPROJECT["build-system"]["requires"]]
    groups += PROJECT["optional-dependencies"].values()
    groups += PYPROJECT["dependency-groups"].values()
    return sorted({requirement for group in groups for requirement in group})


def locked_requirements() -> dict[str, Requirement]:
    """Return the requirements of the lock file by name."""
    entries = [entry.split("\\\n")[0] for entry in ENTRY.findall(LOCK)]
    requirements = [Requirement(entry) for entry in entries]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def test_every_requirement_is_pinned_and_hashed():
    for entry in ENTRY.findall(LOCK):
        assert re.match(r"[\w.-]+==[\w.]+ ", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), entry


def test_each_package_has_one_version():
    assert len(locked_requirements()) == len(ENTRY.findall(LOCK))


def test_the_lock_file_names_no_host():
    assert "://" not in LOCK
    assert not re.search(r"^--(?:index|extra-index|find-links)", LOCK, re.MULTILINE)


@pytest.mark.parametrize("requirement", declared_requirements())
def test_a_declared_requirement_is_locked(requirement):
    expected = Requirement(requirement)
    pinned = next(iter(locked_requirements()[canonicalize_name(expected.name)].specifier))
    assert pinned.version in expected.specifier, "the lock is older than pyproject.toml: make lock"


def test_every_direct_requirement_in_the_lock_file_is_declared():
    direct_requirements = {
        entry.split("==")[0] for entry in ENTRY.findall(LOCK) if "pyproject.toml" in entry
    }
    assert direct_requirements == requirement_names(declared_requirements())


@pytest.mark.parametrize(
    ("system", "platform_packages"), [("darwin", {"appnope"}), ("win32", {"colorama", "pywinpty"})]
)
def test_packages_for_one_system_are_locked(system, platform_packages):
    assert platform_packages <= _installed_on(system) - _installed_on("linux")


def _installed_on(system: str) -> set[str]:
    """Return the packages that are installed on a system."""
    return {
        name
        for name, requirement in locked_requirements().items()
        if requirement.marker is None or requirement.marker.evaluate(SYSTEMS[system])
    }
