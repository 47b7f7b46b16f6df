"""Saved scenarios on a page: what a visitor's messages do, and what they cannot do."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from workbook import Study
from workbook.scenario import Scenario
from workbook.scenario.store import FOLDER_VARIABLE, lock
from workbook.topics.registry import TOPICS
from workbook.widgets.saved_scenarios import SavedScenariosWidget
from workbook.widgets.scenario_listing import format_time

TOPIC = TOPICS["digital_inclusion"]
CHARTER = "Charter delivers"


@cache
def page() -> Study:
    """The study behind the page. One for all tests: it is slow to make."""
    return Study(TOPIC, TOPIC.Scenario(draws=100))


class Visit:
    """A visit to the page: sends messages as its browser does."""

    def __init__(self) -> None:
        self.study = page()
        self.study.scenario = TOPIC.Scenario(draws=100)
        self.answers: list[dict[str, Any]] = []
        self.count = 0
        self.use(SavedScenariosWidget(TOPIC, self.study.form.study_id))
        self.widget.open_with(self.study.controls.open_scenario)
        self.widget.show(self.study.outcome)

    def use(self, widget: SavedScenariosWidget) -> None:
        self.widget = widget
        self.widget.send = lambda content, *_: self.answers.append(content)

    @property
    def scenario(self) -> Scenario:
        """The scenario that the visit saves."""
        return self.widget._scenario

    def send(self, **message: object) -> None:
        async def handle() -> None:  # opening starts the deferred analyses, which need a loop
            self.widget._handle_custom_msg(message, [])

        asyncio.run(handle())

    def type(self, **texts: str) -> None:
        async def edit() -> None:
            form = self.study.form
            form.edits = {"revision": form.accepted_revision + 1, "texts": texts}

        asyncio.run(edit())

    def ask(self, action: str, **message: object) -> dict[str, Any]:
        self.count += 1
        self.send(id=str(self.count), action=action, **message)
        return self.answers[-1]

    def save(self, name: str, author: str = "Ada", **message: object) -> dict[str, Any]:
        return self.ask("save", name=name, author=author, **message)

    def change(self, **values: object) -> None:
        changed = replace(self.study.outcome, scenario=self.scenario.replace(**values))
        self.widget.show(changed)

    def listed(self) -> dict[str, dict[str, Any]]:
        return {scenario["name"]: scenario for scenario in self.ask("list")["scenarios"]}


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The team's folder of scenarios, of a served page."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "team"))
    monkeypatch.setenv("VOILA_BASE_URL", "/")
    return tmp_path / "team"


@pytest.fixture
def visit(folder: Path) -> Iterator[Visit]:
    """A visit to a page that saves in the team's folder."""
    assert not folder.exists()
    return Visit()


