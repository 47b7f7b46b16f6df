"""The topics of the report: their answers for the quarter and for the one compared with."""

from collections.abc import Mapping
from typing import NamedTuple

from workbook.outcome import Outcome
from workbook.scenario import ScenarioError

BEFORE = "{}.before"
"""By what name a topic's outcome of the quarter compared with is needed."""

SHOWN = {
    "digital_inclusion": "path",
    "take_up": "forecast",
    "savings": "cash_flow",
    "delivery": "progress",
}
"""The chart of each topic that the report shows, which is also the name of the table behind it."""


LIKE_FOR_LIKE = "take_up"
"""The topic whose figures are of whoever reports, which from one quarter to another are others."""

SINCE = f"{LIKE_FOR_LIKE}.since"
"""By what name its outcome is needed that compares the two quarters on the same services."""


class Part(NamedTuple):
    """A topic's outcome, and the one of the quarter compared with: None where it has nothing.

    ``comparable`` says whether the figures of two quarters are of the same; where they are not,
    ``since`` compares the two quarters like for like.
    """

    name: str
    title: str
    now: Outcome
    before: Outcome | None
    since: Outcome | None
    comparable: bool


def parts(outcomes: Mapping[str, Outcome], titles: Mapping[str, str]) -> tuple[Part, ...]:
    """The topics in the order of their titles, by their names.

    Raises ScenarioError where a topic has nothing for the quarter itself.
    """
    return tuple(_part(name, title, outcomes) for name, title in titles.items())


def _part(name: str, title: str, outcomes: Mapping[str, Outcome]) -> Part:
    comparable = name != LIKE_FOR_LIKE
    since = None if comparable else _or_none(outcomes, SINCE)
    before = _or_none(outcomes, BEFORE.format(name))
    return Part(name, title, outcomes[name], before, since, comparable)


def _or_none(outcomes: Mapping[str, Outcome], name: str) -> Outcome | None:
    try:
        return outcomes[name]
    except ScenarioError:
        return None
