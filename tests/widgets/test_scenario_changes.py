"""What a visitor has changed: labels and values of each change, and the texts that put it back."""

import pytest

from tests.widgets.example_topic import VisitsScenario
from tests.widgets.many_parameters_topic import LONG_LABEL, LONG_NAME, WELSH_NAME, ManyParameters
from tests.widgets.many_parameters_topic import topic as many_topic
from workbook import Outcome, Scenario, parameter
from workbook.topics.digital_inclusion import topic as inclusion
from workbook.topics.savings import topic as savings
from workbook.widgets.changes import ChangesWidget
from workbook.widgets.form import FormWidget
from workbook.widgets.form_fields import form_field
from workbook.widgets.scenario_changes import describe_value, scenario_changes


def show_changes(view: ChangesWidget, outcome: Outcome) -> None:
    view.show(outcome, scenario_changes(outcome.scenario))


def test_the_published_scenario_has_no_changes() -> None:
    assert scenario_changes(inclusion.Scenario()) == []


def test_a_change_has_its_label_and_both_values() -> None:
    (change,) = scenario_changes(inclusion.Scenario(programme_starts=800_000))
    assert change["label"] == inclusion.Scenario.parameters()["programme_starts"].label
    assert (change["published"], change["value"]) == ("300,000", "800,000")
    assert change["published_texts"] == {"programme_starts": "300000"}


def test_shares_that_must_add_up_are_put_back_together() -> None:
    scenario = savings.Scenario().with_value("phone_share", 0.1)
    texts = {change["name"]: change["published_texts"] for change in scenario_changes(scenario)}
    shares = {"phone_share", "face_to_face_share"}  # the third is published as 0%
    assert set(texts) == shares
    assert all(set(change_texts) == shares for change_texts in texts.values())


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.0970001, "share", "9.70001%"),
        (79.5, "GBP", "£79.50"),
        (-1.5, "GBP", "−£1.50"),
        (909_200_000.0, "GBP", "£909,200,000"),
        (2014.0, "year", "2014"),
        (1.0, "years", "1 year"),
        (2.5, "years", "2.5 years"),
        (1, "days", "1 day"),
        (84, "days", "84 days"),
    ],
)
def test_a_value_is_described_with_its_unit_and_all_its_digits(
    value: float, unit: str, text: str
) -> None:
    class OneValue(Scenario):
        value: float = parameter(0.0, label="Value", unit=unit, meaning="A value.")  # type: ignore[arg-type]

    assert describe_value(OneValue.parameters()["value"], value) == text


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("exclude", "", "none"),
        ("exclude", "One; Two", "One; Two"),
        ("exclude", "One; Two; Three", "3 selected"),
        ("data", "upload:mine.csv", "mine.csv (uploaded)"),
        ("measure", "visits squared", "Visits squared"),
    ],
)
def test_a_text_is_described_in_a_few_words(name: str, value: str, text: str) -> None:
    assert describe_value(VisitsScenario.parameters()[name], value) == text


def test_a_choice_is_called_by_its_label() -> None:
    curve = savings.Scenario.parameters()["curve"]
    assert describe_value(curve, "forecast") == "As forecast"
    assert form_field(curve)["choice_labels"] == {
        "assumed": "To the target",
        "forecast": "As forecast",
    }


def test_changes_are_a_list_in_a_static_document() -> None:
    view = ChangesWidget("form")
    show_changes(view, inclusion.run())
    assert view.to_static_html() == ""
    show_changes(view, inclusion.run(programme_starts=800_000))
    assert "300,000 → <strong>800,000</strong></span></li>" in view.to_static_html()


def test_the_answer_is_announced_with_its_probability() -> None:
    view = ChangesWidget("form", inclusion.key_indicators)
    outcome = inclusion.run()
    show_changes(view, outcome)
    first = outcome[inclusion.key_indicators[0]]
    assert view.announcement.startswith(f"{first.label}: {first.formatted_value}. ")
    assert "robability" in view.announcement


def test_forty_parameters_and_long_names_have_a_form_and_changes() -> None:
    form = FormWidget(ManyParameters, {}, levers=many_topic.levers)
    assert [group["title"] for group in form.groups] == [
        "",
        *(f"Group {number}" for number in range(5)),
        "Data and simulations",
    ]
    assert sum(len(group["names"]) for group in form.groups) == len(form.fields) == 42
    view = ChangesWidget("form")
    show_changes(view, many_topic.run(share_0=0.1, services=f"{LONG_NAME}; {WELSH_NAME}"))
    assert {change["label"] for change in view.changes} == {LONG_LABEL, "Services"}
    assert WELSH_NAME in view.to_static_html()


def test_a_form_without_levers_opens_its_first_group() -> None:
    form = FormWidget(inclusion.Scenario, {})
    assert [group["is_open"] for group in form.groups][:2] == [True, False]
    assert form.groups[-1]["title"] == "Data and simulations"
    assert Scenario.parameters().keys() <= set(form.groups[-1]["names"])
