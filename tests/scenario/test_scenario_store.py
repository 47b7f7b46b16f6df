"""A folder of named scenarios: saved, renamed, deleted, restored, and every version kept."""

import os
import stat
import subprocess

import pytest
import tomli_w

from tests.scenario.lamps import Lamps
from workbook.scenario import NewerVersionError, ScenarioStore
from workbook.scenario.store import FOLDER_VARIABLE, default_author, scenario_folders
from workbook.scenario.store.locations import make_team_folder_absolute


@pytest.fixture
def store(tmp_path):
    """An empty folder of scenarios."""
    return ScenarioStore(tmp_path / "team", "lamps", Lamps)


def names_of(store):
    return store.list_files().names


def events(store, name):
    return [(entry.version.number, entry.version.event) for entry in store.history(name)]


def file_contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class TestSave:
    def test_a_saved_scenario_is_opened_by_its_name(self, store):
        store.save("Brighter nights", Lamps(lamps=700), author="Ada", rationale="People see.")
        opened = store.open("brighter  NIGHTS")
        assert (opened.scenario, opened.migrations) == (Lamps(lamps=700), ())
        assert (opened.file.name, opened.file.author) == ("Brighter nights", "Ada")
        assert opened.file.rationale == "People see."
        assert not opened.file.published
        assert store.find_file("Brighter nights").path == store.folder / "brighter-nights.toml"

    def test_a_second_save_is_a_version_and_keeps_what_it_does_not_say(self, store):
        store.save("Night", Lamps(lamps=700), author="Ada", rationale="Why", published=True)
        version = store.save("NIGHT", Lamps(lamps=800), author="Bob")
        assert (version.number, version.event, version.why) == (2, "saved", "")
        content = store.open("Night").file
        assert (content.name, content.author) == ("Night", "Bob")
        assert (content.rationale, content.published) == ("Why", True)
        assert names_of(store) == ("Night",)

    def test_saving_the_same_again_writes_nothing(self, store):
        store.save("Night", Lamps(lamps=700), author="Ada", rationale="Why")
        before = file_contents(store.folder)
        assert store.save("Night", Lamps(lamps=700), author="Bob").number == 1
        assert file_contents(store.folder) == before

    def test_a_version_follows_the_one_that_its_author_knows(self, store):
        store.save("Night", Lamps(lamps=700), author="Ada", follows=0)
        store.save("Night", Lamps(lamps=800), author="Ben", follows=1)
        with pytest.raises(
            NewerVersionError, match='"Night" was saved by Ben as version 2'
        ) as error:
            store.save("Night", Lamps(lamps=900), author="Cat", follows=1)
        assert error.value.present.number == 2
        with pytest.raises(NewerVersionError):
            store.save("Night", Lamps(lamps=900), author="Cat", follows=0)
        store.delete("Night", author="Ben")
        with pytest.raises(NewerVersionError, match="deleted") as error:
            store.save("Night", Lamps(lamps=900), author="Cat", follows=2)
        assert error.value.present is None
        assert store.save("Night", Lamps(lamps=900), author="Cat", follows=0).number == 4

    def test_a_folder_that_does_not_exist_yet_is_writable_where_the_next_one_is(self, store):
        assert store.is_writable
        assert not store.root.exists()

    def test_different_names_have_different_files(self, store):
        for number, name in enumerate(("Costs +50%", "Costs −50%", "???a", "数", "字")):
            store.save(name, Lamps(lamps=number), author="Ada")
        assert sorted(path.name for path in store.folder.glob("*.toml")) == [
            "a.toml",
            "costs-50-2.toml",
            "costs-50.toml",
            "scenario-2.toml",
            "scenario.toml",
        ]
        assert store.open("Costs −50%").scenario == Lamps(lamps=1)
        assert store.open("字").scenario == Lamps(lamps=4)

    @pytest.mark.parametrize(
        "name", ["", "../x", "<script>alert(1)</script>", "a\x00", "x" * 10**6, "nul", "default"]
    )
    def test_a_bad_name_writes_nothing(self, store, name):
        with pytest.raises(ValueError, match="cannot be the name of a scenario"):
            store.save(name, Lamps())
        assert not store.root.exists()

    @pytest.mark.parametrize(
        ("words", "reason"),
        [
            ({"rationale": "x" * 10**6}, "larger than 64 KiB"),
            ({"author": "A\x1b[2J"}, "author has a character that cannot be seen"),
        ],
    )
    def test_a_text_that_no_file_can_hold_writes_nothing(self, store, words, reason):
        with pytest.raises(ValueError, match=reason):
            store.save("Night", Lamps(), **words)
        assert not store.root.exists()

    def test_a_link_of_the_folder_leads_to_the_file_that_is_written(self, store, tmp_path):
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        store.root.mkdir()
        (store.root / "lamps").symlink_to(elsewhere)
        store.save("Night", Lamps(lamps=1), author="Ada")
        (elsewhere / "alias.toml").symlink_to("night.toml")
        assert (store.root / "lamps").is_symlink()
        assert (elsewhere / "night.toml").is_file()
        (elsewhere / "night.toml").chmod(0o640)
        store.save("Night", Lamps(lamps=2), author="Ada")
        assert (elsewhere / "alias.toml").is_symlink()
        assert stat.S_IMODE((elsewhere / "night.toml").stat().st_mode) == 0o640

    @pytest.mark.skipif(os.name == "nt", reason="files have no group")
    def test_a_file_keeps_its_group(self, store):
        store.save("Night", Lamps(lamps=1), author="Ada")
        path, groups = store.find_file("Night").path, {os.getegid(), *os.getgroups()}
        group = 12345 if os.geteuid() == 0 else max(groups)
        os.chown(path, -1, group)
        store.save("Night", Lamps(lamps=2), author="Ada")
        assert path.stat().st_gid == group

    def test_nothing_but_scenarios_and_their_histories_is_left(self, store):
        store.save("Night", Lamps(lamps=1), author="Ada")
        store.save("Night", Lamps(lamps=2), author="Ada")
        files = {str(path.relative_to(store.folder)) for path in file_contents(store.folder)}
        history = {f".history/night/000{number}.toml" for number in (1, 2)}
        assert files == {"night.toml", ".history/.lock", *history}


