"""Effect of going live: control services, refusals in words, and the dates of the services."""

import re

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from tests.topics.delivery.bundled_tables import load_bundled
from tests.topics.take_up.example_tables import small_table
from workbook.topics import take_up
from workbook.topics.delivery.exemplars.data import exemplar_milestones_schema
from workbook.topics.take_up.data import service_go_live_table

ENDS = [f"{year}-{month:02d}" for year in (2011, 2012, 2013) for month in (3, 6, 9, 12)]
"""Ends of twelve windows: the first holds April 2010 to March 2011."""
EXEMPLAR_TITLES = {
    "Apprenticeships: applications": "Find an apprenticeship",
    "Redundancy payments": "Redundancy payments",
    "Patent renewals (F12)": "Renew a patent",
    "Student finance: applications for full-time study support": "Student finance",
    "Registrations of waste carriers, brokers and dealers": "Waste carrier registration",
    "Personalised registration: assign numbers to vehicles": "Personalised registrations",
    "Carer's Allowance: new claims": "Carer’s Allowance",
    "Domestic applications for UK passports": "Passports",
    "Visa applications": "Visas",
    "Employment tribunal claims": "Make a claim to an employment tribunal",
    "Bookings for prison visits": "Prison visit booking",
    "Applications for Lasting Power of Attorney": "Lasting power of attorney",
}


def service_rows(name, live_quarter=None, step=0.9, start=-0.4, ends=ENDS):
    """Windows of a service whose odds change from a quarter on; quarter 0 begins the first."""
    quarters = np.arange(len(ends) + 3)
    rises = 0 if live_quarter is None else step * (quarters >= live_quarter)
    wobble = 0.02 * np.sin(7 * quarters + len(name))
    counts = 25_000 * expit(start + 0.02 * quarters + rises + wobble)
    sums = np.convolve(counts, np.ones(4), "valid")
    return [(name, end, 100_000, round(total)) for end, total in zip(ends, sums, strict=True)]


def go_live_rows(*rows):
    columns = ["organisation", "service", "phase", "month"]
    return pd.DataFrame([("Office", *row) for row in rows], columns=columns)


def lower_first_letters(notes):
    """A reason begins a sentence in a note, and follows a colon among the facts."""
    return re.sub(r"(?<=\. )[A-Z]", lambda letter: letter.group().lower(), notes)


def facts_and_notes(rows, go_live, **options):
    topic = take_up.topic
    scenario = topic.Scenario(**{"exclude": "", "service": "A", "quarter": "2013-Q4"} | options)
    tables = {
        **topic.load_tables(topic.Scenario()),
        "take_up": small_table(*rows),
        "service_go_live": go_live,
    }
    outcome = topic.evaluate_model(tables, scenario)
    return dict(outcome.frame("service").to_numpy()), "\n".join(outcome.notes)


LIVE_IN_2012 = go_live_rows(("A", "public beta", "2012-01"))
"""January 2012 is the first month of quarter 7."""


def test_an_effect_has_its_interval_and_what_it_enters_over():
    facts, notes = facts_and_notes(service_rows("A", live_quarter=7), LIVE_IN_2012)
    words = facts["Change in the odds of a digital transaction, over the year after going live"]
    ratio = float(words.split()[1])
    assert ratio == pytest.approx(np.exp(0.9), rel=0.1)
    assert "95% confidence interval: " in words
    assert "95% confidence interval" in facts["Latest fitted take-up"]
    assert (
        "12 periods, which overlap. They hold as much information as 3.75 separate years" in notes
    )


def test_control_services_are_named_and_compared():
    rows = service_rows("A", live_quarter=7)
    rows += [row for name in ("B", "Cc", "Ddd") for row in service_rows(name)]
    rows += service_rows("Gone live", live_quarter=7) + service_rows("Rare", start=-9)
    rows += service_rows("Late", ends=ENDS[3:])
    live = go_live_rows(("A", "public beta", "2012-01"), ("Gone live", "live", "2012-01"))
    facts, _ = facts_and_notes(rows, live)
    words = facts["Compared with control services"]
    assert words.endswith("relative to 3 services: B, Cc and Ddd")
    # All drift alike, so the step alone is left.
    assert float(words.split("× ")[1].split()[0]) == pytest.approx(np.exp(0.9), rel=0.05)


def test_excluded_services_are_no_controls():
    rows = [row for name in "ABCD" for row in service_rows(name)]
    facts, _ = facts_and_notes(rows, LIVE_IN_2012, exclude="D")
    assert facts["Compared with control services"] == (
        "cannot be told: an interval needs 3 control services, and there are 2 (2 services: B and"
        " C)"
    )


