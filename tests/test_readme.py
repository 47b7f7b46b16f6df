"""The commands, examples, pictures and links in the README and the guide work."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import ROOT
from workbook import Study, Topic
from workbook.cli import main
from workbook.exports.pandoc import convert_page
from workbook.snapshots.jobs import prepare_snapshot
from workbook.snapshots.snapshot import make_snapshot
from workbook.topics.digital_inclusion import topic as inclusion

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md"))]
}
COMMANDS = sorted(
    {
        command
        for page in PAGES.values()
        for command in re.findall(r"^\$ (.+)$", page, flags=re.MULTILINE)
    }
)
OWN_COMMANDS = [command for command in COMMANDS if command.startswith("workbook ")]
"""Commands that run in this process, which has everything loaded."""
ARCHIVE_COMMANDS = (
    "workbook verify",
    "workbook archive",
    "workbook claims draft.docx --snapshot",
)
"""Commands that read a snapshot."""
OTHER_COMMANDS = [command for command in COMMANDS if command not in OWN_COMMANDS]
PYTHON_EXAMPLE = re.compile(r"```python\n(.*?)```", re.DOTALL)
OWN_TOPIC, OWN_SIMULATION = PYTHON_EXAMPLE.findall(PAGES["docs/guide/own_topic.md"])
MAXIMUM_README_LINES = 150
MAXIMUM_EXAMPLE_LINES = 50


@pytest.fixture
def working_folder(tmp_path):
    """Return a folder in which the documented commands find their files."""
    for name in ("data", "notebooks"):
        (tmp_path / name).symlink_to(ROOT / name, target_is_directory=True)
    draft = convert_page("<p>G-Cloud has 1,518 suppliers.</p>", "docx", "Draft")
    (tmp_path / "draft.docx").write_bytes(draft)
    columns = "number,sentence,status,confirmed,confirmed_by,confirmed_on\n"
    (tmp_path / "confirmed.csv").write_text(columns, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """An archive with a snapshot, for the commands that read one."""
    folder = tmp_path_factory.mktemp("archive") / "snapshots"
    make_snapshot(prepare_snapshot("2014-Q2", [(inclusion, inclusion.Scenario())], folder))
    return folder


@pytest.mark.parametrize("command", OWN_COMMANDS)
def test_a_documented_command_of_the_workbook_runs(
    command, working_folder, archive, monkeypatch, capsys
):
    monkeypatch.chdir(working_folder)
    if command.startswith(ARCHIVE_COMMANDS):
        shutil.copytree(archive, "snapshots")
    with pytest.raises(SystemExit) as ended:
        main(shlex.split(command)[1:])
    assert not ended.value.code, capsys.readouterr().err
    if command.startswith("workbook snapshot "):
        place = "trials/*" if "--trial" in command else "2014-Q2/r1"
        assert list(working_folder.glob(f"snapshots/{place}/index.html"))


@pytest.mark.slow
@pytest.mark.parametrize("command", OTHER_COMMANDS)
def test_a_documented_command_of_another_program_runs(command, working_folder):
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    result = subprocess.run(
        shlex.split(command),
        check=False,
        cwd=working_folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("page", PAGES)
def test_every_documented_make_target_exists(page):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"(?:`|^)make (\w+)", PAGES[page], flags=re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target


def test_the_first_scenario_gives_the_documented_result():
    documented_result = "4.2 million adults would lack basic digital skills in 2020"
    assert documented_result in inclusion.run(programme_starts=800_000).headline
    assert documented_result in README
    label = inclusion.Scenario.parameters()["programme_starts"].label
    assert f"**{label}**" in README


def test_the_notebook_example_in_the_readme_runs():
    (example,) = PYTHON_EXAMPLE.findall(README)
    names = {"study": Study(inclusion)}
    exec(example, names)
    assert names["study"].scenario.values()["programme_starts"] == 800_000


def test_the_example_topic_gives_the_documented_results():
    assert len(OWN_TOPIC.splitlines()) < MAXIMUM_EXAMPLE_LINES
    names: dict[str, Any] = {}
    *definitions, last_line = OWN_TOPIC.strip().splitlines()
    exec("\n".join(definitions), names)
    libraries = names["libraries"]
    assert isinstance(libraries, Topic)
    study = eval(last_line, names)
    assert isinstance(study, Study)
    assert libraries.run(libraries=500).headline == (
        "Libraries would help 72,000 people to get online by 2020."  # 500 × 24 × 6 years
    )
    assert list(study.charts) == ["by_year", "people_helped_by_libraries", "swing"]
    study.scenario = study.scenario.replace(libraries=500)
    assert study.link.query == "libraries=500"
    assert study.tiles.tiles[0]["value"] == "72000.0"
    assert study.charts["by_year"].table_content["rows"][-1] == [2020, 72_000.0]
    assert study.charts["swing"].table_content["rows"][0][0] == "helped"
    assert "500" in study.form.to_static_html()
    exec(OWN_SIMULATION, names)
    # the middle of a PERT from 10 to 40 around 24, times 3,000 libraries and 6 years
    assert 18_000 * 10 < names["low"] < 18_000 * 24 < names["high"] < 18_000 * 40


@pytest.mark.parametrize("page", ["docs/guide/comparison.md", "docs/guide/notebooks.md"])
def test_the_python_examples_of_the_guide_run(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # an example writes a file
    names: dict[str, Any] = {"topic": inclusion, "study": Study(inclusion)}
    for example in PYTHON_EXAMPLE.findall(PAGES[page]):
        exec(example, names)


def test_the_readme_is_short_and_its_pictures_have_descriptions():
    assert len(README.splitlines()) < MAXIMUM_README_LINES
    pictures = re.findall(r"!\[(.+?)\]\((.+?)\)", README)
    assert pictures
    for description, path in pictures:
        assert len(description) > 40
        assert (ROOT / path).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_link_to_a_file_leads_to_an_existing_file(page):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", PAGES[page]):
        assert (ROOT / target).exists(), target


def test_the_benchmark_results_are_documented():
    for measurement in (
        "Model, 10,000 draws",
        "The published take-up file",
        "Take-up's model",
        "Key press to painted chart",
        "Opening the page",
    ):
        line = rf"^{measurement}.*ratio \d+\.\d\d.*aim"
        assert re.search(line, PAGES["docs/guide/speed.md"], flags=re.MULTILINE), measurement
