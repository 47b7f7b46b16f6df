"""The report on a department: its figures, and one line for what has none."""

import pytest

from workbook.topics.registry import TOPICS

REPORT = TOPICS["quarterly_report"]


@pytest.fixture(scope="module")
def report():
    return REPORT.run(department="MOJ")


def test_its_headline_is_of_the_department(report):
    assert report.headline == (
        "Ministry of Justice: at unchanged mix, take-up in 2 services rose 1.6 points between the"
        " years to March and June 2014."
    )


def test_one_note_says_what_has_no_figures_and_one_what_is_not_checked(report):
    without_figures, not_checked = report.notes[:2]
    assert without_figures == (
        "Digital inclusion, Savings and Digital policymaking have no figures for the Ministry of"
        " Justice."
    )
    assert not_checked == "Published figures are not checked by department."


def test_a_section_without_figures_is_one_line(report):
    notes = report.part_outcomes["savings"].notes
    assert notes == ("No figures for the Ministry of Justice.",)
    assert report["savings.npv"].missing_reason == "no figures for the Ministry of Justice"
    assert {"savings.npv", "claims_confirmed"} <= report.left_out


def test_the_national_checks_do_not_stand_in_it(report):
    assert report["claims_confirmed"].value is None
    for name in ("claims", "findings", "refuted", "sections", "trends"):
        assert report.frame(name).empty, name


def test_its_charts_are_those_of_topics_with_figures(report):
    assert set(REPORT.draw_charts(report)) == {"forecast"}


def test_its_figures_are_those_of_the_topic_for_the_department(report):
    own = TOPICS["take_up"].run(department="Ministry of Justice")
    assert report["take_up.take_up"].value == own["take_up"].value


def test_what_is_said_body_by_body(report):
    bodies = report.frame("bodies")
    assert set(bodies["department"]) == {"Ministry of Justice"}
    rows = bodies.set_index(["organisation", "subject"])["position"]
    assert rows["National Offender Management Service", "Bookings for prison visits"] == (
        "1.6% of transactions digital in the year to June 2014, +1.6 points on the year before"
    )
    assert rows["Ministry of Justice", "Exemplar service: Prison visit booking"] == "In beta"
    own = list(bodies["organisation"] == "Ministry of Justice")
    assert own == sorted(own, reverse=True), "the department comes before its agencies"


def test_the_report_on_all_of_government_lists_every_body():
    bodies = REPORT.run().frame("bodies")
    assert {"HM Revenue & Customs", "Department for Transport"} <= set(bodies["department"])
    assert "All of government" not in set(bodies["department"])


def test_a_headline_that_names_the_department_is_not_headed_by_its_name():
    headline = REPORT.run(department="Office for National Statistics").headline
    assert headline.startswith("The Office for National Statistics owns none of government’s 11")
