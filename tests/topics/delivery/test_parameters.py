"""The parameters of delivery, the values that are rejected, and the options."""

import pytest

from tests.topics.delivery.examples import evaluate_example
from workbook.resources import resource_folder
from workbook.scenario import ScenarioError
from workbook.topics.delivery import topic
from workbook.topics.delivery.parameters import Delivery


def rejected_parameter(**values):
    """The invalid parameter and its error message."""
    with pytest.raises(ScenarioError) as caught:
        evaluate_example(**values)
    (problem,) = caught.value.problems
    return problem.name, problem.message


class TestParameters:
    def test_parameters_are_the_filters_and_the_table_of_sales(self):
        assert list(Delivery.parameters()) == ["quarter", "department", "programme", "sales"]

    def test_by_default_nothing_is_filtered_and_no_sales_are_uploaded(self):
        values = Delivery().values()
        assert values == {"quarter": "2014-Q2", "department": "", "programme": "", "sales": ""}

    def test_spaces_between_names_make_no_difference(self):
        assert Delivery(programme=" GOV.UK ;G-Cloud;") == Delivery(programme="GOV.UK; G-Cloud")

    def test_an_uploaded_table_is_read_as_sales(self):
        assert topic.table_source(*_gcloud_sales("uploaded")) == "uploaded"
        assert not topic.table_source(*_gcloud_sales(""))

    def test_the_published_scenarios(self):
        scenario_folder = resource_folder("data") / "scenarios" / "delivery"
        assert len(topic.scenarios.published) == len(list(scenario_folder.glob("*.toml"))) > 0
        assert Delivery(department="Ministry of Justice") in topic.scenarios.published.values()

    def test_a_link_cannot_open_a_file(self):
        with pytest.raises(ScenarioError, match="it must be the name of a"):
            Delivery.from_query("sales=/etc/passwd")


def _gcloud_sales(name):
    (table,) = [table for table in topic.tables if table.name == "gcloud_sales"]
    return table, Delivery(sales=name)


class TestErrors:
    def test_an_unknown_programme_gets_a_suggestion(self):
        name, message = rejected_parameter(programme="G-Clod")
        assert name == "programme"
        assert '"G-Clod"' in message
        assert "G-Cloud" in message

    def test_one_unknown_name_of_several_is_named(self):
        name, message = rejected_parameter(department="Home Office; Ministry of Magic")
        assert name == "department"
        assert "Ministry of Magic" in message

    def test_errors_in_both_filters_are_reported(self):
        with pytest.raises(ScenarioError) as caught:
            evaluate_example(department="None", programme="None")
        assert [problem.name for problem in caught.value.problems] == ["department", "programme"]

    def test_filters_that_select_nothing_together(self):
        name, message = rejected_parameter(department="Department of Health", programme="G-Cloud")
        assert name == "programme"
        assert "Department of Health" in message

    @pytest.mark.parametrize("quarter", ["2012-Q1", "2014-Q1"])
    def test_a_department_without_data_in_the_quarter_has_no_figures(self, quarter):
        outcome = evaluate_example(department="Home Office", quarter=quarter)
        assert outcome.headline == "Delivery: no figures for the Home Office."

    def test_a_programme_without_data_in_the_quarter(self):
        assert "Exemplar services" in rejected_parameter(programme="G-Cloud", quarter="2012-Q1")[1]

    def test_a_quarter_before_all_data(self):
        name, message = rejected_parameter(quarter="2011-Q4")
        assert name == "quarter"
        assert "2011-Q4" in message


class TestOptions:
    @pytest.mark.parametrize("name", ["department", "programme"])
    def test_every_option_can_be_chosen(self, name):
        offered = evaluate_example().parameter_options[name]
        assert len(offered) == len(set(offered)) > 1
        for choice in offered:
            assert evaluate_example(**{name: choice}).headline

    def test_a_department_without_commitments_can_have_services(self):
        chosen = {"department": "Ministry of Justice", "programme": "Exemplar services"}
        outcome = evaluate_example(**chosen)
        assert outcome.frame("commitments").empty
        assert outcome.frame("services")["title"].size == 4
        assert "None of government’s 11 digital targets with a date is selected" in outcome.headline
