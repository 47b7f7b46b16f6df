"""The parameters, what is refused and at which of them, and what can be chosen."""

import pytest

from tests.topics.delivery.examples import evaluate_example
from workbook.resources import resource_folder
from workbook.scenario import ScenarioError
from workbook.topics.delivery import topic
from workbook.topics.delivery.parameters import Delivery


def refused_parameter(**values):
    """The parameter at fault, and what is said of it."""
    with pytest.raises(ScenarioError) as caught:
        evaluate_example(**values)
    (problem,) = caught.value.problems
    return problem.name, problem.message


class TestParameters:
    def test_they_are_the_methods_and_the_file_of_sales(self):
        assert list(Delivery.parameters()) == ["quarter", "department", "programme", "sales"]

    def test_none_is_filtered_and_no_sales_are_brought_at_first(self):
        values = Delivery().values()
        assert values == {"quarter": "2014-Q2", "department": "", "programme": "", "sales": ""}

    def test_the_same_names_are_the_same_scenario(self):
        assert Delivery(programme=" GOV.UK ;G-Cloud;") == Delivery(programme="GOV.UK; G-Cloud")

    def test_what_is_brought_is_read_as_sales(self):
        assert topic.table_source(*_gcloud_sales("mine")) == "mine"
        assert not topic.table_source(*_gcloud_sales(""))

    def test_the_published_scenarios(self):
        shelf = resource_folder("data") / "scenarios" / "delivery"
        assert len(topic.published_scenarios()) == len(list(shelf.glob("*.toml"))) > 0
        assert Delivery(department="Ministry of Justice") in topic.published_scenarios().values()

    def test_a_link_opens_no_file(self):
        with pytest.raises(ScenarioError, match="sales cannot be"):
            Delivery.from_query("sales=/etc/passwd")


def _gcloud_sales(name):
    (table,) = [table for table in topic.tables if table.name == "gcloud_sales"]
    return table, Delivery(sales=name)


class TestRefusals:
    def test_a_programme_that_is_not_there_with_the_one_that_is_meant(self):
        name, message = refused_parameter(programme="G-Clod")
        assert name == "programme"
        assert '"G-Clod"' in message
        assert "G-Cloud" in message

    def test_one_name_of_several_that_is_not_there(self):
        name, message = refused_parameter(department="Home Office; Ministry of Magic")
        assert name == "department"
        assert "Ministry of Magic" in message

    def test_both_filters_at_once(self):
        with pytest.raises(ScenarioError) as caught:
            evaluate_example(department="None", programme="None")
        assert [problem.name for problem in caught.value.problems] == ["department", "programme"]

    def test_filters_that_leave_nothing_together(self):
        name, message = refused_parameter(department="Department of Health", programme="G-Cloud")
        assert name == "programme"
        assert "Department of Health" in message

    def test_a_department_of_which_nothing_was_told_yet(self):
        name, message = refused_parameter(department="Home Office", quarter="2014-Q1")
        assert name == "department"
        assert "2014-Q1" in message

    def test_a_programme_before_anything_was_told_of_programmes(self):
        assert "Exemplar services" in refused_parameter(programme="G-Cloud", quarter="2012-Q1")[1]

    def test_a_department_before_any_was_told_of(self):
        message = refused_parameter(department="Home Office", quarter="2012-Q1")[1]
        assert "There are none to choose from" in message

    def test_a_quarter_before_everything(self):
        name, message = refused_parameter(quarter="2011-Q4")
        assert name == "quarter"
        assert "2011-Q4" in message


class TestOptions:
    @pytest.mark.parametrize("name", ["department", "programme"])
    def test_each_that_is_offered_can_be_chosen(self, name):
        offered = evaluate_example().parameter_options[name]
        assert len(offered) == len(set(offered)) > 1
        for choice in offered:
            assert evaluate_example(**{name: choice}).headline

    def test_services_can_be_chosen_by_a_department_that_has_no_commitment_of_its_own(self):
        chosen = {"department": "Ministry of Justice", "programme": "Exemplar services"}
        outcome = evaluate_example(**chosen)
        assert outcome.frame("commitments").empty
        assert outcome.frame("services")["title"].size == 4
        assert "No other commitment matches the selection" in outcome.headline