def file_contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class TestSave:
    def test_a_saved_scenario_is_in_the_list_with_who_when_why(self, visit: Visit) -> None:
        visit.change(programme_starts=800_000)
        answer = visit.save("More starts", why="The partners can help more.")
        assert answer["status"] == "“More starts” is saved."
        saved = visit.listed()["More starts"]
        assert saved["saved"].startswith("Ada, ")
        assert saved["why"] == "The partners can help more."
        assert (saved["changes"], saved["is_published"]) == ("2 changes", False)
        assert saved["is_editable"]
        assert not visit.listed()[CHARTER]["is_editable"]  # it comes with the workbook
        assert TOPIC.scenarios["More starts"] == visit.scenario

    def test_a_name_is_needed_and_so_is_the_visitor_s(self, visit: Visit, folder: Path) -> None:
        assert visit.save("  ")["errors"] == {"name": "Enter a name."}
        assert set(visit.save("More starts", author=" ")["errors"]) == {"author"}
        assert not folder.exists()

    @pytest.mark.parametrize(
        "name", ["../x", "/etc/passwd", "<script>alert(1)</script>", "a\0", "x" * 10**6, "default"]
    )
    def test_a_bad_name_is_rejected_beside_its_field(
        self, visit: Visit, folder: Path, name: str
    ) -> None:
        message = visit.save(name)["errors"]["name"]
        assert "cannot be the name of a scenario" in message
        assert len(message) < 300
        assert not folder.exists()

    @pytest.mark.parametrize(
        ("texts", "field"),
        [
            ({"author": "A" * 81}, "author"),
            ({"author": "A\u202eda"}, "author"),
            ({"why": "w" * 2001}, "why"),
            ({"why": "w\0"}, "why"),
        ],
    )
    def test_a_long_or_invisible_text_is_rejected_beside_its_field(
        self, visit: Visit, folder: Path, texts: dict[str, str], field: str
    ) -> None:
        assert set(visit.save("More starts", **texts)["errors"]) == {field}
        assert not folder.exists()

    def test_nothing_is_saved_while_a_field_has_an_error(self, visit: Visit, folder: Path) -> None:
        visit.use(visit.study.dashboard.saved_scenarios)
        for text, is_saved in (("-1", False), ("0.3", True)):
            visit.type(dropout=text)
            answer = visit.save("More starts")
            assert ("is saved" in answer.get("status", "")) == is_saved
            assert answer.get("failure", "").endswith("errors in the form first.") != is_saved
            assert folder.exists() == is_saved

    def test_a_name_that_is_taken_is_asked_about(self, visit: Visit) -> None:
        visit.save("More starts")
        other = Visit()
        other.change(programme_starts=900_000)
        question = other.save("more  STARTS", author="Ben")["question"]
        assert question["text"].startswith(
            "There is already a scenario “More starts”: version 1, saved by Ada on "
        )
        assert question["label"] == "Save as version 2"
        answer = other.save("more starts", author="Ben", follows=question["follows"])
        assert answer["status"] == "“More starts” is saved as version 2."
        assert visit.listed()["More starts"]["saved"].startswith("Ben, ")

    def test_an_own_version_is_followed_without_a_question(self, visit: Visit) -> None:
        visit.save("More starts")
        visit.change(programme_starts=900_000)
        assert visit.save("More starts")["status"] == "“More starts” is saved as version 2."
        again = visit.save("More starts")["status"]
        assert again == "Nothing has changed since version 2 of “More starts”."

    def test_of_two_who_save_at_once_the_second_is_told_and_nothing_is_lost(
        self, visit: Visit
    ) -> None:
        visit.save("More starts")
        ben, cat = Visit(), Visit()
        for other in (ben, cat):
            assert "failure" not in other.ask("open", name="More starts")
        ben.change(programme_starts=900_000)
        cat.change(programme_starts=700_000)
        follows = ben.save("More starts", author="Ben")["question"]["follows"]
        assert cat.save("More starts", author="Cat")["question"]["follows"] == follows
        ben.save("More starts", author="Ben", follows=follows)
        question = cat.save("More starts", author="Cat", follows=follows)["question"]
        assert question["text"].startswith(
            "“More starts” has changed since you opened version 1: it is now version 2, saved by"
            " Ben on "
        )
        cat.save("More starts", author="Cat", follows=question["follows"])
        history = TOPIC.scenario_store().history("More starts")
        assert [entry.version.author for entry in history] == ["Ada", "Ben", "Cat"]

    def test_a_bundled_name_is_asked_about(self, visit: Visit) -> None:
        question = visit.save(CHARTER)["question"]
        assert "comes with the workbook" in question["text"]
        visit.save(CHARTER, follows=question["follows"])
        assert TOPIC.scenarios[CHARTER] == visit.scenario

    def test_one_that_was_deleted_meanwhile(self, visit: Visit) -> None:
        visit.save("More starts")
        TOPIC.scenario_store().delete("More starts", author="Ben")
        visit.change(programme_starts=900_000)
        assert "was deleted meanwhile" in visit.save("More starts")["failure"]
        assert "is saved" in visit.save("More starts")["status"]

    def test_a_full_folder_is_a_sentence_without_its_path(
        self, visit: Visit, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        visit.save("More starts")
        before = file_contents(folder)

        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(lock, "_wait_for_lock", fail)
        for answer in (
            visit.save("Fewer starts"),
            visit.ask("delete", name="More starts", author="A"),
        ):
            assert answer["failure"].startswith("Nothing has changed.")
            assert "no space left on device" in answer["failure"]
            assert str(folder) not in answer["failure"]
        assert file_contents(folder) == before

    def test_a_scenario_with_an_uploaded_file_is_not_saved(self, visit: Visit) -> None:
        scenario = TOPICS["savings"].Scenario(take_up_data="upload:mine.csv")
        visit.widget.show(replace(visit.study.outcome, scenario=scenario))
        failure = visit.save("Mine")["failure"]
        assert "mine.csv, which is kept for this visit only" in failure


class TestChange:
    def test_rename_delete_and_restore(self, visit: Visit) -> None:
        visit.save("More starts")
        renamed = visit.ask("rename", name="More starts", new_name="Many starts", author="Ben")
        assert renamed["status"] == "“More starts” is now called “Many starts”."
        deleted = visit.ask("delete", name="Many starts", author="Ben")
        assert (deleted["status"], deleted["deleted"]) == (
            "“Many starts” is deleted.",
            "Many starts",
        )
        assert "Many starts" not in {scenario["name"] for scenario in deleted["scenarios"]}
        restored = visit.ask("restore", name="Many starts", author="Ben")
        assert "Many starts" in {scenario["name"] for scenario in restored["scenarios"]}
        versions = visit.ask("history", name="Many starts")["versions"]
        assert [version["saved"].split(" on ")[0] for version in versions] == [
            "Version 4, restored by Ben",
            "Version 3, deleted by Ben",
            "Version 2, renamed by Ben",
            "Version 1, saved by Ada",
        ]
        assert all(version["saved"].endswith(" UTC") for version in versions)
        assert versions[-1]["changes"] == ["Simulations: 10,000 → 100"]

    def test_the_bundled_scenario_is_back_when_the_team_s_is_deleted(self, visit: Visit) -> None:
        visit.save(CHARTER, follows=0)
        visit.ask("delete", name=CHARTER, author="Ada")
        assert visit.ask("open", name=CHARTER)["status"] == f"“{CHARTER}” is open."
        assert visit.study.scenario.programme_starts == 800_000
        (version,) = visit.ask("history", name=CHARTER)["versions"]
        assert "in a file by policy team" in version["saved"]

    @pytest.mark.parametrize("action", ["delete", "rename"])
    def test_a_name_that_the_visitor_has_given_up_is_saved_again_at_once(
        self, visit: Visit, action: str
    ) -> None:
        visit.save("More starts")
        visit.ask(action, name="more starts", new_name="Other", author="Ada")
        assert "“More starts” is saved" in visit.save("More starts")["status"]

    def test_a_file_that_was_not_saved_here_has_its_own_day(self, visit: Visit) -> None:
        (version,) = visit.ask("history", name=CHARTER)["versions"]
        assert version["saved"] == "Version 1, in a file by policy team of 24 July 2014"

    @pytest.mark.parametrize("new_name", ["../x", "", CHARTER.upper()])
    def test_a_bad_new_name_is_rejected_beside_its_field(self, visit: Visit, new_name: str) -> None:
        visit.save(CHARTER, follows=0)
        visit.save("More starts")
        answer = visit.ask("rename", name="More starts", new_name=new_name, author="Ada")
        assert set(answer["errors"]) == {"new_name"}
        assert "More starts" in visit.listed()

    def test_nothing_is_changed_in_nobody_s_name(self, visit: Visit) -> None:
        visit.save("More starts")
        assert set(visit.ask("delete", name="More starts")["errors"]) == {"author"}

    def test_a_bundled_scenario_is_not_deleted_from_a_team_s_page(self, visit: Visit) -> None:
        assert "Unknown scenario" in visit.ask("delete", name=CHARTER, author="Ada")["failure"]
        assert CHARTER in visit.listed()

    def test_a_file_that_cannot_be_read_is_named(self, visit: Visit, folder: Path) -> None:
        visit.save("More starts")
        (folder / TOPIC.name / "broken.toml").write_text("name = ", encoding="utf-8")
        (sentence,) = visit.ask("list")["file_errors"]
        assert sentence.startswith("broken.toml cannot be read as a scenario: ")
        assert str(folder) not in sentence


class TestOpen:
    def test_it_is_a_new_step_of_the_visit(self, visit: Visit) -> None:
        step = visit.study.link.step
        assert visit.ask("open", name=CHARTER)["status"] == f"“{CHARTER}” is open."
        assert visit.study.scenario == TOPIC.scenarios[CHARTER]
        assert visit.study.link.step != step
        assert visit.study.link.query == "programme_starts=800000"
        notice = visit.study.dashboard.opened_scenario
        assert notice.text.startswith(f"Opened: “{CHARTER}”, saved by policy team on 24 July 2014.")
        visit.study.scenario = TOPIC.Scenario(draws=100)
        assert notice.text == ""

    def test_every_earlier_version_can_be_opened(self, visit: Visit) -> None:
        visit.save("More starts")
        first = visit.scenario
        visit.change(programme_starts=900_000)
        visit.save("More starts")
        answer = visit.ask("open", name="More starts", version=1)
        assert answer["status"] == "Version 1 of “More starts” is open."
        assert visit.study.scenario == first
        assert "has no version 3" in visit.ask("open", name="More starts", version=3)["failure"]

    def test_the_changes_since_it_was_saved_are_listed_by_label(
        self, visit: Visit, folder: Path
    ) -> None:
        path = folder / TOPIC.name / "old.toml"
        path.parent.mkdir(parents=True)
        path.write_text(
            f'name = "Old"\ntopic = "{TOPIC.name}"\n[parameters]\ndropout = 0.2\nlamps = 3\n'
            "[defaults]\nprogramme_starts = 250000\nlamps = 2\n",
            encoding="utf-8",
        )
        visit.ask("open", name="Old")
        removed, changed = visit.study.dashboard.opened_scenario.migrations
        assert removed == "lamps no longer exists. Its value, 3, was left out."
        assert changed == (
            "“Programme starts a year”: the published value was 250,000 when the scenario was"
            " saved. It is 300,000 now. This scenario has 250,000."
        )

    @pytest.mark.parametrize("name", ["../../default", "/etc/passwd", "Chartr delivers", ""])
    def test_what_is_no_name_opens_nothing(self, visit: Visit, name: str) -> None:
        before = visit.study.scenario
        assert "Unknown scenario" in visit.ask("open", name=name)["failure"]
        assert visit.study.scenario == before


def test_a_time_is_in_utc_and_says_so() -> None:
    time = datetime(2014, 3, 3, 1, 5, tzinfo=timezone(timedelta(hours=2)))
    assert format_time(time) == "2 March 2014 at 23:05 UTC"


class TestFile:
    def test_a_file_of_the_visitor_s_own_is_opened(self, visit: Visit) -> None:
        file = visit.save("More starts", as_file=True)["file"]
        assert file["name"] == "more-starts.toml"
        saved = visit.scenario
        visit.change(programme_starts=900_000)
        answer = visit.ask("open_file", file_name=file["name"], text=file["text"])
        assert answer["status"] == 'The scenario in "more-starts.toml" is open.'
        assert visit.study.scenario == saved

    def test_a_file_without_a_name_has_that_of_the_file(self, visit: Visit) -> None:
        visit.ask("open_file", file_name="my file.toml", text="[parameters]\ndropout = 0.2")
        assert visit.study.dashboard.opened_scenario.text == "Opened: “my file”."

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('topic = "savings"', 'is a scenario of the topic "savings", not of digital_inclusion'),
            ("topic = ", "cannot be read as a scenario"),
            ("\0", "cannot be read as a scenario"),
            ("a = " + "[" * 5000, "nested too deeply"),
            ("#" * 70_000, "larger than 64 KiB"),
            ("#\ud800", "not text in UTF-8"),
            ("[parameters]\ndropout = 2.0", "Share who drop out must be between 0% and 100%."),
            ("[parameters]\nlamps = 2", 'Unknown parameter "lamps"'),
            ("[parameters]\ndraws = 100001", "at most"),
        ],
    )
    def test_what_is_no_scenario_is_said_and_changes_nothing(
        self, visit: Visit, text: str, message: str
    ) -> None:
        before = visit.study.scenario
        error = visit.ask("open_file", file_name="mine.toml", text=text)["errors"]["file"]
        assert message in error
        assert visit.study.scenario == before

    def test_a_file_opens_no_file_of_the_server(self, visit: Visit) -> None:
        topic = TOPICS["savings"]
        study = Study(topic, topic.Scenario(draws=100))
        visit.use(study.dashboard.saved_scenarios)
        text = '[parameters]\ntake_up_data = "/etc/passwd"\n'
        error = visit.ask("open_file", file_name="mine.toml", text=text)["errors"]["file"]
        assert "must be the name of a bundled, registered or uploaded table" in error


