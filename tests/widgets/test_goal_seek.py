"""Goal seek as the page offers it: what it accepts, and what it answers."""

import pytest

from tests.widgets.example_topic import topic as topic_with_open_bounds
from workbook import Study
from workbook.topics.registry import TOPICS
from workbook.widgets.requested_inputs import RequestError

ONE = {
    "way": "one",
    "indicator": "gap_to_target",
    "target": "0",
    "parameter": "programme_starts",
}
TWO = {**ONE, "way": "two", "parameter": "dropout", "other_parameter": "programme_starts"}
CHEAPEST = {
    "way": "cheapest",
    "indicator": "gap_to_target",
    "target": "0",
    "levers": ["programme_starts", "dropout"],
    "cost_programme_starts": "£477",
    "cost_dropout": "−3 million",
}


@pytest.fixture
def study() -> Study:
    topic = TOPICS["digital_inclusion"]
    return Study(topic, topic.Scenario(draws=200))


def test_the_value_for_the_form_reaches_the_target(study: Study) -> None:
    result = study.goal_seek.run(**ONE)
    assert result.sentences[0].startswith("“Programme starts a year” must be 618,800 (now 300,000)")
    assert result.form_texts == {"programme_starts": "618800"}


def test_a_share_for_the_form_has_few_digits_and_reaches_the_target(study: Study) -> None:
    result = study.goal_seek.run(**{**ONE, "target": "600,000", "parameter": "dropout"})
    text = result.form_texts["dropout"]
    assert len(text.replace(".", "")) <= 5
    changed = study.scenario.replace(dropout=float(text) / 100)
    assert study.topic.run(changed)["gap_to_target"].value <= 600_000


def test_a_target_out_of_reach_gives_the_best_and_no_value_to_use(study: Study) -> None:
    result = study.goal_seek.run(**{**ONE, "target": "-10 million", "parameter": "dropout"})
    assert result.sentences[0].startswith("The target cannot be reached with “Share who drop out”")
    assert not result.form_texts


def test_a_probability_is_typed_as_a_percentage(study: Study) -> None:
    result = study.goal_seek.run(**ONE, probability="80")
    assert "with a probability of 80%" in result.sentences[0]


def test_two_parameters_give_a_contour_with_its_table(study: Study) -> None:
    result = study.goal_seek.run(**TWO)
    [contour] = result.parts
    assert contour.table.frame["programme_starts"].is_monotonic_increasing
    assert "goes from" in result.sentences[0]
    assert study.goal_seek.to_static_html().count("<svg") == 1


def test_a_contour_without_points_speaks_of_no_line(study: Study) -> None:
    result = study.goal_seek.run(**{**TWO, "target": "-10 million"})
    assert result.sentences == ("The target cannot be reached at any value tried.",)


def test_a_note_says_that_fewer_simulations_are_run() -> None:
    topic = TOPICS["digital_inclusion"]
    result = Study(topic, topic.Scenario(draws=10_001)).goal_seek.run(**ONE)
    assert result.sentences[-1] == "Every scenario is run with at most 10,000 simulations."


def test_the_cheapest_combination_has_its_levers_and_a_curve(study: Study) -> None:
    result = study.goal_seek.run(**CHEAPEST)
    levers, curve = result.parts
    assert levers.table.frame["now"].tolist() == [300_000, 0.3]
    assert curve.table.frame["cost"].is_monotonic_increasing
    assert "at the least cost, £144.8 million" in result.sentences[0]
    assert set(result.form_texts) == {"programme_starts", "dropout"}


@pytest.mark.parametrize(
    ("target", "note"),
    [
        ("0", "goes downhill from several starts. A cheaper combination"),
        ("-10 million", "goes uphill from several starts. A better combination"),
    ],
)
def test_the_note_on_the_search_fits_what_it_found(study: Study, target: str, note: str) -> None:
    inputs = {**CHEAPEST, "levers": ["programme_starts"], "target": target}
    assert note in study.goal_seek.run(**inputs).sentences[1]


def test_a_figure_can_be_the_cost(study: Study) -> None:
    result = study.goal_seek.run(**CHEAPEST, cost="programme_cost")
    assert "“Share who drop out” at 0%" in result.sentences[0]


@pytest.mark.parametrize(
    ("inputs", "name", "message"),
    [
        ({**ONE, "way": "fastest"}, "way", 'Unknown way "fastest"'),
        ({**ONE, "indicator": ""}, "indicator", "Choose a figure."),
        ({**ONE, "indicator": "quarter"}, "indicator", 'Unknown figure "quarter"'),
        ({**ONE, "target": "soon"}, "target", "The value to reach must be a number"),
        ({**ONE, "parameter": "draws"}, "parameter", 'Unknown assumption "draws"'),
        ({**ONE, "probability": "30"}, "probability", "must be from 50% to 99%"),
        ({**ONE, "probability": "likely"}, "probability", "must be a percentage"),
        (
            {**ONE, "indicator": "probability_of_target", "target": "50", "probability": "80"},
            "probability",
            "has no probability of its own",
        ),
        (
            {**TWO, "other_parameter": "dropout"},
            "other_parameter",
            "Choose two different assumptions.",
        ),
        ({**CHEAPEST, "levers": []}, "levers", "Choose at least one assumption."),
        ({**CHEAPEST, "levers": ["seed"]}, "levers", 'Unknown assumption "seed"'),
        ({**CHEAPEST, "cost_dropout": ""}, "cost_dropout", "The cost of “Share who drop out” must"),
        ({**CHEAPEST, "cost": "people_excluded"}, "cost", 'Unknown cost "people_excluded"'),
    ],
)
def test_an_error_stands_at_its_input(
    study: Study, inputs: dict[str, str | list[str]], name: str, message: str
) -> None:
    with pytest.raises(RequestError) as error:
        study.goal_seek.run(**inputs)
    assert message in study.goal_seek.field_errors[name]
    assert set(error.value.messages) == {name}


def test_nothing_is_sought_where_there_are_no_figures() -> None:
    topic = TOPICS["digital_inclusion"]
    goal_seek = Study(topic, topic.Scenario(department="Home Office")).goal_seek
    with pytest.raises(RequestError) as error:
        goal_seek.run(**ONE)
    assert error.value.messages == {"indicator": "There are no figures for the Home Office."}


def test_a_topic_without_limits_has_a_sentence() -> None:
    goal_seek = Study(topic_with_open_bounds).goal_seek
    assert goal_seek.parameters == []
    assert "No target can be sought here" in goal_seek.to_static_html()
