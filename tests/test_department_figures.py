"""Departments: a parameter of every topic, and what a topic without figures for one says."""

import math

import pytest

from workbook.analysis.bulk_run import run_in_bulk
from workbook.analysis.deferred import run_analyses
from workbook.analysis.scenario_runner import ScenarioRunner
from workbook.department_figures import write_departments
from workbook.indicators import Indicator, IndicatorDefinition
from workbook.outcome import Outcome
from workbook.scenario import (
    DepartmentList,
    NoDepartmentFiguresError,
    Scenario,
    ScenarioError,
    parameter,
)
from workbook.topic import Topic
from workbook.topics.registry import TOPICS
from workbook.widgets.study import Study

JUSTICE = "Ministry of Justice"
INCLUSION = TOPICS["digital_inclusion"]
WITHOUT_FIGURES = [INCLUSION, TOPICS["savings"]]


class Rides(Scenario):
    """A scenario without a department of its own."""


class DepartmentRides(Scenario):
    """A scenario that says what its departments select."""

    department: DepartmentList = parameter(
        "", label="Departments", unit="list", meaning="Whose riders.", group="Riders"
    )


def evaluate_rides(_tables, scenario):
    if scenario.department == "Home Office":
        raise NoDepartmentFiguresError(scenario.department)
    riders = Indicator("riders", "Riders", "people", 10.0)
    return Outcome(scenario, f"10 ride: {scenario.department}.", (riders,))


def make_topic(scenario_class):
    definitions = (IndicatorDefinition("riders", "Riders", "people"),)
    return Topic("rides", "Rides", "Who?", scenario_class, evaluate_rides, indicators=definitions)


@pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))
def test_every_topic_takes_a_department_from_a_link(topic):
    scenario = topic.Scenario.from_query("?department=hm+revenue+and+customs")
    assert scenario.department == "HM Revenue & Customs"
    assert scenario.to_query() == "department=HM+Revenue+%26+Customs"


@pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))
def test_a_department_that_no_topic_knows(topic):
    with pytest.raises(ScenarioError, match=r"^department is .*Justise.*: it is not"):
        topic.run(department="Ministry of Justise")
    with pytest.raises(ScenarioError, match=f'Did you mean "{JUSTICE}"'):
        topic.run(department="Ministry of Justise")


@pytest.mark.parametrize("topic", WITHOUT_FIGURES, ids=lambda topic: topic.name)
def test_a_topic_without_figures_by_department_says_so_in_one_line(topic):
    outcome = topic.run(department="MOJ")
    reason = "no figures for the Ministry of Justice"
    assert outcome.headline == f"{topic.title}: {reason}."
    assert [indicator.name for indicator in outcome] == [each.name for each in topic.indicators]
    assert {indicator.value for indicator in outcome} == {None}
    assert {indicator.missing_reason for indicator in outcome} == {reason}
    assert (outcome.table_names, topic.draw_charts(outcome)) == ([], {})
    assert run_analyses(topic, outcome, topic.load_tables(outcome.scenario)) == ()


def test_a_department_without_rows_has_the_same_line():
    outcome = TOPICS["take_up"].run(department="Cabinet Office")
    assert outcome.headline == "Digital take-up: no figures for the Cabinet Office."


def test_a_later_department_has_the_services_of_the_earlier_one():
    take_up, earlier = TOPICS["take_up"], "Department for Business, Innovation & Skills"
    services = take_up.run(department="BEIS")
    expected = {"Insolvency Service", "Intellectual Property Office", "Land Registry"}
    assert set(services.frame("services")["organisation"]) <= expected
    assert take_up.run(department=earlier).headline == services.headline


def test_the_spellings_of_two_tables_are_one_department():
    take_up, delivery = TOPICS["take_up"], TOPICS["delivery"]
    for spelling in ("HMRC", "HM Revenue and Customs", "HM Revenue & Customs"):
        assert set(take_up.run(department=spelling).frame("services")["department"]) == {
            "HM Revenue and Customs"
        }
        assert set(delivery.run(department=spelling).frame("services")["department"]) == {
            "HM Revenue & Customs"
        }


def test_an_own_topic_has_the_line_without_declaring_anything():
    topic = make_topic(Rides)
    assert topic.run().headline == "10 ride: ."
    assert topic.run(department=JUSTICE)["riders"].formatted_value == "no figure"


def test_an_own_topic_that_declares_its_departments_handles_them():
    topic = make_topic(DepartmentRides)
    assert topic.run(department=JUSTICE).headline == f"10 ride: {JUSTICE}."
    assert topic.run(department="HO").headline == "Rides: no figures for the Home Office."


def test_many_scenarios_at_once_have_no_figures_either():
    base = INCLUSION.Scenario(department=JUSTICE)
    columns, errors = run_in_bulk(ScenarioRunner(INCLUSION), base, [{}, {"unit_cost": 90.0}])
    assert errors == ["", ""]
    assert all(math.isnan(value) for value in columns["people_excluded"])


def test_a_page_hides_what_has_no_figures_and_shows_it_again():
    study = Study(TOPICS["take_up"])
    tables = study.table("left_out")
    study.scenario = study.scenario.replace(department="Cabinet Office")
    assert study.headline.to_static_html().count("no figures for the Cabinet Office") == 1
    assert {chart.to_static_html() for chart in study.charts.values()} == {""}
    assert (tables.to_static_html(), study.tiles.to_static_html()) == ("", "")
    study.scenario = study.scenario.replace(department="")
    assert all(chart.to_static_html() for chart in study.charts.values())
    assert tables.to_static_html()
    assert study.tiles.tiles


def test_names_as_they_stand_in_a_sentence():
    assert write_departments("HM Revenue & Customs; Home Office") == (
        "HM Revenue & Customs and the Home Office"
    )
    assert write_departments("Attorney General’s Office") == "the Attorney General’s Office"
