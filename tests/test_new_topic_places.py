"""A topic made by ``new-topic`` appears everywhere, with no other file edited.

Once it is written into a copy of the project, and once it is a package of its own that pip installs
beside the project.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from tests import ROOT
from tests.browser.server import free_port, run_server, wait_for_answer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

NAME = "zz_example"
"""A name that nobody gives to a topic of this checkout."""

TITLE = "Zz example"
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
class Place:
    """A copy of the project in which the new topic is found, and where the topic's files are."""

    project: Path
    path: tuple[Path, ...]
    tests: Path
    notebook: str

    def run(self, *words: object, folder: Path | None = None) -> str:
        """Run a Python module where the topic is found; what it prints."""
        answer = subprocess.run(
            [sys.executable, "-m", *map(str, words)],
            cwd=folder or self.project,
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 0, answer.stdout + answer.stderr
        assert "left out" not in answer.stderr
        return answer.stdout

    @property
    def environment(self) -> dict[str, str]:
        """What makes Python find the topic, and nothing in the folder where a command is run."""
        return {"PYTHONPATH": os.pathsep.join(map(str, self.path)), "PYTHONSAFEPATH": "1"}


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


def write_in_project(folder: Path) -> Place:
    project = copy_project(folder)
    before = file_contents(project)
    place = Place(project, (project,), project / "tests" / "topics" / NAME, f"{NAME}.ipynb")
    place.run("workbook.cli", "new-topic", NAME)
    after = file_contents(project)
    changed = [path for path in before if after[path] != before[path]]
    assert [path for path in changed if not path.startswith("tests/golden/quarterly_report/")] == [
        "data/datapackage.json"
    ]
    return place


def install_package(folder: Path) -> Place:
    project, package, target = copy_project(folder), folder / "package", folder / "installed"
    place = Place(project, (project, target), package / "tests", f"installed/{NAME}.ipynb")
    place.run("workbook.cli", "new-topic", NAME, package)
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--target", target)
    place.run("pip", "install", *options, package, folder=folder)
    return place


@pytest.fixture(scope="module")
def topic_in_project(tmp_path_factory) -> Place:
    """The new topic among the bundled ones."""
    return write_in_project(tmp_path_factory.mktemp("bundled"))


@pytest.fixture(scope="module")
def topic_in_package(tmp_path_factory) -> Place:
    """The new topic in a package of its own."""
    return install_package(tmp_path_factory.mktemp("installed"))


@pytest.fixture(params=["topic_in_project", "topic_in_package"])
def place(request) -> Place:
    """Each of the two places."""
    return request.getfixturevalue(request.param)


def test_its_own_tests_pass(place):
    options = ("-q", "-p", "no:cacheprovider", "-p", "xdist", "-n", "0")
    assert " passed" in place.run("pytest", *options, place.tests)


def test_it_is_listed_before_the_report(place):
    names = [topic["topic"] for topic in json.loads(place.run("workbook.cli", "list", "--json"))]
    assert names[-2:] == [NAME, "quarterly_report"]


def test_its_table_can_be_checked(place):
    file = next(path for root in place.path for path in root.rglob(f"{NAME}.csv"))
    assert "3 rows, errors: 0" in place.run("workbook.cli", "check", file, "--table", NAME)


def test_it_has_a_home_page_entry_and_a_page(place):
    command = [sys.executable, "-m", "workbook.cli", "serve", f"--port={free_port()}"]
    with run_server(command, "http://127.0.0.1:", place.environment) as line:
        site = line[line.index("http://") :]
        home = read_page(site)
        assert f">{TITLE}</a>" in home
        assert HEADLINE in home
        page = read_page(f"{site}{NAME}")
        assert re.search(rf"<h1[^>]*>{TITLE}", page)
        assert HEADLINE in page
        assert "Something went wrong" not in page


def read_page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=100) as answer:
        content: bytes = answer.read()
    return content.decode()


def test_it_is_in_a_snapshot_and_in_its_quarterly_report(place, tmp_path):
    options = ("--topic", NAME, "--topic", "quarterly_report", "--store", tmp_path)
    place.run("workbook.cli", "snapshot", "2014-Q2", *options)
    folder = tmp_path / "2014-Q2" / "r1"
    report = (folder / NAME / "report.html").read_text(encoding="utf-8")
    assert HEADLINE in report
    assert "48,100 to 61,000" in report
    assert (folder / NAME / "charts" / "projection.svg").is_file()
    report = (folder / "quarterly_report" / "report.html").read_text(encoding="utf-8")
    assert f"<h2>{TITLE}</h2>" in report
    assert "the 2018 target of 13,000 people is missed by 748" in report
    indicators = pd.read_csv(folder / "quarterly_report" / "indicators.csv")
    assert f"{NAME}.people_helped" in indicators["name"].to_list()


def test_jupyterlab_finds_its_notebook(place, tmp_path):
    port = free_port()
    command = [sys.executable, "-m", "workbook.cli", "lab", "--no-browser", "--allow-root"]
    command += [f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token="]
    settings = {
        "JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(tmp_path / "spaces"),
    }
    address = f"http://127.0.0.1:{port}/api/contents/{place.notebook}"
    with run_server(command, f":{port}/lab", place.environment | settings):
        notebook = json.loads(read_page(wait_for_answer(address)))
    first_cell, *_ = notebook["content"]["cells"]
    assert first_cell["source"].startswith(f"# {TITLE}")


class TestInProject:
    """What the project's own checks say of it."""

    def test_the_general_tests_of_topics_pass(self, topic_in_project):
        options = ("-q", "-p", "no:cacheprovider", "-p", "xdist", "-n", "0")
        chosen = f"{NAME} or quarterly_report or datapackage or every_topic"
        output = topic_in_project.run("pytest", *options, "-k", chosen, *GENERAL_TESTS)
        assert " passed" in output

    @pytest.mark.parametrize(
        "command", [("ruff", "check", "--no-cache"), ("ruff", "format", "--check", "--no-cache")]
    )
    def test_its_style_is_the_projects(self, topic_in_project, command):
        topic_in_project.run(*command, ".")

    def test_it_knows_no_other_topic(self, topic_in_project):
        script = "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=topic_in_project.project,
            env=os.environ | topic_in_project.environment,
            check=True,
            capture_output=True,
        )


def test_its_types_are_right(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "workbook.cli", "new-topic", NAME, tmp_path / "package"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    answer = subprocess.run(
        [sys.executable, "-m", "mypy", tmp_path / "package" / NAME],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stdout
