"""Formats and APIs: what the July 2014 report says, the selection, and errors in a table."""

import pytest

from workbook.topics.delivery import topic
from workbook.topics.delivery.opening_up import open_interfaces_schema

HEADER = ",".join(open_interfaces_schema.schema.columns)


def list_interfaces(**values):
    frame = topic.run(**values).frame("open_interfaces")
    return {
        row["interface"]: (row["organisation"], row["since"], row["state"])
        for row in frame.to_dict("records")
    }


def test_the_report_names_three_apis_and_no_format():
    assert list_interfaces() == {
        "data.police.uk": ("Home Office", "April 2014", "in use"),
        "Government Gateway": ("HM Revenue & Customs", "not published", "in use"),
        "ONS OpenAPI": ("Office for National Statistics", "not published", "beta"),
        "Data formats and exchange": ("Digital Leaders Network", "not open yet", "being explored"),
    }


def test_what_can_be_used_comes_first():
    states = topic.run().frame("open_interfaces")["state"].tolist()
    assert states == ["in use", "in use", "beta", "being explored"]


@pytest.mark.parametrize(
    ("values", "interfaces"),
    [
        ({"department": "Home Office"}, ["data.police.uk"]),
        ({"programme": "G-Cloud"}, []),
        ({"programme": "Opening up", "department": "HM Revenue & Customs"}, ["Government Gateway"]),
    ],
)
def test_the_table_follows_the_selection(values, interfaces):
    assert [*list_interfaces(**values)] == interfaces


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (
            "D,O,API,X,Y,2014-07,in use,2014-06,,S",
            "since",
            "2014-07 is after the period, 2014-06: what is open has opened by then",
        ),
        ("D,O,app,X,Y,,in use,2014-06,,S", "kind", '"app" must be one of API, format'),
        ("D,O,API,X,Y,,live,2014-06,,S", "state", "must be one of in use, beta, being explored"),
        ("D,O,API,X,Y,June,in use,2014-06,,S", "since", "must be a month such as 2014-06"),
    ],
)
def test_a_wrong_row_is_an_error_with_its_column(row, column, message):
    [error] = open_interfaces_schema.check_csv(f"{HEADER}\n{row}\n".encode()).errors
    assert error.column == column
    assert message in error.message
