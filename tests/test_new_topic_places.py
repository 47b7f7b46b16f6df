"""Topics made by ``new-topic`` appear everywhere, with no other file edited.

One is written into a copy of the project. The other is a package of its own, which pip installs
beside the project. Both share one copy, one server, one JupyterLab and one snapshot.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from tests import ROOT
from tests.browser.server import few_topics_command, free_port, run_server, wait_for_answer

pytestmark = pytest.mark.slow

BUNDLED, INSTALLED = "zz_bundled", "zz_installed"
"""Names that nobody gives to a topic of this checkout."""

HEADLINE = "In the five years after 2013 the scheme is expected to help 55,700 people"
COPIED = ("binder", "data", "docs", "notebooks", "tests", "workbook", "pyproject.toml")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "installed", ".ipynb_checkpoints")
GENERAL_TESTS = (
    "tests/test_topic.py",
    "tests/test_notebooks.py",
    "tests/test_tables.py",
    "tests/topics/test_golden.py",
)


@dataclass(frozen=True)
class Checkout:
    """A copy of the project with a new topic, and a package with another one."""

    project: Path
    package: Path
    target: Path

    def run(self, *words: object, installed: bool = True) -> str:
        """Run a Python module in the copy, with or without the installed package; its output."""
        answer = subprocess.run(
            [sys.executable, "-m", *map(str, words)],
            cwd=self.project,
            env=os.environ | self.environment(installed=installed),
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 0, answer.stdout + answer.stderr
        assert "left out" not in answer.stderr
        return answer.stdout

    def environment(self, *, installed: bool = True) -> dict[str, str]:
        """Variables that make Python find the topics, and nothing in the working folder."""
        path = (self.project, self.target) if installed else (self.project,)
        return {"PYTHONPATH": os.pathsep.join(map(str, path)), "PYTHONSAFEPATH": "1"}


def copy_project(folder: Path) -> Path:
    project = folder / "project"
    project.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, project / name, ignore=LEFT_OUT)
        else:
            shutil.copy(source, project)
    return project


def file_contents(folder: Path) -> dict[str, bytes]:
    """Every file's content by its path, without what Python compiled."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Checkout:
    """A copy of the project with both topics."""
    folder = tmp_path_factory.mktemp("places")
    checkout = Checkout(copy_project(folder), folder / "package", folder / "installed")
    before = file_contents(checkout.project)
    checkout.run("workbook.cli", "new-topic", BUNDLED)
    after = file_contents(checkout.project)
    changed = [path for path in before if after[path] != before[path]]
    assert [path for path in changed if not path.startswith("tests/golden/quarterly_report/")] == [
        "data/datapackage.json"
    ]
    checkout.run("workbook.cli", "new-topic", INSTALLED, checkout.package)
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--no-index")
    checkout.run("pip", "install", *options, "--target", checkout.target, checkout.package)
    return checkout


@pytest.fixture(params=[BUNDLED, INSTALLED])
def name(request) -> str:
    """Name of each of the two topics."""
    parameter: str = request.param
    return parameter


def title(name: str) -> str:
    return name.replace("_", " ").capitalize()


@pytest.fixture(scope="module")
def site(checkout) -> Iterator[str]:
    """Address of the copy's server."""
    command = [*few_topics_command(BUNDLED, INSTALLED), f"--port={free_port()}"]
    with run_server(command, "http://127.0.0.1:", checkout.environment()) as line:
        yield line[line.index("http://") :]


@pytest.fixture(scope="module")
def snapshot_folder(checkout, tmp_path_factory) -> Path:
    """A snapshot of both topics and of the quarterly report."""
    store = tmp_path_factory.mktemp("store")
    names = (BUNDLED, INSTALLED, "quarterly_report")
    options = [word for name in names for word in ("--topic", name)]
    checkout.run("workbook.cli", "snapshot", "2014-Q2", *options, "--store", store)
    return store / "2014-Q2" / "r1"


