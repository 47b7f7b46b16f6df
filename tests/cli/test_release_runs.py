"""Two releases in processes of their own: a checkout with another formula, a commit, errors."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import ROOT
from workbook.cli import main
from workbook.cli.release_environment import ReleaseEnvironment, open_release
from workbook.cli.release_runs import compare_with_release
from workbook.topics.registry import TOPICS

pytestmark = pytest.mark.slow

TOPIC = "digital_inclusion"
FORMULA = 'values["programme_starts"] * years * values["unit_cost"]'
FOLDER = Path("workbook/topics/digital_inclusion")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A checkout of the code without a table of its own."""
    folder = tmp_path_factory.mktemp("release") / "checkout"
    for name in ("workbook", "notebooks", "data"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules")
        )
    return folder


@pytest.fixture
def changed(checkout):
    """Change a file of the checkout for one test."""
    originals = {}

    def change(path, old, new):
        text = (checkout / path).read_text(encoding="utf-8")
        originals.setdefault(checkout / path, text)
        assert text.count(old) == 1
        (checkout / path).write_text(text.replace(old, new), encoding="utf-8")

    yield change
    for path, text in originals.items():
        path.write_text(text, encoding="utf-8")


def compare(checkout):
    with open_release(str(checkout)) as release:
        comparison = compare_with_release(release, {TOPIC: TOPICS[TOPIC]})
    [topic] = comparison.topics
    return comparison, topic


def test_the_same_code_moves_nothing(checkout):
    comparison, topic = compare(checkout)
    assert topic.indicators == topic.changes == comparison.notes == ()
    assert topic.same == topic.scenarios > 50


def test_a_changed_formula_moves_its_figure_and_no_other(checkout, changed):
    changed(FOLDER / "indicator_values.py", FORMULA, f"{FORMULA} * 1.02")
    _, topic = compare(checkout)
    [moved] = topic.indicators
    assert moved.name == "programme_cost"
    assert moved.before == pytest.approx(moved.now * 1.02)
    assert moved.moved > 40
    assert topic.same == topic.scenarios - moved.moved


def test_a_changed_default_and_range_are_said(checkout, changed):
    changed(FOLDER / "parameters.py", "        79.5,\n", "        80.0,\n")
    _, topic = compare(checkout)
    assert topic.changes == ("The default of unit_cost was 80.0 and is 79.5.",)
    assert topic.indicators == ()  # on the same scenarios the models agree


def test_both_run_on_the_tables_of_this_release(checkout, changed):
    changed("data/inclusion_observed.csv", "11000000", "10000000")
    comparison, topic = compare(checkout)
    assert topic.indicators == comparison.notes == ()


def test_a_commit_of_the_checkout_can_be_named(checkout, monkeypatch):
    for command in (
        ["init", "--quiet"],
        ["add", "."],
        ["-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "--quiet", "-m", "A release"],
        ["tag", "v1"],
    ):
        subprocess.run(["git", "-C", checkout, *command], check=True)
    monkeypatch.setattr("workbook.cli.release_environment.PACKAGE", checkout / "workbook")
    with open_release("v1") as release:
        folder = release.checkout
        assert (folder / "workbook" / "__init__.py").is_file()
        assert not (folder / ".git").exists()
    assert not folder.exists()
    with pytest.raises(ValueError, match='"v2" is no folder, no Python, and no tag or commit'):
        open_release("v2").__enter__()


def test_the_python_of_an_environment_can_be_named(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    with open_release(sys.executable) as release:
        assert release == ReleaseEnvironment(sys.executable, Path(sys.executable), None)
        assert "PYTHONPATH" not in release.environment_variables()


@pytest.fixture
def run_command(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        with pytest.raises(SystemExit) as stopped:
            main(["compare", *map(str, arguments)])
        return stopped.value.code, *capsys.readouterr()

    return run


def test_the_command_prints_what_moved(checkout, changed, run_command, monkeypatch):
    monkeypatch.setattr("workbook.topics.registry.TOPICS", {TOPIC: TOPICS[TOPIC]})
    changed(FOLDER / "indicator_values.py", FORMULA, f"{FORMULA} * 1.02")
    status, output, errors = run_command("--release", checkout)
    assert (status, errors) == (0, "")
    text = " ".join(output.split())
    assert text.startswith("1 indicator moved from")
    assert "56 of 71" in text
    assert "15 of 71 scenarios give the same figures" in text
    status, output, _ = run_command("--release", checkout, "--json")
    assert status == 0
    assert json.loads(output)["topics"][0]["indicators"][0]["name"] == "programme_cost"


def make_empty(folder):
    return folder


def make_text_file(folder):
    (folder / "file.txt").write_text("no program")
    return folder / "file.txt"


def make_other_program(folder):
    program = folder / "python"
    program.write_text("#!/bin/sh\necho broken >&2; exit 3\n")
    program.chmod(0o755)
    return program


def make_broken_checkout(folder):
    (folder / "workbook").mkdir()
    (folder / "workbook" / "__init__.py").touch()
    return folder


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (make_empty, "holds neither a checkout of the workbook nor a Python environment"),
        (make_text_file, "is a file that cannot be run"),
        (make_other_program, "cannot be run: broken"),
        (make_broken_checkout, "cannot be run: ModuleNotFoundError"),
        (lambda _: "no-such-tag", "no tag or commit"),
    ],
)
def test_what_is_no_release_is_said_in_a_sentence(make, words, run_command, tmp_path):
    status, output, errors = run_command("--release", make(tmp_path))
    assert (status, output) == (2, "")
    assert words in errors
    assert errors.count("\n") == 1
