"""A copied link: the figures then and today, with the difference attributed to its causes."""

import itertools
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.analysis.pinned_topic import PACKAGE, imported_package, make_topic, write_package
from workbook.analysis.change_attribution import CAUSES, FigureChange, attribute_changes
from workbook.analysis.pin_text import (
    changes_table,
    describe_causes,
    describe_copied_figures,
    find_changed_figure,
)
from workbook.analysis.pins import (
    PinError,
    PinnedRun,
    PinStore,
    read_current_run,
    record_run,
)
from workbook.exports.run_record import hash_source_tables
from workbook.scenario import Scenario
from workbook.topic import Topic

ROWS = {"2014-01": 100, "2014-02": 200}
DAY = date(2014, 7, 24)
INDICATORS = ("total", "visits")


@pytest.fixture
def package(tmp_path: Path) -> Iterator[Path]:
    """The folder of the package as it was when the link was copied."""
    write_package(tmp_path, ROWS)
    with imported_package(tmp_path):
        yield tmp_path


@pytest.fixture
def store(tmp_path: Path) -> PinStore:
    return PinStore(tmp_path / ".pins")


def keep_link(topic: Topic, store: PinStore, scenario: Scenario | None = None) -> PinnedRun:
    """Copy the link of a scenario."""
    outcome = topic.run(scenario)
    data = {table["name"]: table["sha256"] for table in hash_source_tables(topic, outcome.scenario)}
    run = record_run(topic, outcome, data)
    store.keep(topic, outcome.scenario, run, DAY)
    return store.find(topic, run.pin)


def open_link(
    topic: Topic, store: PinStore, pin: str, scenario: Scenario | None = None
) -> dict[str, FigureChange]:
    """Open a link later; returns the change of each figure."""
    run = store.find(topic, pin)
    earlier = store.read_run(topic, run)
    *_, changes = attribute_changes(topic, earlier, read_current_run(topic, topic.run(scenario)))
    assert changes is not None
    return {change.name: change for change in changes}


def contributions(change: FigureChange) -> tuple[float | None, ...]:
    return tuple(change.contributions[cause] for cause in CAUSES)


def test_nothing_has_changed(package: Path, store: PinStore) -> None:
    topic = make_topic()
    run = keep_link(topic, store)
    changes = open_link(topic, store, run.pin)
    assert contributions(changes["total"]) == (0, 0, 0, 0)
    outcome = topic.run()
    changed = find_changed_figure(run, outcome, INDICATORS)
    assert describe_copied_figures(run, changed) == (
        "This link was first copied on 24 July 2014. Its key figures are the same today."
    )
    assert describe_causes(run, outcome, [*changes.values()], changed) == (
        "The data, the published assumptions and the model give the same figures as then."
    )


def test_formula_data_and_default_are_named_and_add_up(package: Path, store: PinStore) -> None:
    run = keep_link(make_topic(), store)  # 300 visits at £2 are £600
    write_package(package, {"2014-01": 110, "2014-02": 200, "2014-03": 40})
    topic = make_topic(cost=3, overhead=50)
    changes = open_link(topic, store, run.pin)
    # 340 visits at £2 are £80 more, with 350 visits £20 more, at £3 each £350 more: £1,050. The
    # overhead is the rest of £1,100.
    assert contributions(changes["total"]) == (80, 20, 350, 50)
    assert contributions(changes["visits"]) == (40, 10, 0, 0)
    assert changes["total"].difference == 500 == sum(filter(None, contributions(changes["total"])))
    outcome = topic.run()
    changed = find_changed_figure(run, outcome, INDICATORS)
    assert describe_copied_figures(run, changed) == (
        "This link was first copied on 24 July 2014. Cost of all visits was £600.00 then,"
        " and is £1,100 today."
    )
    assert describe_causes(run, outcome, [*changes.values()], changed) == (
        "The difference of +£500 is +£80 because new data have been added, +£20 because data"
        " have been revised, +£350 because published assumptions have changed and +£50 because"
        " the model has changed. The published value of “Cost of a visit” was £2.00,"
        " and is £3.00 today."
    )
    row = changes_table(outcome, [*changes.values()]).frame.iloc[0].tolist()
    assert row == [
        "Cost of all visits",
        "£600.00",
        "£1,100",
        "+£500",
        "+£80",
        "+£20",
        "+£350",
        "+£50",
    ]


@pytest.mark.parametrize("changed", [*itertools.product([False, True], repeat=4)])
def test_each_cause_alone_and_with_others(
    changed: tuple[bool, ...], package: Path, store: PinStore
) -> None:
    run = keep_link(make_topic(), store)
    has_period, has_revision, has_default, has_code = changed
    rows = ROWS | {"2014-01": 110} if has_revision else ROWS
    write_package(package, rows | ({"2014-03": 40} if has_period else {}))
    topic = make_topic(cost=3 if has_default else 2, overhead=50 if has_code else 0)
    change = open_link(topic, store, run.pin)["total"]
    assert tuple(map(bool, contributions(change))) == changed
    assert change.difference == sum(filter(None, contributions(change)))


