"""What the README says: its commands run, its example works, its picture is there."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from workbook import Study, Topic
from workbook.topics.digital_inclusion import topic as inclusion

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ (.+)$", README, flags=re.MULTILINE)
OWN_TOPIC, *_ = [
    code for code in re.findall(r"```python\n(.*?)```", README, re.DOTALL) if "class" in code
]
LONGEST_EXAMPLE = 40


@pytest.fixture
def working_folder(tmp_path: Path) -> Path:
    """A folder in which the README's commands find what they name and leave what they make."""
    for name in ("data", "notebooks"):
        (tmp_path / name).symlink_to(ROOT / name, target_is_directory=True)
    return tmp_path


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs(command: str, working_folder: Path) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    ran = subprocess.run(
        shlex.split(command),
        check=False,
        cwd=working_folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    if "snapshot" in command:
        assert (working_folder / "snapshots/2014-Q2/r1/index.html").is_file()


def test_every_make_target_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`?make (\w+)", README)):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target


def test_the_first_changed_scenario_reads_as_promised() -> None:
    headline = inclusion.run(programme_starts=800_000).headline
    assert (
        "4.2 million people will lack basic digital skills in 2020, within the target" in headline
    )
    promised = " ".join(README.split())
    assert (
        "4.2 million people will lack basic digital skills in 2020, within the target" in promised
    )


def test_the_example_of_a_topic_of_one_s_own_gives_everything_it_promises() -> None:
    assert len(OWN_TOPIC.splitlines()) < LONGEST_EXAMPLE
    names: dict[str, Any] = {}
    *definitions, last = OWN_TOPIC.strip().splitlines()
    exec("\n".join(definitions), names)
    libraries = names["libraries"]
    assert isinstance(libraries, Topic)
    study = eval(last, names)
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


def test_the_picture_is_there_and_described() -> None:
    pictures = re.findall(r"!\[(.+?)\]\((.+?)\)", README)
    assert pictures
    for words, path in pictures:
        assert len(words) > 40
        assert (ROOT / path).read_bytes().startswith(b"\x89PNG")


def test_the_benchmark_s_lines_are_recorded() -> None:
    for what in (
        "Model, 10,000 draws",
        "The published take-up file",
        "Take-up's model",
        "Key press to painted chart",
        "Opening the page",
    ):
        assert re.search(rf"^{what}.*ratio \d+\.\d\d.*aim", README, flags=re.MULTILINE), what
