"""The cards of the home page, also of topics that fail or have no chart."""

from dataclasses import replace

import pandas as pd
import pytest

from tests.snapshots.example_topic import topic as small_topic
from workbook.charts.trend import draw_trend
from workbook.serving.home_cards import TopicCard, add_pictures, build_cards
from workbook.text.numbers import format_people


def draw_people(outcome):
    rows = pd.DataFrame({"period": ["2014", "2015"], "value": [outcome.scenario.people, 1]})
    return draw_trend(rows, title="People", subtitle="Dotted: none.", format_text=format_people)


def fail(_):
    raise ZeroDivisionError("division by zero")


@pytest.fixture
def outcome():
    return small_topic.run()


def test_a_card_has_answer_key_figure_day_and_chart(outcome):
    [card], errors = build_cards([(replace(small_topic, trend=draw_people), outcome)])
    assert (card.answer, card.figures_to) == ("3 people.", "30 June 2014")
    assert card.key_indicator is outcome["doubled"]
    assert (card.caption, card.trend["description"][:8]) == ("People. Dotted: none.", "People: ")
    assert errors == []


def test_the_answer_is_the_first_sentence_of_the_headline(outcome):
    [card], _ = build_cards([(small_topic, replace(outcome, headline="It is so. It was not."))])
    assert card.answer == "It is so."


def test_a_topic_without_figures_has_a_card_that_says_so():
    [card], errors = build_cards([(replace(small_topic, trend=draw_people), None)])
    assert (card.answer, card.key_indicator) == (
        "The figures of this topic could not be calculated.",
        None,
    )
    assert errors == []


def test_a_topic_without_a_chart_or_with_one_that_fails_has_a_card(outcome):
    failing_topic = replace(small_topic, name="failing", trend=fail)
    cards, errors = build_cards([(small_topic, outcome), (failing_topic, outcome)])
    assert [(card.answer, card.trend) for card in cards] == [("3 people.", None)] * 2
    assert errors == ["The card of failing has no chart: ZeroDivisionError: division by zero."]


def test_a_topic_without_indicators_has_a_card(outcome):
    [card], _ = build_cards([(small_topic, replace(outcome, indicators=()))])
    assert (card.answer, card.key_indicator) == ("3 people.", None)


def test_at_most_three_changes_are_shown(outcome):
    changes = ("One rose.", "Two fell.", "Three rose.", "Four fell.")
    [card], _ = build_cards([(small_topic, replace(outcome, recent_changes=changes))])
    assert card.recent_changes == changes[:3]


def test_pictures_go_to_the_cards_with_a_chart():
    without, drawn, failed = (
        TopicCard(small_topic),
        TopicCard(small_topic, trend={"mark": "bar"}),
        TopicCard(small_topic, trend={"mark": "line"}),
    )
    cards = add_pictures([without, drawn, failed], ["<svg/>", None])
    assert [card.picture for card in cards] == ["", "<svg/>", ""]
