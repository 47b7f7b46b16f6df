"""``workbook scenario``: what it prints, what it writes, and how it ends."""

import json

import pytest

from workbook.cli import main
from workbook.topics.digital_inclusion import topic

TOPIC = "digital_inclusion"


@pytest.fixture
def workbook(capsys, tmp_path, monkeypatch):
    """Run ``workbook scenario`` for a team with a folder; returns status, output and errors."""
    monkeypatch.setenv("WORKBOOK_SCENARIOS", str(tmp_path / "team"))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments):
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(SystemExit) as stopped:
            main(["scenario", *map(str, arguments)])
        output, errors = capsys.readouterr()
        if stopped.value.code == 2:
            assert sorted(tmp_path.rglob("*")) == before
            assert errors.endswith((".\n", "?\n"))
        return stopped.value.code, output, errors

    return run


@pytest.fixture
def saved(workbook):
    """A team with one scenario."""
    settings = ("--set", "programme_starts=500000", "--set", "dropout=0.1")
    words = ("--author", "Ada", "--why", "A middle way.")
    status, output, _ = workbook("save", TOPIC, "Half way", *settings, *words)
    assert status == 0
    assert output.startswith("Half way is saved as version 1: ")
    return workbook


def shown(workbook, *arguments):
    status, output, errors = workbook("show", TOPIC, *arguments, "--json")
    assert (status, errors) == (0, "")
    return json.loads(output)


def test_a_saved_scenario_is_shown(saved):
    description = shown(saved, "half way")
    date = description.pop("date")
    assert len(date) == len("2014-07-24")
    assert description == {
        "topic": TOPIC,
        "name": "Half way",
        "author": "Ada",
        "rationale": "A middle way.",
        "published": False,
        "parameters": {"programme_starts": 500_000, "dropout": 0.1},
        "migrations": [],
        "version": 1,
    }
    _, output, _ = saved("show", TOPIC, "Half way")
    for words in ("Ada, ", "version 1", "A middle way.", "programme_starts  500,000  300,000"):
        assert words in output


def test_a_scenario_is_changed_and_published_and_earlier_versions_stay(saved):
    saved("save", TOPIC, "Half way", "--set", "dropout=0.2", "--author", "Bob", "--publish")
    present = shown(saved, "Half way")
    assert present["parameters"] == {"programme_starts": 500_000, "dropout": 0.2}
    assert (present["version"], present["published"]) == (2, True)
    assert present["rationale"] == "A middle way."
    assert shown(saved, "Half way", "--version", "1")["parameters"]["dropout"] == 0.1
    assert "Half way" in topic.scenarios.published
    saved("save", TOPIC, "Half way", "--no-publish")
    assert "Half way" not in topic.scenarios.published
    assert "Half way" in topic.scenarios


@pytest.mark.parametrize("base", ["Charter delivers", "default", "charter.toml"])
def test_a_scenario_is_saved_from_another(workbook, tmp_path, monkeypatch, base):
    monkeypatch.chdir(tmp_path)
    topic.scenarios["Charter delivers"].to_file("charter.toml")
    workbook("save", TOPIC, "Copy", "--scenario", base, "--author", "Ada")
    starts = 300_000 if base == "default" else 800_000
    assert topic.scenarios["Copy"].programme_starts == starts


def test_the_list_has_bundled_and_team_scenarios(saved):
    status, output, _ = saved("list", TOPIC, "--json")
    assert status == 0
    listed = {description["name"]: description for description in json.loads(output)}
    assert list(listed) == ["Charter delivers", "The strategy as published", "Half way"]
    assert listed["Charter delivers"]["published"]
    assert listed["Charter delivers"]["rationale"]
    _, text, _ = saved("list")
    assert "Half way" in text
    assert "savings" in text


def test_the_history_says_who_when_why_and_what_changed(saved):
    saved("save", TOPIC, "Half way", "--set", "dropout=0.2", "--author", "Bob", "--why", "Later.")
    _, output, _ = saved("history", TOPIC, "Half way", "--json")
    first, second = json.loads(output)
    assert list(first) == ["version", "event", "name", "author", "time", "why", "changes"]
    assert second["changes"] == [{"parameter": "dropout", "old": 0.1, "new": 0.2}]
    assert (second["author"], second["why"], second["event"]) == ("Bob", "Later.", "saved")
    _, text, _ = saved("history", TOPIC, "Half way")
    assert "dropout: 10% to 20%" in text


