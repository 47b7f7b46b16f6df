"""Why values are the same, and which differences are changes, recounted from the topics alone."""

from contextlib import suppress

import pytest

from tests.topics.delivery.bundled_tables import load_bundled
from tests.topics.quarterly_report.four_topics import REPORTED_TOPICS, run_alone, run_report
from workbook.indicators import Indicator
from workbook.periods import shift_quarter
from workbook.scenario import ScenarioError
from workbook.topics.delivery.commitments.data import commitments_schema
from workbook.topics.quarterly_report.change_kinds import DataPeriods, classify_change
from workbook.topics.take_up.data import take_up_table

AUDITED_PAIRS = {
    "2014-Q2": "2014-Q1",
    "2014-Q3": "2014-Q2",
    "2014-Q4": "2014-Q3",
    "2015-Q1": "2014-Q4",
    "2014-Q2 on a year": "2013-Q2",
}
SAME_KINDS = {"calculated again and the same", "not updated", "cannot change"}
MOVED_KINDS = {"risen", "fallen", "changed"}
SOME_QUARTERS = ("2013-Q2", "2014-Q2", "2015-Q1", "2017-Q1", "2019-Q4")


def indicator(value, **fields):
    missing = {} if value is not None else {"missing_reason": "none"}
    return Indicator("x", "X", "count", value, **missing, **fields)


def classify(before, after, *, periods=("2014-03", "2014-06"), has_other_list=False):
    previous = None if before == "absent" else indicator(before)
    return classify_change(
        previous, indicator(after), DataPeriods(*periods), has_other_list=has_other_list
    )


class TestKinds:
    @pytest.mark.parametrize(
        ("before", "after", "kind"),
        [
            (1.0, 2.0, "risen"),
            (2.0, 1.0, "fallen"),
            (0.72101, 0.72104, "risen"),  # both are written 72.1%
            (0.1 + 0.2, 0.3, "calculated again and the same"),
            ("2016-Q1", "2016-Q2", "changed"),
            ("2016-Q1", "2016-Q1", "calculated again and the same"),
            ("absent", 1.0, "first figure"),
            (None, 1.0, "first figure"),
            (1.0, None, "no figure now"),
            (None, None, "not known"),
            ("absent", None, "not known"),
        ],
    )
    def test_of_values(self, before, after, kind):
        assert classify(before, after) == kind

    @pytest.mark.parametrize(
        ("periods", "kind"),
        [
            (("2014-03", "2014-06"), "calculated again and the same"),
            (("2014-03", "2014-03"), "not updated"),
            (("", ""), "cannot change"),
        ],
    )
    def test_of_a_value_that_is_the_same(self, periods, kind):
        assert classify(5.0, 5.0, periods=periods) == kind

    def test_a_value_of_another_list_is_not_a_change(self):
        assert classify(1.0, 69.0, has_other_list=True) == "list changed"
        assert classify(0.0, 0.0, has_other_list=True) == "list changed"
        assert classify(None, 1.0, has_other_list=True) == "first figure"


def values_alone(quarter):
    """The values of every topic run on its own, by topic and indicator."""
    values = {}
    for reported_topic in REPORTED_TOPICS:
        try:
            outcome = run_alone(reported_topic.name, quarter)
        except ScenarioError:
            continue
        values |= {
            f"{reported_topic.name}.{indicator.name}": indicator.value
            for indicator in outcome.indicators
        }
    return values


def reporting_services(quarter):
    """Services with a window that ends in the quarter, of the published table."""
    rows = load_bundled(take_up_table, quarter)
    newest = rows[rows["window_end"].astype(str) == rows["window_end"].astype(str).max()]
    return set(newest.dropna(subset=["volume", "digital_volume"])["service"])


@pytest.mark.parametrize("pair", AUDITED_PAIRS)
class TestRecount:
    @pytest.fixture
    def quarters(self, pair):
        return pair[:7], AUDITED_PAIRS[pair]

    @pytest.fixture
    def kinds(self, quarters):
        outcome = run_report(quarter=quarters[0], previous_quarter=quarters[1])
        moved = outcome["indicators_changed"].value
        kinds = outcome.frame("compared").set_index("name")["change"]
        assert moved == kinds.isin(MOVED_KINDS).sum()
        return kinds.to_dict()

    def test_every_value_known_twice_is_the_same_moved_or_of_another_list(self, quarters, kinds):
        now, before = map(values_alone, quarters)
        for name, kind in kinds.items():
            value, previous = now[name], before.get(name)
            if value is None or previous is None:
                assert kind in {"first figure", "no figure now", "not known"}
                assert (kind == "first figure") == (value is not None)
            elif value == previous:
                assert kind in SAME_KINDS | {"list changed"}
            else:
                assert kind in MOVED_KINDS | {"list changed"}

    def test_take_up_is_of_another_list_where_other_services_report(self, quarters, kinds):
        assert all(
            kind in {"list changed", "first figure", "not known"}
            for name, kind in kinds.items()
            if name.startswith("take_up.")
        )
        others = set.symmetric_difference(*map(reporting_services, quarters))
        years_before = [shift_quarter(quarter, -4) for quarter in quarters]
        earlier_others = set.symmetric_difference(*map(reporting_services, years_before))
        assert others | earlier_others

    def test_commitments_are_counted_from_the_first_report_on(self, quarters, kinds):
        made = [not load_bundled(commitments_schema, quarter).empty for quarter in quarters]
        is_first = kinds["delivery.commitments_not_known"] == "first figure"
        assert made[0]
        assert is_first == (not made[1])

    def test_figures_of_a_report_are_not_updated_until_the_next(self, quarters, kinds):
        expected = "not updated" if quarters[1] >= "2014-Q2" else "first figure"
        for name in ("charter_signatories", "gcloud_suppliers", "hires", "dashboards"):
            assert kinds[f"delivery.{name}"] == expected

    def test_figures_of_assumptions_cannot_change(self, quarters, kinds):
        was_published = quarters[1] >= "2014-Q2"  # the number of people at the start
        inclusion = {kind for name, kind in kinds.items() if name.startswith("digital_inclusion.")}
        assert inclusion == {"cannot change" if was_published else "first figure"}
        assert kinds["savings.npv"] == "cannot change"


@pytest.mark.parametrize("reported_topic", REPORTED_TOPICS, ids=lambda topic: topic.name)
def test_a_value_said_to_rest_on_assumptions_alone_is_the_same_in_every_quarter(reported_topic):
    outcomes = []
    for quarter in SOME_QUARTERS:
        with suppress(ScenarioError):  # nothing was published by then
            outcomes.append(run_alone(reported_topic.name, quarter))
    on_assumptions = {
        indicator.name
        for outcome in outcomes
        for indicator in outcome.indicators
        if indicator.as_of == "" and indicator.value is not None
    }
    for name in on_assumptions:
        assert len({outcome[name].value for outcome in outcomes} - {None}) == 1, name
