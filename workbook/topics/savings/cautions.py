"""What is allowed and must be known: what is a loss, or most likely not meant."""

from collections.abc import Iterator

from workbook import words
from workbook.quarters import financial_year_of, last_day
from workbook.scenario import Problem
from workbook.topics.savings.cashflow import cost_of_others, saved_by_move
from workbook.topics.savings.scenario import Savings
from workbook.topics.savings.values import Values


def cautions(scenario: Savings, values: Values, start: float, end: float) -> Iterator[Problem]:
    """A caution at each parameter that has given cause; take-up goes from ``start`` to ``end``.

    ``values`` are those that are worked with, a service's own among them.
    """
    yield from _of_the_path(scenario, start, end, loses=float(saved_by_move(values)) > 0)
    yield from _of_the_years(scenario)
    yield from _of_the_costs(scenario, values)


def _at(name: str, scenario: Savings, message: str) -> Problem:
    return Problem(name, scenario.values()[name], message)


def _of_the_path(scenario: Savings, start: float, end: float, *, loses: bool) -> Iterator[Problem]:
    if end < start:
        verdict = "and what was a saving is a loss" if loses else "which is the dearer one here"
        yield _at(
            "curve" if scenario.curve == "forecast" else "take_up_target",
            scenario,
            f"The take-up to be reached, {words.percent(end)}, is below today’s, "
            f"{words.percent(start)}: people move away from the digital channel, {verdict}.",
        )


def _of_the_years(scenario: Savings) -> Iterator[Problem]:
    if scenario.curve == "assumed" and scenario.horizon < scenario.years_to_target:
        yield _at(
            "horizon",
            scenario,
            f"The take-up to be reached comes after {words.years(scenario.years_to_target)}, and "
            f"{words.years(scenario.horizon)} are appraised: the saving a year lies beyond them.",
        )
    now = financial_year_of(last_day(scenario.quarter))
    if scenario.price_year != now:
        yield _at(
            "price_year",
            scenario,
            f"Year 0 is {scenario.price_year}, and the quarter lies in {now}: what is counted "
            "begins with year 0.",
        )


def _of_the_costs(scenario: Savings, values: Values) -> Iterator[Problem]:
    published = scenario.parameters()["transition_cost"].default
    if scenario.service and scenario.transition_cost == published:
        yield _at(
            "transition_cost",
            scenario,
            f"The cost of the transition, {words.pounds(scenario.transition_cost)}, is that of all "
            f"of government: write what changing {scenario.service} costs.",
        )
    other = float(cost_of_others(values))
    if scenario.cost_digital > other:
        yield _at(
            "cost_digital",
            scenario,
            f"A digital contact, {words.pounds(scenario.cost_digital)}, costs more than one by the "
            f"other channels, {words.pounds(other)}: whoever moves online adds a cost.",
        )
    elif float(saved_by_move(values)) < 0:
        yield _at(
            "assisted_cost",
            scenario,
            f"Helping {words.percent(scenario.assisted_share)} of those who move, at "
            f"{words.pounds(scenario.assisted_cost)} each time, costs more than the move saves.",
        )
