"""The parameters, what is refused and at which of them, and what can be chosen."""

import pytest

from tests.topics.delivery.cases import outcome_of
from workbook.resources import folder
from workbook.scenario import ScenarioError
from workbook.topics.delivery import topic
from workbook.topics.delivery.scenario import Delivery


def refusal(**values):
    """The parameter at fault, and what is said of it."""
    with pytest.raises(ScenarioError) as caught:
        outcome_of(**values)
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
        assert topic.source(*_sales("mine")) == "mine"
        assert not topic.source(*_sales(""))

    def test_the_published_scenarios(self):
        shelf = folder("data") / "scenarios" / "delivery"
        assert len(topic.published()) == len(list(shelf.glob("*.toml"))) > 0
        assert Delivery(department="Ministry of Justice") in topic.published().values()

    def test_a_link_opens_no_file(self):
        with pytest.raises(ScenarioError, match="sales cannot be"):
            Delivery.from_query("sales=/etc/passwd")


def _sales(name):
    (table,) = [table for table in topic.tables if table.name == "gcloud_sales"]
    return table, Delivery(sales=name)


class TestRefusals:
    def test_a_programme_that_is_not_there_with_the_one_that_is_meant(self):
        name, said = refusal(programme="G-Clod")
        assert name == "programme"
        assert "'G-Clod'" in said
        assert "G-Cloud" in said

    def test_one_name_of_several_that_is_not_there(self):
        name, said = refusal(department="Home Office; Ministry of Magic")
        assert name == "department"
        assert "Ministry of Magic" in said

    def test_both_filters_at_once(self):
        with pytest.raises(ScenarioError) as caught:
            outcome_of(department="None", programme="None")
        assert [each.name for each in caught.value.problems] == ["department", "programme"]

    def test_filters_that_leave_nothing_together(self):
        name, said = refusal(department="Department of Health", programme="G-Cloud")
        assert name == "programme"
        assert "Department of Health" in said

    def test_a_department_of_which_nothing_was_told_yet(self):
        name, said = refusal(department="Home Office", quarter="2014-Q1")
        assert name == "department"
        assert "2014-Q1" in said

    def test_a_programme_before_anything_was_told_of_programmes(self):
        assert "Exemplar services" in refusal(programme="G-Cloud", quarter="2012-Q1")[1]

    def test_a_department_before_any_was_told_of(self):
        said = refusal(department="Home Office", quarter="2012-Q1")[1]
        assert "nothing is told of any department" in said

    def test_a_quarter_before_everything(self):
        name, said = refusal(quarter="2011-Q4")
        assert name == "quarter"
        assert "2011-Q4" in said


class TestOptions:
    @pytest.mark.parametrize("name", ["department", "programme"])
    def test_each_that_is_offered_can_be_chosen(self, name):
        offered = outcome_of().options[name]
        assert len(offered) == len(set(offered)) > 1
        for each in offered:
            assert outcome_of(**{name: each}).headline

    def test_services_can_be_chosen_by_a_department_that_has_no_commitment_of_its_own(self):
        chosen = {"department": "Ministry of Justice", "programme": "Exemplar services"}
        outcome = outcome_of(**chosen)
        assert outcome.tables["commitments"].empty
        assert outcome.tables["services"]["title"].size == 4
        assert "No commitment beside them" in outcome.headline