@pytest.fixture(scope="module")
def lab_contents(checkout, tmp_path_factory) -> Iterator[str]:
    """Address at which JupyterLab answers with the contents of a file."""
    port, folder = free_port(), tmp_path_factory.mktemp("lab")
    command = [sys.executable, "-m", "workbook.cli", "lab", "--no-browser", "--allow-root"]
    command += [f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token="]
    settings = {
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "spaces"),
    }
    with run_server(command, f":{port}/lab", checkout.environment() | settings):
        yield f"http://127.0.0.1:{port}/api/contents/"


@pytest.mark.parametrize("in_package", [False, True])
def test_its_own_tests_pass(checkout, in_package):
    options = ("-q", "-p", "no:cacheprovider", "-p", "xdist", "-n", "0")
    folder = checkout.project / "tests" / "topics" / BUNDLED
    tests = checkout.package / "tests" if in_package else folder
    assert " passed" in checkout.run("pytest", *options, tests)


def test_both_are_listed_before_the_report(checkout):
    topics = json.loads(checkout.run("workbook.cli", "list", "--json"))
    assert [topic["topic"] for topic in topics][-3:] == [BUNDLED, INSTALLED, "quarterly_report"]


def test_its_table_can_be_checked(checkout, name):
    folders = (checkout.project, checkout.target)
    file = next(path for folder in folders for path in folder.rglob(f"{name}.csv"))
    assert "3 rows, 0 errors" in checkout.run("workbook.cli", "check", file, "--table", name)


def test_it_has_a_home_page_entry_and_a_page(site, name):
    home, page = read_page(site), read_page(f"{site}{name}")
    assert f">{title(name)}</a>" in home
    assert HEADLINE in home
    assert re.search(rf"<h1[^>]*>{title(name)}", page)
    assert HEADLINE in page
    assert "Something went wrong" not in page


def read_page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=100) as answer:
        content: bytes = answer.read()
    return content.decode()


def test_it_is_in_a_snapshot_and_in_its_quarterly_report(snapshot_folder, name):
    report = (snapshot_folder / name / "report.html").read_text(encoding="utf-8")
    assert HEADLINE in report
    assert "48,000 to 61,000" in report
    assert (snapshot_folder / name / "charts" / "projection.svg").is_file()
    folder = snapshot_folder / "quarterly_report"
    report = (folder / "report.html").read_text(encoding="utf-8")
    assert f"<h3>{title(name)}</h3>" in report
    assert "the 2018 target of 13,000 people is missed by 748" in report
    indicators = pd.read_csv(folder / "indicators.csv")
    assert f"{name}.people_helped" in indicators["name"].to_list()


@pytest.mark.parametrize(
    ("name", "path"), [(BUNDLED, f"{BUNDLED}.ipynb"), (INSTALLED, f"installed/{INSTALLED}.ipynb")]
)
def test_jupyterlab_finds_its_notebook(lab_contents, name, path):
    notebook = json.loads(read_page(wait_for_answer(f"{lab_contents}{path}")))
    first_cell, *_ = notebook["content"]["cells"]
    assert first_cell["source"].startswith(f"# {title(name)}")


class TestInProject:
    """The project's own checks, on the topic in the project."""

    def test_the_general_tests_of_topics_pass(self, checkout):
        options = ("-q", "-p", "no:cacheprovider", "-p", "xdist", "-n", "0")
        chosen = f"{BUNDLED} or quarterly_report or datapackage or every_topic"
        output = checkout.run("pytest", *options, "-k", chosen, *GENERAL_TESTS, installed=False)
        assert " passed" in output

    @pytest.mark.parametrize(
        "command", [("ruff", "check", "--no-cache"), ("ruff", "format", "--check", "--no-cache")]
    )
    def test_its_style_is_the_projects(self, checkout, command):
        paths = ("workbook", "tests", f"notebooks/{BUNDLED}.ipynb")
        checkout.run(*command, *paths, installed=False)

    def test_it_knows_no_other_topic(self, checkout):
        script = "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=checkout.project,
            env=os.environ | checkout.environment(installed=False),
            check=True,
            capture_output=True,
        )


def test_its_types_are_right(checkout):
    answer = subprocess.run(
        [sys.executable, "-m", "mypy", checkout.package / INSTALLED],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stdout
