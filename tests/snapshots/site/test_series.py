"""What an indicator shows over the quarters of an archive."""

import pytest

from tests.snapshots.site.sealed_archive import DEFINITIONS, FIGURES, add_revision
from workbook.indicators import IndicatorDefinition
from workbook.snapshots.site.contents import read_archive
from workbook.snapshots.site.series import build_series


@pytest.fixture
def series(store, topics):
    """The series of the archive by indicator."""
    built = build_series(read_archive(store, topics), "queues")
    return {entry.latest.name: entry for entry in built}


@pytest.fixture
def find_series(tmp_path):
    """Write a quarter for each value of an indicator, and build its series."""

    def find(name, values, **options):
        for number, value in enumerate(values):
            quarter = f"2014-Q{number + 1}"
            if value != "no snapshot":
                add_revision(tmp_path / "s", quarter, values=FIGURES | {name: value}, **options)
        built = build_series(read_archive(tmp_path / "s", {}), "queues")
        return next(entry for entry in built if entry.latest.name == name)

    return find


def test_the_latest_revision_of_each_quarter_is_used(series):
    assert [(point.snapshot, point.number) for point in series["waiting"].points] == [
        ("2013-Q4/r1 (draft)", 6e6),
        ("2014-Q2/r1 (draft)", None),
        ("2014-Q3/r2 (draft)", 5.4e6),
        ("2014-Q4/r1 (draft)", 5.6e6),
    ]


def test_the_indicators_keep_their_order(series):
    assert [*series] == [definition.name for definition in DEFINITIONS]


@pytest.mark.parametrize(
    ("name", "values", "finding"),
    [
        ("waiting", [6e6, 5.4e6], "fell from 6.0 million in 2014-Q1 to 5.4 million in 2014-Q2"),
        ("saved", [-85e6, 1e6], "rose from −£85 million in 2014-Q1 to £1 million in 2014-Q2"),
        ("online", [0.5, 0.7, 0.5], "50% in 2014-Q1 and in 2014-Q3"),
        ("online", [0.5, None], "50% in 2014-Q1, not known since"),
        ("online", [None, 0.5], "50% in 2014-Q2, not known before"),
        ("online", [None, None], "not known in any quarter"),
        (
            "reached",
            ["2015-Q4", "2016-Q1"],
            "changed from October to December 2015 in 2014-Q1 to January to March 2016 in 2014-Q2",
        ),
    ],
)
def test_the_title_states_the_finding(find_series, name, values, finding):
    series = find_series(name, values)
    assert series.finding == f"{series.latest.label}: {finding}"


def test_an_unknown_value_and_a_missing_quarter_are_said(series):
    assert series["waiting"].notes == (
        "Not known in 2014-Q2.",
        "The archive has no figure between 2013-Q4 and 2014-Q2.",
    )
    assert series["waiting"].subtitle == "Number of people. Bars: P10 to P90 of the simulations"
    assert series["waiting"].description == (
        "Line over 3 quarters. Lowest: 5.4 million in 2014-Q3. Highest: 6.0 million in 2013-Q4."
    )


def test_only_what_is_the_same_in_every_quarter_is_unchanged(series):
    assert [name for name, entry in series.items() if entry.is_unchanged] == ["online", "reached"]


def test_an_indicator_that_the_last_quarter_lacks_is_not_unchanged(tmp_path):
    add_revision(tmp_path, "2014-Q1")
    add_revision(tmp_path, "2014-Q2", definitions=DEFINITIONS[:3])
    built = build_series(read_archive(tmp_path, {}), "queues")
    assert built[-1].finding == (
        "Target reached: October to December 2015 in 2014-Q1, not known since"
    )
    assert not built[-1].is_unchanged


def test_units_are_never_mixed(tmp_path):
    add_revision(tmp_path, "2014-Q1", values={"cost": 12.0}, definitions=[_cost("people")])
    add_revision(tmp_path, "2014-Q2", values={"cost": 3.0}, definitions=[_cost("GBP")])
    add_revision(tmp_path, "2014-Q3", values={"cost": 4.0}, definitions=[_cost("GBP")])
    [series] = build_series(read_archive(tmp_path, {}), "queues")
    assert [point.quarter for point in series.drawn_points] == ["2014-Q2", "2014-Q3"]
    assert series.notes == ("In 2014-Q1 it had another unit, so the chart leaves it out.",)
    assert series.finding == "Cost: rose from £3.00 in 2014-Q2 to £4.00 in 2014-Q3"


def test_another_label_is_said(tmp_path):
    for quarter, year in (("2014-Q1", 2020), ("2014-Q2", 2021)):
        definition = IndicatorDefinition("waiting", f"Waiting in {year}", "people")
        add_revision(tmp_path, quarter, definitions=[definition])
    [series] = build_series(read_archive(tmp_path, {}), "queues")
    assert series.notes == ("What is measured has changed: the table has each snapshot’s label.",)


def test_a_report_leaves_out_figures_that_another_page_has(tmp_path):
    repeated = IndicatorDefinition("queues.waiting", "Waiting", "people")
    lone = IndicatorDefinition("elsewhere.waiting", "Waiting elsewhere", "people")
    figures = {"queues.waiting": 1.0, "elsewhere.waiting": 2.0}
    add_revision(tmp_path, "2014-Q1")
    add_revision(tmp_path, "2014-Q2", values=figures, definitions=[repeated, lone], name="report")
    built = build_series(read_archive(tmp_path, {}), "report")
    assert [entry.latest.name for entry in built] == ["elsewhere.waiting"]


def _cost(unit):
    return IndicatorDefinition("cost", "Cost", unit)
