"""Two snapshots of a topic whose data, default and formula change between them."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.analysis.pinned_topic import PACKAGE, imported_package, make_topic, write_package
from tests.browser.page_actions import accessibility_violations, expect_all_open_and_fitting
from tests.snapshots.light_snapshots import write_job, write_snapshot
from workbook.analysis.change_attribution import CAUSES
from workbook.scenario import Scenario, parameter
from workbook.snapshots.comparison_folder import comparison_folder, write_comparison
from workbook.snapshots.comparison_narrative import (
    causes_frame,
    comparison_headline,
    comparison_notes,
    describe_change,
)
from workbook.snapshots.jobs import prepare_snapshot
from workbook.snapshots.revision_text import describe_revision
from workbook.snapshots.sign_off import (
    prepare_sign_off,
    read_status,
    record_sign_off,
    sign_off_folder,
)
from workbook.snapshots.snapshot_comparison import compare_snapshots
from workbook.snapshots.stored_snapshot import open_snapshot
from workbook.topics import take_up

EARLIER, LATER = "2014-Q2", "2014-Q3"
ROWS = {"2014-01": 100, "2014-02": 200}


@pytest.fixture
def package(tmp_path):
    """The folder of the topic's package, whose table a test replaces."""
    write_package(tmp_path, ROWS)
    with imported_package(tmp_path):
        yield tmp_path


@pytest.fixture
def store(tmp_path):
    return tmp_path / "snapshots"


@pytest.fixture
def comparison(package, store):
    """Everything changes: a row, a period, the cost of a visit and the formula."""
    earlier = write_snapshot(store, EARLIER, [make_topic()])
    write_package(package, {"2014-01": 110, "2014-02": 200, "2014-09": 40})
    topic = make_topic(cost=3, overhead=50)
    later = write_snapshot(store, LATER, [topic])
    return compare_snapshots(earlier, later, {PACKAGE: topic})


def contributions(comparison, name):
    [entry] = [entry for entry in comparison.indicators if entry.later.name == name]
    return tuple(entry.change.contributions[cause] for cause in CAUSES)


def test_each_cause_has_its_part(comparison):
    # 300 visits at £2 are £600; 40 new ones £80, 10 revised ones £20, £1 more for each £350.
    assert contributions(comparison, "total") == (80, 20, 350, 50)
    assert contributions(comparison, "visits") == (40, 10, 0, 0)
    assert comparison.as_dict()["indicators"][0] == {
        "topic": PACKAGE,
        "name": "total",
        "from": 600,
        "to": 1100,
        "difference": 500,
        "new_periods": 80,
        "revised_data": 20,
        "assumptions": 350,
        "code": 50,
    }


def test_the_sentences_say_what_changed_and_why(comparison):
    assert comparison_headline(comparison) == (
        "Both figures changed from 2014-Q2/r1 to 2014-Q3/r1: 2 major changes and 0 minor."
    )
    assert describe_change(comparison, comparison.indicators[0]) == (
        "Visits: Cost of all visits went from £600.00 to £1,100. The difference of +£500 is +£80"
        " from new periods, +£20 from revised data, +£350 from changed assumptions and +£50 from"
        " changed code."
    )
    [revised] = comparison.revisions
    text = "Visits by month: Visits of 1 row changed by +10 for 2014-01."
    assert describe_revision(revised) == text
    changed, *_ = comparison_notes(comparison)
    assert changed == "Visits: “Cost of a visit” was £2.00 and is £3.00."
    frame = causes_frame(comparison, "major")
    assert frame["Cause"].tolist() == [
        "new periods +£80, revised data +£20, changed assumptions +£350, changed code +£50",
        "new periods +40, revised data +10",
    ]


def test_what_the_earlier_code_gave_is_not_what_today_s_code_gives(package, store):
    """Two snapshots by two releases, compared by a third one: code gets both differences."""
    earlier = write_snapshot(store, EARLIER, [make_topic(overhead=7)])
    later = write_snapshot(store, LATER, [make_topic(overhead=30)])
    comparison = compare_snapshots(earlier, later, {PACKAGE: make_topic(overhead=1000)})
    assert contributions(comparison, "total") == (0, 0, 0, 23)


