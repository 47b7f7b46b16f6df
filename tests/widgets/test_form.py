"""The form: texts become a scenario, or an error message beside their field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook import Scenario, parameter
from workbook.topics.digital_inclusion import topic
from workbook.topics.digital_inclusion.parameters import DigitalInclusion
from workbook.widgets.edits import texts_from_query
from workbook.widgets.form import FormWidget


@pytest.fixture
def form() -> FormWidget:
    shown = FormWidget(topic.Scenario, topic.scenarios.published)
    shown.show(topic.Scenario(), {}, {})
    return shown


def apply(
    form: FormWidget, scenario: Scenario, texts: dict[str, str], previous_texts: dict[str, str]
) -> tuple[Scenario, dict[str, str]]:
    """Apply edits where every scenario has an outcome; return scenario and messages."""
    return form.apply_edits(scenario, texts, previous_texts, lambda candidate: candidate)


def test_every_parameter_has_a_field_with_its_declaration(form: FormWidget) -> None:
    declared = topic.Scenario.parameters()
    assert {field["name"] for field in form.fields} == set(declared)
    for field in form.fields:
        parameter = declared[field["name"]]
        assert field["label"] == parameter.label
        assert field["hint"] == parameter.meaning
        headings = [heading for heading, _ in field["facts"]]
        assert ("Source" in headings) == parameter.is_assumption
        assert ("Range used in simulations" in headings) == bool(parameter.range)
        if field["has_slider"]:
            assert field["low"] < field["high"]
            assert 0 < field["step"] <= (field["high"] - field["low"]) / 20
            steps = (float(field["published_text"]) - field["low"]) / field["step"]
            assert steps == pytest.approx(round(steps))


def test_a_share_is_shown_as_a_percentage_and_stored_as_a_fraction(form: FormWidget) -> None:
    assert form.field_texts["floor_share"] == "9.7"
    scenario, problems = apply(form, topic.Scenario(), {**form.field_texts, "floor_share": "7"}, {})
    assert scenario.values()["floor_share"] == 0.07
    assert problems == {}


@given(st.integers(0, 10_000))
def test_a_percentage_with_two_decimals_is_shown_as_typed(hundredths: int) -> None:
    form = FormWidget(topic.Scenario, {})
    text = f"{hundredths / 100:.2f}"
    scenario, problems = apply(form, topic.Scenario(), {"dropout": text}, {})
    assert problems == {}
    form.show(scenario, {}, {})
    assert float(form.field_texts["dropout"]) == float(text)


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("programme_starts", "12000000", "must be a whole number from 0 to 10,000,000."),
        ("programme_starts", "", "must be a whole number from 0 to 10,000,000."),
        ("programme_starts", "not a number", "must be a whole number from 0 to 10,000,000."),
        ("dropout", "", "must be between 0% and 100%."),
        ("dropout", "130", "must be between 0% and 100%."),
        ("dropout", "nan", "must be between 0% and 100%."),
        ("target_year", "2010", "must be from 2015 to 2064"),
        ("quarter", "2014", "must be a year from 1900 to 2199 and a quarter, such as 2014-Q2."),
        ("no_such", "1", 'Unknown parameter "no_such"'),
    ],
)
def test_a_rejected_field_keeps_its_last_valid_value_and_other_edits_apply(
    form: FormWidget, name: str, text: str, sentence: str
) -> None:
    typed = {**form.field_texts, "unit_cost": "80", name: text}
    scenario, problems = apply(form, topic.Scenario(), typed, {})
    assert scenario == DigitalInclusion(unit_cost=80.0)
    assert list(problems) == [name]
    assert sentence in problems[name]


def test_the_first_digits_of_a_rejected_text_are_not_applied(form: FormWidget) -> None:
    start = dict(form.field_texts)
    scenario, _ = apply(form, topic.Scenario(), {**start, "dropout": "1"}, start)
    assert scenario == DigitalInclusion(dropout=0.01)
    scenario, problems = apply(form, scenario, {**start, "dropout": "150"}, start)
    assert scenario == topic.Scenario()
    form.show(scenario, problems, {"dropout": "150"})
    label = topic.Scenario.parameters()["dropout"].label
    assert form.field_errors["dropout"] == f"{label} must be between 0% and 100%."


def test_fields_that_contradict_each_other_do_not_change_the_scenario(form: FormWidget) -> None:
    typed = {**form.field_texts, "baseline_year": "2030"}
    scenario, problems = apply(form, topic.Scenario(), typed, {})
    assert scenario == topic.Scenario()
    assert set(problems) == {"target_year", "baseline_year"}  # the edited field has the message too
    labels = {name: declared.label for name, declared in topic.Scenario.parameters().items()}
    (message,) = set(problems.values())
    assert message.startswith(f"{labels['target_year']} must be from 2031 to 2080")
    assert f"after “{labels['baseline_year']}” (2030)" in message


def test_the_values_of_a_link_are_shown_as_typed() -> None:
    typed = texts_from_query(
        "?dropout=1.3&programme_starts=12000000&token=secret&no_such=1&seed=x",
        topic.Scenario.parameters(),
    )
    assert typed == {"dropout": "130", "programme_starts": "12000000", "seed": "x"}


def test_the_published_scenarios_are_offered_after_the_default(form: FormWidget) -> None:
    assert [offered["title"] for offered in form.published_scenarios] == [
        "Published assumptions",
        "Charter delivers",
    ]
    charter = form.published_scenarios[1]
    assert charter["texts"]["programme_starts"] == "800000"
    label = topic.Scenario.parameters()["programme_starts"].label
    assert charter["description"] == f"{label}: 800,000 (published: 300,000)."


def test_a_static_document_shows_the_assumptions_as_a_table(form: FormWidget) -> None:
    static_html = form.to_static_html()
    assert "<caption>Assumptions used</caption>" in static_html
    assert "300,000" in static_html
    assert "9.7%" in static_html
    assert "£79.5" in static_html


def test_a_field_has_its_page_limit_as_maximum_on_a_page_only(
    form: FormWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared = topic.Scenario.parameters()["draws"]
    assert declared.page_limit is not None
    fields = {field["name"]: field for field in form.fields}
    assert {field["limit"] for field in form.fields} == {""}
    monkeypatch.setenv("VOILA_BASE_URL", "/")
    on_page = {field["name"]: field for field in FormWidget(topic.Scenario, {}).fields}
    assert on_page["draws"]["limit"] == f"{declared.page_limit}"
    assert on_page["draws"]["high"] <= declared.page_limit
    assert on_page["draws"]["hint"] == (
        f"{declared.meaning} At most {declared.page_limit:,} on a page."
    )
    assert on_page["seed"] == fields["seed"]


def test_zero_negative_and_fixed_defaults_have_a_slider() -> None:
    class Small(Scenario):
        starts: int = parameter(0, label="Starts", unit="people", meaning="Zero by default.")
        change: float = parameter(-1.5, label="Change", unit="GBP", meaning="Negative by default.")
        fixed: int = parameter(
            3, label="Fixed", unit="count", meaning="Has a single value.", bounds=(3, 3)
        )

    fields = {field["name"]: field for field in FormWidget(Small, {}).fields}
    assert all(field["step"] > 0 for field in fields.values() if field["kind"] == "number")
    assert fields["starts"]["low"] < 0 < fields["starts"]["high"]
    assert fields["change"]["low"] < -1.5 < fields["change"]["high"]
