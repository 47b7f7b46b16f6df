"""Department editions of a snapshot: made, verified, compared, signed and linked."""

import json
import re

import fsspec
import pytest

from tests.snapshots.site.sealed_archive import add_revision
from workbook.cli import main, snapshot_runs
from workbook.cli.snapshot_scenarios import find_department
from workbook.resources import resource_folder
from workbook.snapshots.department_editions import find_address
from workbook.topics.registry import TOPICS as REGISTRY

pytestmark = pytest.mark.slow

TOPICS = ("--topic", "delivery", "--topic", "digital_inclusion")
NO_FIGURES = "Digital inclusion: no figures for the Home Office."


def run_main(*arguments):
    with pytest.raises(SystemExit) as ended:
        main([*map(str, arguments)])
    return ended.value.code


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """An archive with the editions of one department in two quarters."""
    store = tmp_path_factory.mktemp("archive") / "snapshots"
    for quarter in ("2014-Q2", "2014-Q3"):
        settings = ("--set", "department=HO", f"--store={store}")
        assert run_main("snapshot", quarter, *TOPICS, *settings) == 0
    return store


@pytest.fixture
def run(capsys):
    """Run a command; its status, and what it printed on standard output and error."""

    def run_command(*arguments):
        return run_main(*arguments), *capsys.readouterr()

    return run_command


def test_an_edition_lies_in_the_department_s_own_archive(store):
    folder = store / "departments" / "home-office" / "2014-Q2" / "r1"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert (manifest["snapshot"], manifest["department"]) == ("2014-Q2/r1", "Home Office")
    assert manifest["parameters"]["delivery"]["department"] == "Home Office"
    assert list(manifest["parameters"]) == ["delivery"]
    assert not (store / "2014-Q2").exists()


def test_its_pages_say_whose_edition_it_is(store):
    folder = store / "departments" / "home-office" / "2014-Q2" / "r1"
    index = (folder / "index.html").read_text("utf-8")
    assert "<h1>Snapshot of 2014-Q2: Home Office edition</h1>" in index
    assert f"<li>{NO_FIGURES}</li>" in index
    report = (folder / "delivery" / "report.html").read_text("utf-8")
    assert re.search("<h1[^>]*>Delivery: Home Office edition</h1>", report)


def test_the_archive_s_first_page_links_the_department_s(store):
    page = (store / "index.html").read_text("utf-8")
    assert '<a href="departments/home-office/index.html">Home Office</a>' in page
    own_page = (store / "departments" / "home-office" / "index.html").read_text("utf-8")
    assert '<a href="../../index.html">Snapshots of all of government</a>' in own_page
    assert "Archive of quarterly snapshots: Home Office edition" in own_page


@pytest.mark.parametrize("name", ["2014-Q2/home-office", "2014-Q2/ho/r1"])
def test_an_edition_is_verified_by_its_name(run, store, name):
    status, printed, errors = run("verify", name, f"--store={store}")
    assert (status, errors) == (0, "")
    assert re.fullmatch(r"2014-Q2/home-office/r1: \d+ files are as sealed\.\n", printed)


def test_every_edition_is_verified_with_the_archive(run, store):
    status, printed, _ = run("verify", f"--store={store}")
    names = [line.partition(":")[0] for line in printed.splitlines()]
    assert (status, names) == (0, ["2014-Q2/home-office/r1", "2014-Q3/home-office/r1"])


def test_two_quarters_of_a_department_are_compared(run, store):
    names = ("2014-Q2/home-office", "2014-Q3/home-office")
    status, printed, _ = run("compare", *names, f"--store={store}", "--json")
    content = json.loads(printed)
    assert (status, content["from"], content["to"]) == (0, "2014-Q2/r1", "2014-Q3/r1")
    assert {entry["topic"] for entry in content["indicators"]} == {"delivery"}


def test_two_departments_are_not_compared(run, store):
    names = ("2014-Q2/home-office", "2014-Q2/moj")
    sentence = (
        "2014-Q2/home-office and 2014-Q2/moj are not of one department: compare two quarters of"
        " one.\n"
    )
    status, _, error = run("compare", *names, f"--store={store}")
    assert (status, error) == (2, sentence)