def test_nothing_has_changed(package, store):
    earlier, later = (
        write_snapshot(store, quarter, [make_topic()]) for quarter in (EARLIER, LATER)
    )
    comparison = compare_snapshots(earlier, later, {PACKAGE: make_topic()})
    assert comparison_headline(comparison) == (
        "None of 2 figures changed from 2014-Q2/r1 to 2014-Q3/r1."
    )
    assert causes_frame(comparison, "major").empty
    assert comparison.revisions == ()


def test_the_other_direction_has_the_opposite_parts(comparison, store):
    """Effects of two causes together are counted with the later one, whichever way."""
    topic = make_topic(cost=3, overhead=50)
    back = compare_snapshots(
        open_snapshot(LATER, store), open_snapshot(EARLIER, store), {PACKAGE: topic}
    )
    assert sum(contributions(back, "total")) == -500
    assert contributions(back, "visits") == (-40, -10, 0, 0)
    assert back.notes == (
        "2014-Q3/r1 is later than 2014-Q2/r1: the changes run backwards in time.",
    )
    assert comparison.notes == ()


def test_a_table_that_today_s_topic_rejects_counts_as_code(package, store):
    earlier = write_snapshot(store, EARLIER, [make_topic()])
    write_package(package, ROWS | {"2014-03": 40})
    later = write_snapshot(store, LATER, [make_topic()])
    topic = make_topic()
    [table] = topic.tables
    stricter = replace(
        table, schema=table.schema.add_columns({"site": table.schema.columns["month"]})
    )
    comparison = compare_snapshots(earlier, later, {PACKAGE: replace(topic, tables=(stricter,))})
    assert contributions(comparison, "total") == (None, None, None, 80)
    notes = " ".join(comparison_notes(comparison))
    assert "today’s model cannot use the inputs of both snapshots" in notes
    assert "Every difference is counted as changed code" in notes


def test_a_model_that_fails_on_the_inputs_of_then_counts_as_code(package, store):
    earlier = write_snapshot(store, EARLIER, [make_topic(overhead=1)])
    later = write_snapshot(store, LATER, [make_topic(overhead=4)])

    def fail(*_):
        return {}["site"]

    today = replace(make_topic(), model=fail)
    comparison = compare_snapshots(earlier, later, {PACKAGE: today})
    assert contributions(comparison, "total") == (None, None, None, 3)
    assert "KeyError: 'site'. Every difference is counted" in " ".join(comparison_notes(comparison))


def test_a_renamed_parameter_is_said(package, store):
    earlier, later = (
        write_snapshot(store, quarter, [make_topic()]) for quarter in (EARLIER, LATER)
    )
    topic = make_topic()

    class Renamed(Scenario):
        """The same parameters, one of them under a new name."""

        unit_cost: float = parameter(2.0, label="Cost", unit="GBP", meaning="Cost.")
        part: float = parameter(
            1.0, label="Part", unit="share", meaning="Part.", former_names=("share",)
        )

    def evaluate(tables, scenario):
        values = {"unit_cost": scenario.unit_cost, "share": scenario.part}
        former = topic.Scenario(quarter=scenario.quarter, **values)
        return replace(topic.model(tables, former), scenario=scenario)

    today = replace(topic, Scenario=Renamed, model=evaluate)
    comparison = compare_snapshots(earlier, later, {PACKAGE: today})
    assert contributions(comparison, "total") == (0, 0, 0, 0)
    notes = list(comparison_notes(comparison))
    assert "Visits, 2014-Q2/r1: share is called part now." in notes


def test_an_indicator_with_another_unit_is_not_compared(package, store):
    earlier = write_snapshot(store, EARLIER, [make_topic()])
    topic = make_topic()

    def evaluate(tables, scenario):
        outcome = topic.model(tables, scenario)
        cost, visits = outcome.indicators
        return replace(outcome, indicators=(replace(cost, unit="count"), visits))

    today = replace(topic, model=evaluate)
    comparison = compare_snapshots(earlier, write_snapshot(store, LATER, [today]), {PACKAGE: today})
    assert [entry.later.name for entry in comparison.indicators] == ["visits"]
    assert (
        "Visits: “Cost of all visits” is not compared, as its units differ: GBP and count."
    ) in list(comparison_notes(comparison))