class TestHistory:
    def test_it_says_who_when_why_and_what_changed(self, store):
        store.save("Night", Lamps(lamps=700), author="Ada", rationale="People see.")
        store.save("Night", Lamps(lamps=700, dimmed=0.5), author="Bob", rationale="Too bright.")
        store.save("Night", Lamps(dimmed=0.5), author="Ada", rationale="Too dear.")
        described = [
            (
                entry.version.author,
                entry.version.why,
                [(change.parameter, change.old, change.new) for change in entry.changes],
            )
            for entry in store.history("Night")
        ]
        assert described == [
            ("Ada", "People see.", [("lamps", 600, 700)]),
            ("Bob", "Too bright.", [("dimmed", 0.0, 0.5)]),
            ("Ada", "Too dear.", [("lamps", 700, 600)]),
        ]

    def test_every_version_can_be_opened(self, store):
        for lamps in (1, 2, 3):
            store.save("Night", Lamps(lamps=lamps), author="Ada")
        assert [store.open("Night", number).scenario.lamps for number in (1, 2, 3)] == [1, 2, 3]
        with pytest.raises(
            ValueError, match=r'"Night" has no version 4\. It has the versions 1 to'
        ):
            store.open("Night", 4)

    def test_a_version_is_a_scenario_file_too(self, store):
        store.save("Night", Lamps(lamps=1), author="Ada")
        version = store.folder / ".history" / "night" / "0001.toml"
        assert Lamps.from_file(version) == Lamps(lamps=1)

    def test_what_another_program_wrote_is_a_version_too(self, store):
        store.save("Night", Lamps(lamps=1), author="Ada")
        path = store.find_file("Night").path
        path.write_text(path.read_text("utf-8").replace("lamps = 1\n", "lamps = 2\n"), "utf-8")
        assert events(store, "Night") == [(1, "saved"), (2, "changed elsewhere")]
        assert store.open("Night", 2).scenario == Lamps(lamps=2)
        store.save("Night", Lamps(lamps=3), author="Bob")
        assert events(store, "Night") == [(1, "saved"), (2, "changed elsewhere"), (3, "saved")]
        assert [store.open("Night", number).scenario.lamps for number in (1, 2, 3)] == [1, 2, 3]

    def test_a_file_made_by_hand_is_its_own_first_version(self, store):
        store.folder.mkdir(parents=True)
        content = tomli_w.dumps({"title": "By hand", "parameters": {"lamps": 5}})
        (store.folder / "my file.toml").write_text(content, "utf-8")
        store.save("By hand", Lamps(lamps=6), author="Ada")
        assert events(store, "by hand") == [(1, "changed elsewhere"), (2, "saved")]
        assert names_of(store) == ("By hand",)

    def test_a_damaged_version_is_named_and_stops_no_save(self, store):
        store.save("Night", Lamps(lamps=1), author="Ada")
        (store.folder / ".history" / "night" / "0001.toml").write_text("<<<<<<< ours")
        with pytest.raises(ValueError, match=r"0001\.toml cannot be read as a scenario"):
            store.history("Night")
        assert store.save("Night", Lamps(lamps=2), author="Ada").number == 3
        assert store.open("Night").scenario == Lamps(lamps=2)