def test_an_edition_is_signed(run, store):
    arguments = ("--as", "analyst", "--name", "Ada", f"--store={store}")
    status, printed, _ = run("approve", "2014-Q3/home-office", *arguments)
    assert (status, printed.splitlines()[0]) == (0, "Ada has signed 2014-Q3/r1 as analyst.")
    folder = store / "departments" / "home-office" / "2014-Q3"
    assert (folder / "r1.sign-offs" / "analyst.json").is_file()


def test_an_unknown_department_is_rejected_with_the_nearest_name(run, tmp_path):
    settings = ("--set", "department=Home Ofice", f"--store={tmp_path / 'snapshots'}")
    status, _, error = run("snapshot", "2014-Q2", *TOPICS, *settings)
    assert (status, 'Did you mean "Home Office"?' in error) == (2, True)
    assert not (tmp_path / "snapshots").exists()


def test_an_edition_is_of_one_department(run, tmp_path):
    settings = ("--set", "department=HO; MOJ", f"--store={tmp_path / 'snapshots'}")
    sentence = (
        'department is "Home Office; Ministry of Justice": an edition is of one department. For'
        " the edition of every department, use --each department.\n"
    )
    status, _, error = run("snapshot", "2014-Q2", *TOPICS, *settings)
    assert (status, error) == (2, sentence)


def test_a_department_of_an_own_table_has_an_edition(run, tmp_path):
    table = (
        (resource_folder("data") / "take_up.csv")
        .read_text(encoding="utf-8")
        .replace("Ministry of Justice", "Atlantis Office")
    )
    (tmp_path / "own.csv").write_text(table, encoding="utf-8")
    own = ("--set", f"take_up.data={tmp_path / 'own.csv'}", "--set", "department=Atlantis Office")
    topics = (*TOPICS, "--topic", "take_up")
    status, printed, errors = run("snapshot", "2014-Q2", *topics, *own, f"--store={tmp_path}")
    assert (status, "departments/atlantis-office/2014-Q2/r1" in printed) == (0, True)
    for title in ("Digital inclusion", "Delivery"):
        assert f"{title}: no figures for the Atlantis Office." in errors
    assert run("verify", "2014-Q2/atlantis-office", f"--store={tmp_path}")[0] == 0


def test_topics_without_figures_make_no_edition(run, tmp_path):
    settings = ("--set", "department=HO", f"--store={tmp_path / 'snapshots'}")
    status, _, error = run("snapshot", "2014-Q2", "--topic", "digital_inclusion", *settings)
    assert (status, error) == (2, f"{NO_FIGURES}\n")


def test_an_edition_that_fails_does_not_stop_the_others(run, tmp_path, monkeypatch):
    departments = ["Atlantis Office", "Home Office"]
    monkeypatch.setattr(snapshot_runs, "list_departments_of", lambda _: departments)
    store = tmp_path / "snapshots"
    status, printed, errors = run(
        "snapshot", "2014-Q2", *TOPICS, "--each", "department", f"--store={store}"
    )
    assert status == 1
    assert printed.splitlines()[-1] == "1 edition written. Not: Atlantis Office."
    assert "Atlantis Office (1 of 2)" in errors
    assert 'Atlantis Office: department is "Atlantis Office": it is not' in errors
    assert [path.name for path in (store / "departments").iterdir()] == ["home-office"]


def test_departments_without_figures_are_no_failure_and_are_named(run, tmp_path, monkeypatch):
    departments = ["Attorney General’s Office", "Home Office"]
    monkeypatch.setattr(snapshot_runs, "list_departments_of", lambda _: departments)
    monkeypatch.setattr(snapshot_runs, "DEPARTMENT_NAMES", (*departments, "HM Treasury"))
    command = ("snapshot", "2014-Q2", "--topic", "delivery", "--each", "department")
    status, printed, errors = run(*command, f"--store={tmp_path}")
    assert (status, printed.splitlines()[-1]) == (0, "1 edition written.")
    assert "No figures in 2014-Q2 for the Attorney General’s Office and HM Treasury." in errors


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("2014-Q2/R1", 'Unknown revision "R1". Did you mean "r1"?'),
        ("2014-Q2/revision-01", 'Unknown revision "revision-01". Did you mean "r1"?'),
        (
            "2014-Q2/home-ofice",
            'Unknown department or revision "home-ofice". Did you mean "home-office"?',
        ),
    ],
)
def test_a_misspelt_name_of_a_snapshot_is_no_department(run, store, name, hint):
    signing = ("--as", "analyst", "--name", "Ada")
    for command in (("verify", name), ("compare", "2014-Q3", name), ("approve", name, *signing)):
        assert run(*command, f"--store={store}") == (2, "", f"{hint}\n")


