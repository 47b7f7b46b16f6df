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


class Part(NamedTuple):
    """A topic's outcome, and the one of the quarter compared with: None where it has nothing."""

    name: str
    title: str
    now: Outcome
    before: Outcome | None


def parts(outcomes: Mapping[str, Outcome], titles: Mapping[str, str]) -> tuple[Part, ...]:
    """The topics in the order of their titles, by their names.

    Raises ScenarioError where a topic has nothing for the quarter itself.
    """
    return tuple(
        Part(name, title, outcomes[name], _or_none(outcomes, BEFORE.format(name)))
        for name, title in titles.items()
    )


def _or_none(outcomes: Mapping[str, Outcome], name: str) -> Outcome | None:
    try:
        return outcomes[name]
    except ScenarioError:
        return None
