"""Days of the dashboard's lists, and counts of the services in the programme."""

from datetime import date

import pandas as pd
import pytest

from tests.topics.delivery.bundled_tables import load_bundled
from workbook.topics.delivery.exemplars.data import exemplar_phases_schema
from workbook.topics.delivery.exemplars.phase_lists import (
    count_programme_by_phase,
    count_services,
    describe_list_day,
    latest_phase_list,
    list_day,
)


def list_of(day):
    return latest_phase_list(load_bundled(exemplar_phases_schema), date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "described"),
    [
        ("2014-06-30", "last updated on 12 June 2014"),
        ("2014-07-31", "last updated on 18 July 2014"),
        ("2014-09-30", "last updated on 12 September 2014"),
        ("2014-12-31", "read on 31 December 2014"),
        ("2018-12-31", "last updated on 27 March 2015"),
    ],
)
def test_a_list_carries_the_day_of_its_last_update(day, described):
    assert describe_list_day(list_of(day)) == described


def test_a_table_without_the_column_gives_the_day_of_the_list():
    assert list_day(list_of("2014-06-30").drop(columns="updated")) == "2014-06-30"


def test_lists_with_the_same_update_are_the_same():
    lists = load_bundled(exemplar_phases_schema).dropna(subset=["updated"])
    phases = lists.groupby(["updated", "title"])["phase"].nunique()
    assert phases.eq(1).all()


def test_two_services_that_share_a_number_count_once_in_the_furthest_phase():
    services = pd.DataFrame(
        {"number": [20, 20, 21], "phase": ["discovery", "alpha", "live"], "title": list("ABC")}
    )
    assert count_services(services) == 2
    assert count_programme_by_phase(services) == {"discovery": 0, "alpha": 1, "beta": 0, "live": 1}


def test_every_list_has_the_25_services_of_the_programme():
    for _, services in load_bundled(exemplar_phases_schema).groupby("as_of"):
        assert (len(services), count_services(services)) == (26, 25)
