"""Differences of two runs: attributed in the stated order, and adding up for every topic."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.example_topic import topic as rides
from tests.analysis.pinned_topic import make_topic
from workbook.analysis.change_attribution import (
    CAUSES,
    FigureChange,
    RecordedRun,
    attribute_changes,
    attribute_to_code,
    figures_of,
)
from workbook.importers.catalogue import open_table
from workbook.periods import quarter_of
from workbook.topic import Topic
from workbook.topics.registry import TOPICS

QUARTERS = ("2014-Q1", "2014-Q2", "2014-Q3")


def record(topic: Topic, tables=None, **values) -> RecordedRun:
    """A run of today's model, on bundled tables or on others in their place."""
    scenario = topic.Scenario(**values)
    read = {
        table.name: open_table(table, source).frame
        for table, source in topic.table_sources(scenario).items()
        if source
    } | (tables or {})
    uploaded = {
        source: read[table.name]
        for table, source in topic.table_sources(scenario).items()
        if source
    }
    outcome = topic.evaluate_model(topic.load_tables(scenario, uploaded), scenario)
    return RecordedRun(scenario, read, figures_of(outcome))


def attribute(topic: Topic, earlier: RecordedRun, later: RecordedRun) -> dict[str, FigureChange]:
    *_, changes = attribute_changes(topic, earlier, later)
    assert changes is not None
    return {change.name: change for change in changes}


def with_other_figures(run: RecordedRun, factor: float) -> RecordedRun:
    """The run as other code would have given it."""
    figures = {
        name: value if isinstance(value, str | None) else value * factor
        for name, value in run.figures.items()
    }
    return RecordedRun(run.scenario, run.tables, figures)


@pytest.mark.parametrize("name", TOPICS)
def test_the_parts_add_up_for_every_indicator_of_every_topic(name):
    """Two quarters, with a revised table, a changed assumption and changed code."""
    topic = TOPICS[name]
    earlier = record(topic, quarter="2014-Q2")
    settings = {
        parameter: declaration.range[0]
        for parameter, declaration in topic.Scenario.parameters().items()
        if declaration.range and declaration.kind == "number"
    }
    changed = dict([*settings.items()][:1])
    revised = {}
    if "take_up" in earlier.tables:
        frame = earlier.tables["take_up"]
        revised["take_up"] = frame.assign(volume=frame["volume"] + 1000)
    later = with_other_figures(record(topic, revised, quarter="2014-Q3", **changed), 1.01)
    changes = attribute(topic, earlier, later)
    assert changes.keys() == earlier.figures.keys() & later.figures.keys()
    for change in changes.values():
        parts = [change.contributions[cause] for cause in CAUSES]
        if change.difference is None:
            assert parts == [None] * len(CAUSES)
        else:
            size = max(abs(change.before), abs(change.now))
            assert sum(filter(None, parts)) == pytest.approx(
                change.difference, rel=1e-9, abs=1e-9 * size
            )
    moved = {cause for c in changes.values() for cause in CAUSES if c.contributions[cause]}
    assert "code" in moved
    assert ("assumptions" in moved) == bool(changed)


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("take_up", {}),
        ("savings", {"service": "Domestic applications for UK passports"}),
        ("quarterly_report", {}),
    ],
)
def test_a_topic_sees_the_revised_table_of_a_topic_that_it_depends_on(name, settings):
    topic = TOPICS[name]
    earlier = record(topic, **settings)
    frame = earlier.tables["take_up"]
    fewer = frame.assign(digital_volume=(frame["digital_volume"] // 2).astype("Int64"))
    later = record(topic, {"take_up": fewer}, **settings)
    moved = [change for change in attribute(topic, earlier, later).values() if change.difference]
    assert moved
    for change in moved:
        assert change.contributions["revised_data"] == change.difference
        assert not any(change.contributions[cause] for cause in CAUSES if cause != "revised_data")


def test_the_same_run_twice_has_no_changes():
    run = record(rides)
    for change in attribute(rides, run, run).values():
        assert change.difference in {0, None}
        assert not any(change.contributions.values())


def test_an_effect_without_a_value_on_the_way_is_counted_with_the_next_cause():
    """No ride is sold without riders: earnings for each ride are not known then."""
    earlier, later = record(rides, riders=0), record(rides, riders=10)
    change = attribute(rides, earlier, with_other_figures(later, 2))["each"]
    assert (change.before, change.difference) == (None, None)
    known = RecordedRun(earlier.scenario, {}, {**earlier.figures, "each": 1.0})
    change = attribute(rides, known, later)["each"]
    assert change.contributions == {
        "new_periods": None,
        "revised_data": None,
        "assumptions": None,
        "code": change.now - 1.0,
    }


months = st.dictionaries(
    st.sampled_from(["2014-01", "2014-02", "2014-06", "2014-07", "2014-09"]),
    st.integers(0, 10**6),
    min_size=1,
)


@settings(max_examples=60)
@given(months, months, *[st.integers(0, 50)] * 4, *[st.sampled_from(QUARTERS)] * 2)
def test_the_parts_are_those_of_the_formula(
    before, after, old_cost, new_cost, old_overhead, new_overhead, first, last
):
    """Cost of visits: the periods known at each quarter, times the cost, and the overhead."""

    def record_visits(rows, cost, overhead, quarter):
        frame = pd.DataFrame({"month": [*rows], "visits": [*rows.values()]})
        frame = frame.sort_values("month", ignore_index=True).astype({"visits": "Int64"})
        visits = sum(count for month, count in rows.items() if quarter_of(month) <= quarter)
        scenario = topic.Scenario(quarter=quarter, unit_cost=float(cost))
        return RecordedRun(scenario, {"visits": frame}, {"total": float(visits * cost + overhead)})

    topic = make_topic(overhead=7)
    earlier = record_visits(before, old_cost, old_overhead, first)
    later = record_visits(after, new_cost, new_overhead, last)
    change = attribute(topic, earlier, later)["total"]

    def count_known(rows, quarter):
        return sum(count for month, count in rows.items() if quarter_of(month) <= quarter)

    known = {month: count for month, count in before.items() if quarter_of(month) <= first}
    extended = {**{m: c for m, c in after.items() if m not in known}, **known}
    visits = [
        count_known(before, first),
        count_known(extended, last),
        count_known(after, last),
    ]
    expected = {
        "new_periods": (visits[1] - visits[0]) * old_cost,
        "revised_data": (visits[2] - visits[1]) * old_cost,
        "assumptions": visits[2] * (new_cost - old_cost),
        "code": new_overhead - old_overhead,
    }
    assert change.contributions == pytest.approx(expected, abs=1e-6)


def test_what_cannot_be_run_is_counted_as_code():
    changes = attribute_to_code({"a": 1.0, "b": "2014-Q2", "c": 2.0}, {"a": 4.0, "b": "2014-Q3"})
    a, b = changes
    assert (a.contributions["code"], a.contributions["new_periods"]) == (3.0, None)
    assert set(b.contributions.values()) == {None}
