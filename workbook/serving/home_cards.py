"""The cards of the home page: each topic's answer, key figure and small chart."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from workbook.charts.figure import Figure
from workbook.exports.static_svg import Spec
from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.text.dates import format_day
from workbook.text.grammar import first_sentence
from workbook.topic import Topic
from workbook.topics.registry import failure_cause

_FAILURE_TEXT = "The figures of this topic could not be calculated."
_MOST_CHANGES = 3
"""The most recent changes that the home page shows."""


@dataclass(frozen=True)
class TopicCard:
    """A topic on the home page.

    Args:
        topic: The topic.
        answer: The answer in a sentence.
        figures_to: Last day that the figures cover, in words; empty where there are none.
        key_indicator: The figure that answers the question; None where there is none.
        trend: Specification of the small chart; None where there is none.
        caption: What the small chart shows, as plain text.
        picture: The small chart as SVG; empty until it is drawn.
        recent_changes: Sentences on what has changed since the quarter before.
        key_chart: Specification of the key chart of the topic's page; None where there is none.
    """

    topic: Topic
    answer: str = _FAILURE_TEXT
    figures_to: str = ""
    key_indicator: Indicator | None = None
    trend: Spec | None = None
    caption: str = ""
    picture: str = ""
    recent_changes: tuple[str, ...] = ()
    key_chart: Spec | None = None


def build_cards(
    outcomes: Iterable[tuple[Topic, Outcome | None]],
) -> tuple[list[TopicCard], list[str]]:
    """Build a card for each topic, also for one without figures or without a small chart.

    Args:
        outcomes: Each topic with the outcome of its default scenario; None if that failed.

    Returns:
        The cards, and a sentence for each small chart that failed.
    """
    cards, errors = [], []
    for topic, outcome in outcomes:
        card = TopicCard(topic) if outcome is None else _describe_outcome(topic, outcome)
        if outcome and topic.trend:
            try:
                figure = topic.trend(outcome)
                spec = figure.to_dict()
            except Exception as error:  # noqa: BLE001  a topic's chart may fail in any way
                errors.append(f"The card of {topic.name} has no chart: {failure_cause(error)}.")
            else:
                card = replace(card, trend=spec, caption=_write_caption(spec))
        if outcome and topic.key_chart:
            with suppress(Exception):  # the page reports it
                card = replace(card, key_chart=_key_chart_spec(topic, outcome))
        cards.append(card)
    return cards, errors


def add_pictures(cards: Sequence[TopicCard], pictures: Iterable[str | None]) -> list[TopicCard]:
    """Give each card with a small chart its picture.

    Args:
        cards: The cards.
        pictures: A picture for each card with a ``trend``, in order; None where it failed.

    Returns:
        The cards with their pictures.
    """
    remaining = iter(pictures)
    return [
        card if card.trend is None else replace(card, picture=next(remaining) or "")
        for card in cards
    ]


def key_chart_specs(cards: Iterable[TopicCard]) -> dict[tuple[str, str], Spec]:
    """Specifications of the key charts, by topic and chart.

    Args:
        cards: The cards of the topics.

    Returns:
        The specification of each chart that is not empty.
    """
    return {
        (card.topic.name, card.topic.key_chart): card.key_chart
        for card in cards
        if card.key_chart is not None
    }


def _key_chart_spec(topic: Topic, outcome: Outcome) -> Spec | None:
    chart = topic.draw_chart(topic.key_chart, outcome)
    is_empty = isinstance(chart, Figure) and chart.is_empty
    return None if chart is None or is_empty else chart.to_dict()


def _describe_outcome(topic: Topic, outcome: Outcome) -> TopicCard:
    return TopicCard(
        topic,
        answer=first_sentence(outcome.headline),
        figures_to=format_day(last_day_of_quarter(outcome.scenario.quarter)),
        key_indicator=_find_key_indicator(topic, outcome),
        recent_changes=outcome.recent_changes[:_MOST_CHANGES],
    )


def _find_key_indicator(topic: Topic, outcome: Outcome) -> Indicator | None:
    """The first indicator of the topic's page, else the outcome's first, if there is any."""
    by_name = {indicator.name: indicator for indicator in outcome.indicators}
    names = (*topic.key_indicators, *by_name)
    return next((by_name[name] for name in names if name in by_name), None)


def _write_caption(spec: Spec) -> str:
    title = spec.get("title", "")
    parts = [title] if isinstance(title, str) else [title["text"], title.get("subtitle") or ""]
    return ". ".join(part for part in parts if part)
