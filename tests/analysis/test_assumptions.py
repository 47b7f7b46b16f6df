"""Assumptions of an outcome: the value, range, source and review of each."""

import pandas as pd
import pytest

from workbook.analysis.assumptions import register_rows
from workbook.topics.digital_inclusion import topic as digital_inclusion
from workbook.topics.savings import topic as savings

PUBLISHED = "1.2 million people helped by UK online centres from 2010 to May 2014"


def read_register(topic, **values):
    return pd.DataFrame(register_rows(topic.run(draws=100, **values))).set_index("parameter")


@pytest.fixture(scope="module")
def vehicle_tax():
    return read_register(savings, service="Vehicle tax renewals", convert_prices="no")


def test_there_is_a_row_for_each_assumption():
    rows = register_rows(digital_inclusion.run(draws=100))
    parameters = digital_inclusion.Scenario.parameters().values()
    expected = [parameter.name for parameter in parameters if parameter.is_assumption]
    assert [row["parameter"] for row in rows] == expected


def test_values_and_ranges_are_formatted_in_their_unit():
    rows = read_register(digital_inclusion)
    assert rows.loc["dropout", ["value", "range"]].tolist() == ["30%", "10% to 50%"]
    assert rows.loc["programme_starts", "range"] == ""


def test_a_published_value_has_its_source_quality_owner_and_review():
    row = read_register(digital_inclusion).loc["programme_starts"]
    assert PUBLISHED in row["source"]
    assert row["quality":].drop("source").tolist() == [
        "amber",
        "policy team",
        "2014-07-24",
        "2015-07-24",
        "up to date",
    ]


def test_a_value_of_the_users_own_has_nothing_of_the_published_one():
    row = read_register(digital_inclusion, programme_starts=800_000).loc["programme_starts"]
    assert row["value"] == "800,000 (changed)"
    assert row["source"] == "Your value, changed from 300,000"
    origin = ["quality", "owner", "reviewed", "review_due", "review_status"]
    assert row[origin].tolist() == [""] * 5


@pytest.mark.parametrize(("quarter", "status"), [("2015-Q2", "up to date"), ("2015-Q3", "overdue")])
def test_a_review_is_overdue_from_the_quarter_in_which_it_was_due(quarter, status):
    rows = read_register(digital_inclusion, quarter=quarter)
    assert set(rows["review_status"]) == {status}


def test_a_value_from_a_service_is_shown_with_the_service_as_its_source(vehicle_tax):
    volume = vehicle_tax.loc["volume"]
    assert volume["source"] == "Digital take-up page: Vehicle tax renewals"
    assert volume["value"] != "909,200,000"
    assert volume["quality"] == ""


def test_a_channel_cost_is_the_scaled_one_where_the_services_cost_is_published(vehicle_tax):
    phone = vehicle_tax.loc["cost_phone"]
    assert "Scaled" in phone["source"]
    assert phone["value"] == "£1.82"


def test_a_parameter_that_plays_no_part_is_said_not_to():
    row = read_register(savings, curve="forecast", quarter="2015-Q1").loc["years_to_target"]
    assert (row["value"], row["source"]) == ("not used", "Take-up follows its forecast")