def test_an_uploaded_table_in_place_of_the_bundled_one_is_revised_data(store, tmp_path):
    """Which table a parameter names is no assumption."""
    bundled = take_up.topic.tables[0].read_bundled_file()[0].decode()
    service = "Domestic applications for UK passports,Requesting a licence or consent"
    rows = [line for line in bundled.splitlines(keepends=True) if service not in line]
    uploaded = tmp_path / "our own.csv"
    uploaded.write_text("".join(rows), encoding="utf-8")
    earlier = write_snapshot(store, EARLIER, [take_up.topic])
    scenario = take_up.topic.Scenario(quarter=LATER, data=str(uploaded))
    later = write_job(prepare_snapshot(LATER, [(take_up.topic, scenario)], store))
    comparison = compare_snapshots(earlier, later, {"take_up": take_up.topic})
    causes = {
        cause: {
            entry.later.name for entry in comparison.indicators if entry.change.contributions[cause]
        }
        for cause in CAUSES
    }
    assert causes["new_periods"]
    assert causes["revised_data"]
    assert not causes["assumptions"] | causes["code"]
    [revision] = [entry for entry in comparison.revisions if entry.table.name == "take_up"]
    assert [subject[-1] for subject in revision.unmatched_left] == [
        service.split(",", maxsplit=1)[0]
    ]


def test_a_topic_that_is_no_longer_installed_is_said(package, store):
    other = replace(make_topic(), name="other_visits")
    earlier, later = (
        write_snapshot(store, quarter, [make_topic(), other]) for quarter in (EARLIER, LATER)
    )
    comparison = compare_snapshots(earlier, later, {PACKAGE: make_topic()})
    assert comparison.notes == (
        '"other_visits" is not compared: no topic of this name is installed today.',
    )


def test_the_record_and_the_page_have_everything(comparison, store):
    folder = comparison_folder(store, comparison.earlier, comparison.later)
    write_comparison(folder, comparison)
    record = json.loads((folder / "changes.json").read_text(encoding="utf-8"))
    assert [entry["change"] for entry in record["indicators"]] == ["major", "major"]
    assert record["parameters"] == [{"topic": PACKAGE, "name": "unit_cost", "from": 2.0, "to": 3.0}]
    [table] = record["tables"]
    assert table["cells"] == [{"row": ["2014-01"], "column": "visits", "from": 100, "to": 110}]
    text = (folder / "index.html").read_text(encoding="utf-8")
    assert "“Changed assumptions” makes the largest difference: +£350" in text
    assert "Visits of 1 row changed by +10" in text


def test_the_page_and_the_record_have_the_status_of_both(comparison, store):
    moment = datetime(2014, 10, 20, tzinfo=UTC)
    for role, name in {"analyst": "Ada Green", "assurer": "Ben Gray"}.items():
        signed = prepare_sign_off(comparison.later, role, name, "", moment)
        record_sign_off(comparison.later, signed[role])
    folder = comparison_folder(store, comparison.earlier, comparison.later)
    write_comparison(folder, comparison)
    record = json.loads((folder / "changes.json").read_text(encoding="utf-8"))
    assert record["status"] == {"from": "draft", "to": "assured"}
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "2014-Q2/r1</a> (status: draft) and" in page
    assert "2014-Q3/r1</a> (status: assured)." in page
    (sign_off_folder(comparison.later.folder) / "assurer.json").write_text("{")
    assert read_status(comparison.later) == "draft"


def test_a_failed_write_leaves_the_earlier_comparison(comparison, store, monkeypatch):
    folder = comparison_folder(store, comparison.earlier, comparison.later)
    write_comparison(folder, comparison)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fail(*_):
        raise OSError("no space")

    monkeypatch.setattr("workbook.snapshots.comparison_folder.put_in_place", fail)
    with pytest.raises(OSError, match="no space"):
        write_comparison(folder, comparison)
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.browser
def test_the_page_is_accessible_and_fits(comparison, store, page):
    folder = comparison_folder(store, comparison.earlier, comparison.later)
    write_comparison(folder, comparison)
    page.goto((folder / "index.html").as_uri())
    expect_all_open_and_fitting(page)
    assert accessibility_violations(page) == []
    assert page.locator("h1").inner_text() == "Changes from 2014-Q2/r1 to 2014-Q3/r1"
    assert page.locator("figure svg").count() == 2
