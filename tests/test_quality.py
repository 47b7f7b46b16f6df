"""Style, types and imports are checked by tools, whose output is the failure message."""

import ast
import subprocess
import sys
import sysconfig
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Final

import pytest
from packaging.utils import canonicalize_name

from tests import ROOT
from tests.javascript_tools import NODE, TOOLS
from tests.test_lock import PROJECT, requirement_names

SCRIPTS: Final = Path(sysconfig.get_path("scripts"))
CHECKS: Final = {
    "style": [SCRIPTS / "ruff", "check", "--output-format=concise"],
    "format": [SCRIPTS / "ruff", "format", "--diff"],
    "types": [SCRIPTS / "mypy"],
    "imports": [SCRIPTS / "lint-imports", "--no-logo"],
    "JavaScript style": [*NODE, TOOLS / "@biomejs/biome/bin/biome", "ci", "--error-on-warnings"],
    "JavaScript types": [*NODE, TOOLS / "typescript/bin/tsc"],
}


@pytest.mark.slow
@pytest.mark.timeout(600)  # mypy's first run reads every library's types
@pytest.mark.parametrize("check", CHECKS)
def test_a_check_reports_no_issues(check):
    completed = subprocess.run(
        CHECKS[check],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if completed.returncode:
        pytest.fail(completed.stdout, pytrace=False)


def test_no_file_has_a_mark_of_a_merge():
    folders = ("binder", "data", "deployment", "docs", "notebooks", "tests", "workbook")
    files = [
        *ROOT.glob("*"),
        *(path for folder in folders for path in ROOT.joinpath(folder).rglob("*")),
    ]
    marks = (b"<" * 7 + b" ", b">" * 7 + b" ")
    marked = [
        str(path)
        for path in files
        if path.is_file() and any(line.startswith(marks) for line in path.read_bytes().split(b"\n"))
    ]
    assert not marked


EXTRAS_OF_COMMANDS: Final = ("alerts", "cluster", "mcp")
"""Extras whose libraries a command imports when it is asked for what needs them."""


def test_every_imported_library_is_a_declared_dependency():
    extras = PROJECT["optional-dependencies"]
    declared = requirement_names(PROJECT["dependencies"])
    for extra in EXTRAS_OF_COMMANDS:
        declared |= requirement_names(extras[extra])
    distributions = packages_distributions()
    missing = {
        module
        for module in _imported_modules()
        if not declared & {canonicalize_name(name) for name in distributions.get(module, [])}
    }
    assert not missing


def _imported_modules() -> set[str]:
    """Return the names of the libraries that the package imports."""
    modules = set()
    for path in ROOT.joinpath("workbook").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.partition(".")[0])
    return modules - sys.stdlib_module_names - {"workbook"}
