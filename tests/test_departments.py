"""Names of departments: the spellings of the tables supplied, abbreviations and later names."""

import pytest

from workbook.departments import (
    DEPARTMENT_NAMES,
    department_name,
    department_of_2014,
    fold_department,
    list_departments,
)
from workbook.importers.catalogue import open_table
from workbook.topics.registry import TABLE_SCHEMAS


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("HMRC", "HM Revenue & Customs"),
        ("hm revenue and customs", "HM Revenue & Customs"),
        ("Her Majesty's Revenue & Customs", "HM Revenue & Customs"),
        ("The Cabinet Office", "Cabinet Office"),
        ("  ministry   of justice ", "Ministry of Justice"),
        (
            "Department for Environment Food & Rural Affairs",
            "Department for Environment, Food & Rural Affairs",
        ),
        ("Department for Energy and Climate Change", "Department of Energy & Climate Change"),
        ("Ministry of Magic", "Ministry of Magic"),
    ],
)
def test_spellings_of_one_name(spelling: str, name: str) -> None:
    assert department_name(spelling) == name


@pytest.mark.parametrize(
    ("later", "name"),
    [
        (
            "Department for Business, Energy and Industrial Strategy",
            "Department for Business, Innovation & Skills",
        ),
        ("DHSC", "Department of Health"),
        ("MOJ", "Ministry of Justice"),
        ("Ministry of Magic", "Ministry of Magic"),
    ],
)
def test_later_names(later: str, name: str) -> None:
    assert department_of_2014(later) == name


def test_no_spelling_is_of_two_departments() -> None:
    folded = [fold_department(name) for name in DEPARTMENT_NAMES]
    assert len({*folded}) == len(folded)
    assert [department_name(name) for name in DEPARTMENT_NAMES] == [*DEPARTMENT_NAMES]


def test_names_are_listed_once() -> None:
    names = ("HM Revenue and Customs", "", "Home Office", "HM Revenue & Customs")
    assert list_departments(names) == ("HM Revenue & Customs", "Home Office")


@pytest.mark.parametrize(
    "table",
    [schema.name for schema in TABLE_SCHEMAS.values() if "department" in schema.schema.columns],
)
def test_every_department_of_the_tables_is_listed(table: str) -> None:
    """A name that is not listed would be a department of its own, beside its other spelling."""
    names = open_table(TABLE_SCHEMAS[table], table).frame["department"].fillna("")
    assert {department_of_2014(name) for name in names if name} <= {*DEPARTMENT_NAMES}
