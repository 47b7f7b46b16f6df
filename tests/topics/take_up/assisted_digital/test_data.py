"""The digital inclusion scale, and errors in a team's own table of shares."""

import pytest

from tests.topics.take_up.assisted_digital.example_shares import SHARES, list_errors
from workbook.importers.template import make_template
from workbook.topics.take_up.assisted_digital.data import (
    assisted_digital_shares_table,
    inclusion_scale_table,
)

LEVEL_NAMES = [
    "Never have, never will",
    "Was online, but no longer",
    "Willing and unable",
    "Reluctantly online",
    "Learning the ropes",
    "Task specific",
    "Basic digital skills",
    "Confident",
    "Expert",
]


def test_the_scale_has_the_nine_published_levels():
    scale = inclusion_scale_table.load_table("2014-Q2")
    assert scale["level"].tolist() == [*range(1, 10)]
    assert scale["name"].tolist() == LEVEL_NAMES
    assert scale["needs_support"].tolist() == ["yes"] * 6 + ["no"] * 3


def test_a_complete_table_has_no_errors():
    assert list_errors(SHARES) == []


def test_the_template_has_every_column_and_no_errors_in_its_header():
    header = make_template(assisted_digital_shares_table).splitlines()[0]
    assert header.split(",") == [*assisted_digital_shares_table.schema.columns]


@pytest.mark.parametrize(
    ("rows", "row", "column", "message"),
    [
        (
            "A,1,0.5,,,,\nA,9,0.43,,,,",
            2,
            "share",
            ("is one of the shares of A, which add up to 93%. They must add up to 100%"),
        ),
        (
            "A,10,1,,,,",
            2,
            "level",
            "must be a level of the scale, from 1 to 9",
        ),
        (
            "A,1,1,,,0.8,0.4",
            2,
            "supported_by_phone",
            (
                "and the other channels support 120% of the people who need support. At most 100%"
                " can be supported: count each person once"
            ),
        ),
        (
            "A,1,0.5,900,,,\nA,9,0.5,800,,,",
            3,
            "users",
            (
                "differs from the 900 users in an earlier row of A. Give the same number in each"
                " row of a service"
            ),
        ),
        (
            "A,1,1,900,,,\nB,1,1,,,,",
            3,
            "users",
            ("is blank, but other rows give users. Give the users of every service, or of none"),
        ),
        (
            "All,1,1,900,,,",
            2,
            "users",
            (
                "is given for “all”, which stands for services with transactions in the table of"
                " services. Leave it blank, or name each service"
            ),
        ),
        ("A,1,63%,,,,", 2, "share", '"63%" is not a number: write 0.63'),
    ],
)
def test_a_wrong_row_is_an_error_with_its_place(rows, row, column, message):
    header = "service,level,share,users,need,supported_by_phone,supported_face_to_face"
    [first, *_] = list_errors(f"{header}\n{rows}\n")
    assert first[:2] == (row, column)
    assert message in first[2]


def test_an_unreadable_share_is_one_error():
    assert len(list_errors("service,level,share\nA,1,63%\nA,2,0.37\n")) == 1


def test_the_same_level_twice_is_an_error():
    [error] = list_errors("service,level,share\nA,1,0.5\nA,1,0.5\n")
    assert error[0] == 3