class TestReadOnly:
    @pytest.fixture
    def visit(self, monkeypatch: pytest.MonkeyPatch) -> Visit:
        """A visit to a page whose operator has named no folder."""
        monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
        monkeypatch.setenv("VOILA_BASE_URL", "/")
        return Visit()

    def test_nothing_is_written_and_the_file_is_given(self, visit: Visit) -> None:
        assert not visit.widget.can_save
        before = file_contents(TOPIC.scenario_store().folder)
        for action in ("save", "delete", "rename", "restore"):
            answer = visit.ask(action, name=CHARTER, new_name="Other", author="Ada")
            assert answer["failure"] == "This page does not keep scenarios."
        assert visit.save("More starts", as_file=True)["file"]["text"].startswith("name = ")
        assert file_contents(TOPIC.scenario_store().folder) == before
        assert not any(scenario["is_editable"] for scenario in visit.listed().values())

    def test_a_folder_that_cannot_be_written_is_only_read(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        TOPIC.scenario_store().save("More starts", TOPIC.Scenario(dropout=0.2), author="Ada")
        monkeypatch.setattr("os.access", lambda *_: False)
        visit = Visit()
        assert not visit.widget.can_save
        assert not visit.listed()["More starts"]["is_editable"]
        assert "is open" in visit.ask("open", name="More starts")["status"]
        assert folder.exists()

    def test_published_scenarios_are_opened(self, visit: Visit) -> None:
        visit.ask("open", name=CHARTER)
        assert visit.study.scenario == TOPIC.scenarios[CHARTER]


class TestHostileMessages:
    @pytest.mark.parametrize(
        "message",
        [
            {},
            {"id": 3, "action": "list"},
            {"id": "x" * 1000, "action": "list"},
            {"id": "1", "action": ["list"]},
            {"id": "1", "action": "save", "name": {"a": 1}},
            {"id": "1", "action": "open", "name": "a", "version": "1"},
            {"id": "1", "action": "open", "name": "a", "version": True},
            {"id": "1", "action": "save", "name": "a", "as_file": 1},
            {"id": "1", "action": "open_file", "file_name": "x" * 1000, "text": ""},
        ],
    )
    def test_one_that_the_page_cannot_send_is_not_answered(
        self, visit: Visit, message: dict[str, Any]
    ) -> None:
        visit.send(**message)
        assert visit.answers == []

    def test_an_unknown_action_is_answered(self, visit: Visit) -> None:
        assert "not known here" in visit.ask("format")["failure"]

    def test_one_that_comes_again_is_done_once(self, visit: Visit) -> None:
        for _ in range(3):
            visit.send(id="same", action="save", name="More starts", author="Ada")
        assert [answer["status"] for answer in visit.answers] == ["“More starts” is saved."] * 3

    def test_a_fault_is_reported_and_logged(
        self, visit: Visit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fail(*_: object) -> None:
            raise RuntimeError("boom")

        monkeypatch.setattr(visit.widget._actions, "answer", fail)
        assert "report incident" in visit.ask("list")["failure"]
        assert "boom" in caplog.text


class TestJupyterLab:
    def test_the_user_s_name_is_known_and_the_team_s_folder_is_used(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.delenv("VOILA_BASE_URL", raising=False)
        monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
        visit = Visit()
        assert visit.widget.can_save
        assert visit.ask("list")["author"]
        assert visit.save("More starts", author="")["status"] == "“More starts” is saved."
        assert "More starts" in TOPIC.scenarios

    def test_save_and_open_in_python(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
        study = Study(TOPIC, TOPIC.Scenario(draws=100))
        assert study.save("Few draws", why="Quick.", author="Ada").number == 1
        study.scenario = TOPIC.Scenario(draws=200)
        study.open_saved("few draws")
        assert study.scenario == TOPIC.Scenario(draws=100)
        assert study.dashboard.opened_scenario.text.endswith("Quick.")
        with pytest.raises(ValueError, match="Did you mean"):
            study.open_saved("Few drawz")