def test_a_scenario_is_renamed_deleted_and_restored(saved):
    assert saved("rename", TOPIC, "Half way", "Middle")[0] == 0
    assert saved("delete", TOPIC, "Middle", "--why", "Out of date.", "--author", "Bob")[0] == 0
    status, _, errors = saved("show", TOPIC, "Middle")
    assert (status, errors.partition(".")[0]) == (2, 'Unknown scenario "Middle"')
    assert shown(saved, "Middle", "--version", "1")["name"] == "Half way"
    assert saved("restore", TOPIC, "Middle")[1] == "Middle is restored as version 4.\n"
    assert shown(saved, "Middle")["parameters"]["dropout"] == 0.1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("save", TOPIC, "../x"), "cannot be the name of a scenario"),
        (("save", TOPIC, "<script>"), "cannot be the name of a scenario"),
        (("save", TOPIC, "x" * 10**6), "cannot be the name of a scenario"),
        (
            ("save", TOPIC, "New", "--set", "dropout=2"),
            "dropout is 2.0: it must be a fraction of 1",
        ),
        (("save", TOPIC, "New", "--scenario", "Halfway"), 'Did you mean "Half way"?'),
        (("save", TOPIC, "New", "--why", "x" * 10**5), "larger than 64 KiB"),
        (("save", "digital_inclusio", "New"), "Unknown topic"),
        (("show", TOPIC, "Halfway"), 'Did you mean "Half way"?'),
        (("show", TOPIC, "Half way", "--version", "7"), "has no version 7"),
        (("rename", TOPIC, "Half way", "a/b"), "cannot be the name of a scenario"),
        (("delete", TOPIC, "Halfway"), 'Did you mean "Half way"?'),
        (("restore", TOPIC, "Half way"), 'No scenario "Half way" was deleted'),
        (("history", TOPIC, "Halfway"), 'Did you mean "Half way"?'),
        (("list", "x"), "Unknown topic"),
    ],
    ids=lambda value: " ".join(word[:20] for word in value) if isinstance(value, tuple) else "",
)
def test_an_invalid_request_is_a_sentence_and_writes_nothing(saved, arguments, message):
    status, _, errors = saved(*arguments)
    assert status == 2
    assert message in errors


def test_a_folder_that_cannot_be_written_fails_in_a_sentence(workbook, tmp_path):
    (tmp_path / "team").write_text("a file")
    status, _, errors = workbook("save", TOPIC, "New")
    assert status == 1
    assert errors.startswith("Nothing was saved. The folder ")


def test_another_folder_is_named_by_an_option(workbook, tmp_path):
    folder = tmp_path / "other"
    workbook("save", TOPIC, "There", "--folder", folder, "--author", "Ada")
    assert (folder / TOPIC / "there.toml").is_file()
    assert workbook("show", TOPIC, "There")[0] == 2
    assert workbook("show", TOPIC, "There", "--folder", folder)[0] == 0


def test_what_is_wrong_in_a_folder_is_said_beside_the_list(saved, tmp_path):
    (tmp_path / "team" / TOPIC / "broken.toml").write_text("= 5")
    status, output, errors = saved("list", TOPIC)
    assert status == 0
    assert "Half way" in output
    assert "broken.toml cannot be read as a scenario" in errors


def test_a_changed_default_is_said_when_a_model_runs(saved, tmp_path, capsys):
    file = tmp_path / "team" / TOPIC / "half-way.toml"
    file.write_text(file.read_text("utf-8").replace("adults = 52400000", "adults = 52000000"))
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main(["run", TOPIC, "--scenario", "Half way", "--json"])
    output, errors = capsys.readouterr()
    assert json.loads(output)["parameters"]["adults"] == 52_000_000
    assert errors.startswith("Half way: The default of adults is 52,400,000 now.")