def test_a_value_of_the_link_is_no_changed_default(package: Path, store: PinStore) -> None:
    topic = make_topic()
    run = keep_link(topic, store, topic.Scenario(unit_cost=5.0))
    later = make_topic(cost=3)
    changes = open_link(later, store, run.pin, later.Scenario(unit_cost=5.0))
    assert contributions(changes["total"]) == (0, 0, 0, 0)


def test_the_same_link_on_the_same_day_is_kept_once(package: Path, store: PinStore) -> None:
    topic = make_topic()
    assert keep_link(topic, store).pin == keep_link(topic, store).pin
    assert keep_link(topic, store, topic.Scenario(share=0.5)).pin != keep_link(topic, store).pin


@pytest.mark.parametrize("pin", ["0" * 16, "../../etc/passwd", "", "A" * 16, "0" * 17, "é"])
def test_a_pin_that_nobody_knows(pin: str, package: Path, store: PinStore) -> None:
    with pytest.raises(PinError, match="The figures are today’s"):
        store.find(make_topic(), pin)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'{"topic": 1}', b"\xff", b" " * 2**19]
)
def test_a_damaged_record(content: bytes, package: Path, store: PinStore, tmp_path: Path) -> None:
    topic = make_topic()
    run = keep_link(topic, store)
    (tmp_path / ".pins" / PACKAGE / f"{run.pin}.json").write_bytes(content)
    with pytest.raises(PinError, match="no record"):
        store.find(topic, run.pin)


def test_a_changed_record_is_not_believed(package: Path, store: PinStore, tmp_path: Path) -> None:
    topic = make_topic()
    run = keep_link(topic, store)
    path = tmp_path / ".pins" / PACKAGE / f"{run.pin}.json"
    record = json.loads(path.read_text())
    record["figures"]["total"] = 1.0
    path.write_text(json.dumps(record))
    with pytest.raises(PinError, match="has been changed since"):
        store.find(topic, run.pin)


def test_changed_data_are_not_believed(package: Path, store: PinStore, tmp_path: Path) -> None:
    topic = make_topic()
    run = keep_link(topic, store)
    (tmp_path / ".pins" / "tables" / run.data["visits"]).write_text("month,visits\n2014-01,1\n")
    with pytest.raises(PinError, match="were changed since"):
        store.read_run(topic, run)
    keep_link(topic, store)  # which repairs the file
    store.read_run(topic, run)


def test_without_the_data_the_path_is_not_shown(
    package: Path, store: PinStore, tmp_path: Path
) -> None:
    topic = make_topic()
    run = keep_link(topic, store)
    (tmp_path / ".pins" / "tables" / run.data["visits"]).unlink()
    with pytest.raises(PinError, match="no longer kept") as error:
        store.read_run(topic, run)
    assert str(tmp_path) not in str(error.value)


def test_data_that_were_replaced_after_the_run_are_not_kept(package: Path, store: PinStore) -> None:
    topic = make_topic()
    outcome = topic.run()
    run = record_run(topic, outcome, {"visits": "0" * 64})
    with pytest.raises(PinError, match="has been replaced"):
        store.keep(topic, outcome.scenario, run, DAY)
    with pytest.raises(PinError, match="no record"):
        store.find(topic, run.pin)


def test_a_parameter_that_no_longer_exists_is_left_out(package: Path, store: PinStore) -> None:
    topic = make_topic()
    run = keep_link(topic, store)
    old_run = PinnedRun(**{**vars(run), "parameters": {**run.parameters, "gone": 1.0}})
    assert store.read_run(topic, old_run).scenario == topic.Scenario()


def test_a_newer_quarter_is_new_data(package: Path, store: PinStore) -> None:
    run = keep_link(make_topic(), store)
    write_package(package, ROWS | {"2014-09": 40})
    topic = make_topic()
    outcome = topic.run(topic.Scenario(quarter="2014-Q3"))
    earlier, today = store.read_run(topic, run), read_current_run(topic, outcome)
    *_, changes = attribute_changes(topic, earlier, today)
    change = {change.name: change for change in changes or ()}["total"]
    assert contributions(change) == (80, 0, 0, 0)
    changed = find_changed_figure(run, outcome, INDICATORS)
    assert describe_causes(run, outcome, changes or (), changed) == (
        "The difference of +£80 is +£80 because new data have been added. The figures are to"
        " 30 September 2014 now, and were to 30 June 2014 then."
    )


def test_whole_numbers_have_causes_too(package: Path, store: PinStore) -> None:
    run = keep_link(make_topic(), store)
    write_package(package, ROWS | {"2014-01": 110})
    changes = open_link(make_topic(), store, run.pin)
    assert isinstance(changes["visits"].now, int)
    assert contributions(changes["visits"]) == (0, 10, 0, 0)
