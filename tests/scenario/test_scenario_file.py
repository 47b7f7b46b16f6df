"""Scenario files: read if they are whole and the topic's, else refused in plain words."""

import os
from datetime import date

import pytest

from tests.scenario.lamps import Lamps
from workbook.scenario import ScenarioFile, open_scenario_file
from workbook.scenario.scenario_file import format_scenario_file, read_scenario_file
from workbook.scenario.text_files import LARGEST_FILE

WHOLE = """\
name = "Brighter nights"
topic = "lamps"
author = "Ada"
date = 2014-07-24
rationale = "So that people see."
published = true

[parameters]
lamps = 700

[defaults]
lamps = 600
"""


def write(path, content):
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_file_says_who_saved_which_values_when_and_why(tmp_path):
    assert read_scenario_file(write(tmp_path / "a.toml", WHOLE)) == ScenarioFile(
        name="Brighter nights",
        topic="lamps",
        author="Ada",
        date=date(2014, 7, 24),
        rationale="So that people see.",
        published=True,
        parameters={"lamps": 700},
        defaults={"lamps": 600},
    )


def test_what_is_written_is_read_and_looks_like_the_contract(tmp_path):
    content = read_scenario_file(write(tmp_path / "a.toml", WHOLE))
    assert format_scenario_file(content) == WHOLE


def test_the_older_form_has_a_title_and_is_published(tmp_path):
    older = 'title = "Brighter/nights"\n[parameters]\nlamps = 700\n'
    content = read_scenario_file(write(tmp_path / "brighter.toml", older))
    assert (content.name, content.published) == ("brighter", True)  # a name has no slash
    content = read_scenario_file(write(tmp_path / "a.toml", older.replace("/", " ")))
    assert (content.name, content.parameters) == ("Brighter nights", {"lamps": 700})


def test_a_file_without_a_name_has_its_file_s_and_is_not_published(tmp_path):
    content = read_scenario_file(write(tmp_path / "night.toml", "[parameters]\nlamps = 1\n"))
    assert (content.name, content.published) == ("night", False)


@pytest.mark.parametrize(
    "line", ['date = "2014-07-24"', "date = 2014-07-24T09:30:00Z", "date = 2014-07-24"]
)
def test_a_date_is_a_day_in_any_form(tmp_path, line):
    content = read_scenario_file(write(tmp_path / "a.toml", line))
    assert content.date == date(2014, 7, 24)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (WHOLE.replace('"lamps"', '"buses"'), 'a scenario of the topic "buses", not of lamps'),
        (WHOLE.replace("700", "700_000"), "lamps is 700,000: it must be a whole number from 0"),
        (WHOLE.replace("700", "[7]"), "lamps is [7]: it must be a whole number"),
        (WHOLE.replace("true", "1"), "published is 1: it must be true or false"),
        (WHOLE.replace("2014-07-24", '"soon"'), 'date is "soon": it must be a day such as'),
        (WHOLE.replace("2014-07-24", "2014-02-30"), "cannot be read as a scenario"),
        (WHOLE.replace("2014-07-24", "5"), "date is 5: it must be a day such as"),
        (WHOLE.replace('"Ada"', "7"), "author is 7: it must be a text"),
        (WHOLE.replace("Ada", "\\u001b[2J"), "author has a character that cannot be seen"),
        (WHOLE.replace("Brighter nights", "../x"), "cannot be the name of a scenario"),
        (WHOLE.replace("[defaults]", "[default]"), 'it contains "default". A scenario file has'),
        ("defaults = 5", "defaults is 5: it must be a table, [defaults]"),
        ("= 5", "cannot be read as a scenario"),
        ("a = " + "[" * 5000, "cannot be read as a scenario"),
        (b"name = '\xff'", "it is not text in UTF-8"),
        (b"\x00" * 40, "cannot be read as a scenario"),
        ("#" * (LARGEST_FILE + 1), "it is larger than 64 KiB"),
    ],
    ids=range(17),
)
def test_a_bad_file_is_refused_in_plain_words(tmp_path, content, reason):
    path = write(tmp_path / "bad.toml", content)
    with pytest.raises(ValueError, match=r"bad\.toml") as caught:
        open_scenario_file(path, Lamps, "lamps")
    assert reason in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_gigabyte_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.toml"
    with path.open("wb") as file:
        file.truncate(10**9)
    with pytest.raises(ValueError, match="larger than 64 KiB"):
        read_scenario_file(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such pipes")
def test_a_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(ValueError, match="it is not a file but a pipe"):
        read_scenario_file(tmp_path / "pipe.toml")
    with pytest.raises(ValueError, match="it is not a file but a pipe or a device"):
        read_scenario_file("/dev/zero")


def test_a_folder_is_refused(tmp_path):
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(ValueError, match=r"folder\.toml .* it is a folder"):
        read_scenario_file(tmp_path / "folder.toml")


def test_a_link_may_not_leave_the_folder_that_it_is_kept_in(tmp_path):
    folder = tmp_path / "team"
    folder.mkdir()
    write(tmp_path / "outside.toml", WHOLE)
    write(folder / "inside.toml", WHOLE)
    (folder / "out.toml").symlink_to(tmp_path / "outside.toml")
    (folder / "in.toml").symlink_to("inside.toml")
    with pytest.raises(ValueError, match=r"out\.toml .* a link to a file outside its folder"):
        read_scenario_file(folder / "out.toml", folder)
    assert read_scenario_file(folder / "in.toml", folder).name == "Brighter nights"
    assert read_scenario_file(folder / "out.toml").name == "Brighter nights"  # named by its user


def test_a_loop_of_links_is_refused(tmp_path):
    (tmp_path / "loop.toml").symlink_to("loop.toml")
    with pytest.raises(ValueError, match=r"loop\.toml cannot be read"):
        read_scenario_file(tmp_path / "loop.toml", tmp_path)