def test_no_topic_of_an_edition_is_of_another_department(run, tmp_path):
    settings = ("--set", "department=HO", "--set", "delivery.department=MOJ")
    sentence = (
        'delivery.department is "Ministry of Justice". It must be the edition\'s department, Home'
        " Office.\n"
    )
    status, _, error = run("snapshot", "2014-Q2", *TOPICS, *settings, f"--store={tmp_path / 's'}")
    assert (status, error) == (2, sentence)


def test_scenarios_of_one_department_make_its_edition():
    delivery, inclusion = REGISTRY["delivery"], REGISTRY["digital_inclusion"]
    justice = delivery.Scenario(department="MOJ")
    assert find_department([(delivery, justice)], []) == "Ministry of Justice"
    mixed = [(delivery, justice), (inclusion, inclusion.Scenario())]
    assert find_department(mixed, []) == ""


@pytest.fixture
def remote_files():
    """Files of a store in memory."""
    files = fsspec.filesystem("memory")
    yield files
    files.rm("/store", recursive=True)


@pytest.mark.parametrize("address", ["store", "store/departments/home-office"])
def test_an_edition_is_uploaded_to_the_department_s_archive(run, store, remote_files, address):
    folder = store / "departments" / "home-office" / "2014-Q2" / "r1"
    status, printed, _ = run("upload", folder, f"--store=memory://{address}")
    name = "store/departments/home-office/2014-Q2/r1"
    assert (status, printed) == (0, f"Uploaded: memory://{name}\n")
    assert remote_files.isfile(f"/{name}/manifest.json")
    assert not remote_files.exists("/store/2014-Q2")


def test_the_pages_of_a_remote_archive_link_the_department_s(run, store, remote_files):
    for quarter in ("2014-Q2", "2014-Q3"):
        folder = store / "departments" / "home-office" / quarter / "r1"
        assert run("upload", folder, "--store=memory://store")[0] == 0
    status, _, error = run("archive", "--store=memory://store")
    assert (status, error) == (0, "")
    page = remote_files.cat_file("/store/index.html").decode()
    assert '<a href="departments/home-office/index.html">Home Office</a>' in page
    own_page = remote_files.cat_file("/store/departments/home-office/index.html").decode()
    assert "2014-Q3/r1/index.html" in own_page


def test_a_department_without_a_snapshot_does_not_stop_the_pages(run, tmp_path):
    add_revision(tmp_path, "2014-Q2")
    (tmp_path / "departments" / "home-office" / "trials").mkdir(parents=True)
    (tmp_path / "departments" / "notes.txt").write_text("")
    status, _, error = run("archive", f"--store={tmp_path}")
    assert (status, error) == (0, "")
    assert (tmp_path / "index.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--each", "programme"], 'Unknown value of --each "programme"'),
        (
            ["--each", "department", "--set", "department=HO"],
            "--each department and --set department exclude each other: give one of them.",
        ),
    ],
)
def test_what_each_does_not_take(run, arguments, message):
    status, _, error = run("snapshot", "2014-Q2", *arguments)
    assert (status, error.startswith(message)) == (2, True)


def test_the_departments_are_those_that_a_topic_has_figures_for():
    topics = [REGISTRY[name] for name in ("take_up", "delivery", "savings")]
    names = list(snapshot_runs.list_departments_of([(t, t.Scenario()) for t in topics]))
    assert {"Cabinet Office", "Department of Health", "HM Revenue & Customs"} <= {*names}
    assert not {"HM Revenue and Customs", "Department of Health & Social Care"} & {*names}
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("text", "store", "name"),
    [
        ("2014-Q2", "s", "2014-Q2"),
        ("2014-Q2/r12", "s", "2014-Q2/r12"),
        ("2014-Q2/hmrc/r2", "s/departments/hm-revenue-and-customs", "2014-Q2/r2"),
        ("some/folder", "s", "some/folder"),
    ],
)
def test_names_of_snapshots(text, store, name):
    assert find_address(text, "s")[:2] == (store, name)
