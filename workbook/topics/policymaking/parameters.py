"""Parameters of policymaking: the consultations, the standards, and the staff that answers."""

from workbook.scenario import DepartmentList, Scenario, parameter
from workbook.scenario.table_parameters import table_parameter

_STANDARDS = "Standards"
_STAFF = "Staff that answers"
_UNSOURCED = "Assumption: no published figure found"

_TWELVE_WEEKS = 84
_MOST_DAYS, _MOST_ANALYSTS = 3_650, 10_000


class Policymaking(Scenario):
    """Which consultations count, what is in time, and how many analysts answer them."""

    department: DepartmentList = parameter(
        "",
        label="Departments",
        unit="list",
        meaning=(
            "Only include consultations of these departments. Separate names with semicolons. "
            "Leave blank for all."
        ),
        group="Consultations to include",
    )
    standard_days: int = parameter(
        _TWELVE_WEEKS,
        label="Days allowed for an answer",
        unit="days",
        meaning="The first answer is in time if it is published this many days after closing.",
        bounds=(1, _MOST_DAYS),
        source=(
            "12 weeks: Consultation Principles, Cabinet Office, 2016 and 2018. Those of 2012 and"
            " 2013 ask for an answer but set no time."
        ),
        quality="green",
        group=_STANDARDS,
    )
    minimum_open_days: int = parameter(
        _TWELVE_WEEKS,
        label="Minimum days open",
        unit="days",
        meaning="A consultation is open long enough if people can respond for this many days.",
        bounds=(1, _MOST_DAYS),
        source=(
            "12 weeks: Code of Practice on Consultation, 2008. The Consultation Principles that"
            " replaced it in 2012 set no least number."
        ),
        quality="amber",
        group=_STANDARDS,
    )
    target_share: float = parameter(
        0.9,
        label="Share to answer in time",
        unit="share",
        meaning="The share of consultations that should be answered in time.",
        bounds=(0.01, 0.999),
        source="Assumption: no target is published",
        quality="red",
        group=_STANDARDS,
    )
    analysts: int = parameter(
        2,
        label="Analysts",
        unit="count",
        meaning="People who analyse responses and write answers, each one consultation at a time.",
        bounds=(1, _MOST_ANALYSTS),
        source=_UNSOURCED,
        quality="red",
        group=_STAFF,
    )
    consultations_a_year: int = parameter(
        24,
        label="Consultations a year",
        unit="count",
        meaning="How many consultations close in a year and need an answer.",
        bounds=(0, 10_000),
        range=(18, 30),
        source="Assumption: a department that closes two a month",
        quality="red",
        follows="ratio",
        group=_STAFF,
    )
    staff_days: float = parameter(
        15.0,
        label="Staff days a consultation",
        unit="days",
        meaning=(
            "Working days that one analyst needs on average, from the first response read to the "
            "answer published."
        ),
        bounds=(0.1, 1_000),
        range=(10, 25),
        source=_UNSOURCED,
        quality="red",
        follows="ratio",
        group=_STAFF,
    )
    working_days: int = parameter(
        220,
        label="Working days a year",
        unit="days",
        meaning="Days on which an analyst works in a year, after leave and holidays.",
        bounds=(1, 365),
        range=(200, 230),
        source=(
            "Assumption: 261 weekdays, less 9 public and privilege holidays and about 32 days of"
            " leave, training and sickness"
        ),
        quality="red",
        group=_STAFF,
    )
    data: str = table_parameter("consultations", label="Table of consultations")
