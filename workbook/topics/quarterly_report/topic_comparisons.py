"""The topics of the report: their answers for the quarter and for the one compared with."""

from collections.abc import Mapping
from typing import NamedTuple

from workbook.outcome import Outcome
from workbook.scenario import ScenarioError

PREVIOUS_OUTCOME_NAME = "{}.before"
"""By what name a topic's outcome of the quarter compared with is needed."""

REPORTED_CHARTS = {
    "digital_inclusion": "path",
    "take_up": "forecast",
    "savings": "cash_flow",
    "delivery": "progress",
}
"""The chart of each topic that the report shows, which is also the name of the table behind it."""


_LIKE_FOR_LIKE_TOPIC = "take_up"
"""The topic whose figures are of whoever reports, which from one quarter to another are others."""

LIKE_FOR_LIKE_OUTCOME_NAME = f"{_LIKE_FOR_LIKE_TOPIC}.since"
"""By what name its outcome is needed that compares the two quarters on the same services."""


class TopicComparison(NamedTuple):
    """A topic's outcome, and the one of the quarter compared with: None where it has nothing.

    ``comparable`` says whether the figures of two quarters are of the same; where they are not,
    ``since`` compares the two quarters like for like.
    """

    name: str
    title: str
    current: Outcome
    previous: Outcome | None
    like_for_like: Outcome | None
    comparable: bool


def compare_topics(
    outcomes: Mapping[str, Outcome], titles: Mapping[str, str]
) -> tuple[TopicComparison, ...]:
    """The topics in the order of their titles, by their names.

    Raises ScenarioError where a topic has nothing for the quarter itself.
    """
    return tuple(_compare_topic(name, title, outcomes) for name, title in titles.items())


def _compare_topic(name: str, title: str, outcomes: Mapping[str, Outcome]) -> TopicComparison:
    comparable = name != _LIKE_FOR_LIKE_TOPIC
    like_for_like = None if comparable else _outcome_or_none(outcomes, LIKE_FOR_LIKE_OUTCOME_NAME)
    previous = _outcome_or_none(outcomes, PREVIOUS_OUTCOME_NAME.format(name))
    return TopicComparison(name, title, outcomes[name], previous, like_for_like, comparable)


def _outcome_or_none(outcomes: Mapping[str, Outcome], name: str) -> Outcome | None:
    try:
        return outcomes[name]
    except ScenarioError:
        return None