class TestRename:
    def test_a_scenario_keeps_its_history_under_its_new_name(self, store):
        store.save("Night", Lamps(lamps=1), author="Ada")
        store.rename("night", "Darker nights", author="Bob")
        assert names_of(store) == ("Darker nights",)
        assert events(store, "Darker nights") == [(1, "saved"), (2, "renamed")]
        assert store.open("Darker nights", 1).file.name == "Night"
        assert not (store.folder / "night.toml").exists()
        assert store.save("Night", Lamps(lamps=2), author="Ada").number == 1

    def test_only_the_letters_case_may_change(self, store):
        store.save("Night", Lamps(lamps=1), author="Ada")
        store.rename("Night", "NIGHT", author="Ada")
        assert names_of(store) == ("NIGHT",)

    def test_a_name_that_is_taken_or_bad_changes_nothing(self, store):
        store.save("Night", Lamps(lamps=1), author="Ada")
        store.save("Day", Lamps(lamps=2), author="Ada")
        before = file_contents(store.folder)
        for new_name, reason in (("DAY", "There is already a scenario"), ("a/b", "cannot be")):
            with pytest.raises(ValueError, match=reason):
                store.rename("Night", new_name)
        with pytest.raises(ValueError, match=r'Unknown scenario "Nigt"\. Did you mean "Night"'):
            store.rename("Nigt", "Dusk")
        assert file_contents(store.folder) == before

    def test_the_name_of_a_deleted_scenario_is_free_and_both_histories_stay(self, store):
        store.save("Night", Lamps(lamps=1), author="Ada")
        store.delete("Night", author="Ada")
        store.save("Day", Lamps(lamps=2), author="Ada")
        store.rename("Day", "Night", author="Ada")
        assert store.open("Night").scenario == Lamps(lamps=2)
        store.delete("Night", author="Ada")
        store.restore("Night", author="Ada")
        store.rename("Night", "Noon", author="Ada")
        store.restore("Night", author="Ada")
        assert store.open("Night").scenario == Lamps(lamps=1)
        assert store.open("Noon").scenario == Lamps(lamps=2)


class TestDelete:
    def test_a_deleted_scenario_is_restored_with_its_history(self, store):
        store.save("Night", Lamps(lamps=1), author="Ada", rationale="Why", published=True)
        before = store.find_file("Night").content
        store.delete("Night", author="Bob", why="Nobody uses it.")
        assert names_of(store) == ()
        assert store.deleted_names == ("Night",)
        assert store.history("Night")[-1].version.why == "Nobody uses it."
        assert store.open("Night", 1).scenario == Lamps(lamps=1)
        store.restore("NIGHT", author="Ada")
        assert store.find_file("Night").content == before
        assert events(store, "Night") == [(1, "saved"), (2, "deleted"), (3, "restored")]

    def test_a_name_saved_again_continues_its_history(self, store):
        store.save("Night", Lamps(lamps=1), author="Ada")
        store.delete("Night", author="Ada")
        store.save("Night", Lamps(lamps=2), author="Ada")
        assert events(store, "Night") == [(1, "saved"), (2, "deleted"), (3, "saved")]

    def test_what_is_not_there_is_not_deleted_and_what_is_there_not_restored(self, store):
        store.save("Night", Lamps(lamps=1), author="Ada")
        with pytest.raises(ValueError, match='Unknown scenario "Day"'):
            store.delete("Day")
        with pytest.raises(ValueError, match=r'No scenario "Night" was deleted\. There are none'):
            store.restore("Night")
        store.delete("Night", author="Ada")
        with pytest.raises(ValueError, match='Did you mean "Night"'):
            store.restore("Nigt")


class TestFolderListing:
    def test_a_file_that_is_no_scenario_is_said_and_hides_no_other(self, store):
        store.save("Night", Lamps(lamps=1), author="Ada")
        (store.folder / "broken.toml").write_text("= 5")
        (store.folder / "copy.toml").write_bytes((store.folder / "night.toml").read_bytes())
        (store.folder / "other.toml").write_text('topic = "buses"')
        (store.folder / ".hidden.toml").write_text("= 5")
        (store.folder / "notes.txt").write_text("= 5")
        (store.folder / "pipe.toml").mkdir()
        listing = store.list_files()
        assert listing.names == ("Night",)
        assert set(listing.errors) == {"broken", "night", "other", "pipe"}
        with pytest.raises(ValueError, match=r"broken\.toml cannot be read as a scenario"):
            store.open("broken")

    def test_a_missing_folder_has_no_scenarios(self, store):
        assert names_of(store) == ()
        with pytest.raises(ValueError, match="There are none to choose from"):
            store.open("Night")


class TestAuthor:
    def test_it_is_the_name_that_git_has_in_a_repository(self, tmp_path, monkeypatch):
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        monkeypatch.setenv("LOGNAME", "ada")
        assert default_author(tmp_path / "new") == "ada"
        subprocess.run(["git", "init", "-q", tmp_path], check=True)
        assert default_author(tmp_path / "new") == "ada"
        subprocess.run(["git", "-C", tmp_path, "config", "user.name", "Ada Lovelace"], check=True)
        assert default_author(tmp_path / "new") == "Ada Lovelace"

    def test_it_is_unknown_to_a_machine_without_names(self, tmp_path, monkeypatch):
        for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
            monkeypatch.delenv(variable, raising=False)
        monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
        assert default_author(tmp_path) == "unknown"


def test_a_relative_team_folder_is_made_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(FOLDER_VARIABLE, "team")
    make_team_folder_absolute()
    monkeypatch.chdir("/")
    assert scenario_folders()[-1] == tmp_path / "team"