def test_a_service_without_controls_says_so():
    facts, _ = facts_and_notes(service_rows("A", live_quarter=7), LIVE_IN_2012)
    assert facts["Compared with control services"].startswith("there are none: no other service")


@pytest.mark.parametrize(
    ("month", "words"),
    [
        ("2010-05", "no period ends before May 2010: the first is the year to March 2011"),
        ("2011-03", "no period ends before March 2011: the first is the year to March 2011"),
        ("2011-06", "3 periods wholly before going live and 1 wholly after, and the data have 1"),
        ("2013-06", "1 wholly after, and the data have 9 and 0"),
    ],
)
def test_a_date_outside_the_windows_is_refused_in_words(month, words):
    facts, notes = facts_and_notes(service_rows("A"), go_live_rows(("A", "live", month)))
    assert words in facts["Effect of going live"]
    assert words in lower_first_letters(notes)
    assert "Compared with control services" not in facts


def test_a_date_after_the_last_window_is_refused_in_words():
    facts, _ = facts_and_notes(
        service_rows("A", ends=ENDS[:-1]), go_live_rows(("A", "live", "2013-12"))
    )
    assert facts["Effect of going live"] == (
        "cannot be estimated: the last period, the year to September 2013, is before it"
    )


@pytest.mark.parametrize(
    ("start", "words"), [(-9, "less than 1% of transactions"), (9, "more than 99% of transactions")]
)
def test_a_service_that_is_never_or_always_digital_is_refused_in_words(start, words):
    facts, notes = facts_and_notes(service_rows("A", start=start), LIVE_IN_2012)
    assert words in facts["Effect of going live"]
    assert words in lower_first_letters(notes)
    assert not [name for name in facts if "odds" in name]


def test_a_private_beta_is_no_going_live():
    facts, notes = facts_and_notes(
        service_rows("A"), go_live_rows(("A", "private beta", "2012-01"))
    )
    assert facts["Private beta from"] == "January 2012"
    assert not [name for name in facts if "odds" in name or "Effect" in name]
    assert "going live" not in notes


@pytest.mark.parametrize("service", ["Bookings for prison visits", "Apprenticeships: applications"])
def test_no_bundled_service_has_an_absurd_effect(service):
    for quarter in ("2014-Q2", "2016-Q4", "2017-Q3"):
        outcome = take_up.topic.run(quarter=quarter, service=service)
        assert not [name for name in outcome.frame("service")["fact"] if "odds" in name]


class TestDates:
    def test_full_time_student_finance_has_dates_of_its_own(self):
        rows = service_go_live_table.load_table("2018-Q4")
        months = {
            (service, phase): month
            for service, phase, month in rows[["service", "phase", "month"]].to_numpy()
        }
        name = "Student finance: applications for full-time study support"
        assert months[name, "live"] == months[name, "public beta"] == "2014-01"
        assert months["Student finance: applications for part-time study support", "live"] == (
            "2012-10"
        )
        assert months["Carer's Allowance: new claims", "public beta"] == "2013-10"
        assert months["Visa applications", "private beta"] == "2013-09"
        assert months["Visa applications", "public beta"] == "2014-06"

    def test_each_date_is_a_milestone_of_that_service_alone(self):
        rows = service_go_live_table.load_table("2018-Q4")
        rows = rows[rows["source"].str.contains("milestones as of February 2015")]
        milestones = load_bundled(exemplar_milestones_schema)
        whole = milestones[milestones["product"].isna() & (milestones["state"] == "completed")]
        known = set(zip(whole["title"], whole["phase"], whole["month"], strict=True))
        for service, phase, month in rows[["service", "phase", "month"]].to_numpy():
            if service.endswith("part-time study support"):
                assert "part-time loans" in set(
                    milestones.loc[milestones["month"] == month, "product"]
                )
                continue
            assert (EXEMPLAR_TITLES[service], phase.split()[-1], month) in known

    def test_a_month_of_two_services_is_a_warning(self):
        report = service_go_live_table.check_csv(
            b"organisation,service,phase,month,source\n"
            b"O,A,live,2014-05,S\nO,B,live,2014-05,S\nP,C,live,2014-05,S\n"
        )
        assert report.errors == ()
        assert [(warning.row, warning.column, warning.message) for warning in report.warnings] == [
            (
                3,
                "month",
                "is also the month of A (row 2): check which of them the milestone belongs to",
            )
        ]
        assert not service_go_live_table.check_csv(
            service_go_live_table.load_table("2018-Q4").to_csv(index=False).encode()
        ).warnings
