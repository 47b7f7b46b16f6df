"""What an indicator depends on, as the page shows it."""

import pytest

from tests.widgets.example_topic import topic as topic_without_ranges
from workbook import Study
from workbook.topics.registry import TOPICS
from workbook.widgets.requested_inputs import RequestError


@pytest.fixture(scope="module")
def study() -> Study:
    topic = TOPICS["digital_inclusion"]
    return Study(topic, topic.Scenario(draws=500))


def test_a_simulated_indicator_has_all_four_charts(study: Study) -> None:
    result = study.dependence.run(indicator="gap_to_target")
    names = [part["chart"]["name"] for part in study.dependence.result["parts"]]
    measures = ("swing", "rank_correlation", "pawn", "remaining_width")
    assert names == [f"dependence-{name}" for name in measures]
    assert result.sentences[0] == (
        "“Gap to target (negative if met)” depends most on “People who learn on their own each"
        " year”."
    )
    html = study.dependence.to_static_html()
    assert html.count("<svg") == 4
    assert html.count('<table class="wb-table"') == 4


def test_one_that_is_not_simulated_has_the_tornado_and_a_sentence(study: Study) -> None:
    result = study.dependence.run(indicator="probability_of_target")
    assert [part.name for part in result.parts] == ["swing"]
    assert result.sentences[1].startswith("The simulations do not give this figure")


def test_an_unknown_indicator_is_an_error_of_its_input(study: Study) -> None:
    with pytest.raises(RequestError, match='Unknown figure "gap"'):
        study.dependence.run(indicator="gap")


def test_a_topic_without_ranges_has_a_sentence() -> None:
    dependence = Study(topic_without_ranges).dependence
    assert dependence.indicators == []
    assert "No assumption of this topic has a range" in dependence.to_static_html()
