"""Savings to test with: tables loaded once, any valid scenario, a saving worked out by hand."""

import hashlib
from functools import cache
from types import SimpleNamespace

import numpy as np
from hypothesis import strategies as st

from workbook.topics.savings import topic
from workbook.topics.savings.scenario import SHARES, Savings

FEW = 100
"""Draws, as few as may be: what must hold, holds for each."""


@cache
def loaded(quarter="2014-Q2"):
    """The held tables as a quarter sees them."""
    return topic.load(Savings(quarter=quarter))


def outcome_of(scenario=None, brought=None, **values):
    """Outcome of a scenario, by default one of few draws, on the held or on ``brought`` tables."""
    scenario = (scenario or Savings(draws=FEW)).replace(**values)
    return topic.outcome({**loaded(scenario.quarter), **(brought or {})}, scenario)


def digest(scenario):
    """Hash of everything that an outcome holds, to the byte."""
    outcome = outcome_of(scenario)
    held = [table.to_csv(index=False) for table in outcome.tables.values()]
    said = repr((outcome.headline, outcome.indicators, outcome.remarks, held))
    return hashlib.sha256(said.encode()).hexdigest()


def green_book(horizon):
    """Discount factors of years 0 to the horizon: 3.5% for 30 years, 3% to 75, 2.5% to 125."""
    year = np.arange(horizon + 1.0)
    factors = 1.035 ** -np.clip(year, 0, 30) * 1.03 ** -(np.clip(year, 30, 75) - 30)
    return factors * 1.025 ** -(np.clip(year, 75, 125) - 75)


def cost_of_others(values):
    """Mean cost of a contact by the other channels, by every parameter's value."""
    given = SimpleNamespace(**values)
    other = given.phone_share * given.cost_phone + given.post_share * given.cost_post
    return other + given.face_to_face_share * given.cost_face_to_face


def by_hand(scenario):
    """What the method's own formulas give of a scenario."""
    return formulas(scenario.values())


def formulas(values):
    """Savings and costs of years 0 to the horizon, and their NPV, of every parameter's value."""
    given = SimpleNamespace(**values)
    year = np.arange(given.horizon + 1)
    now, goal = (np.log(u / (1 - u)) for u in (given.take_up_now, given.take_up_target))

    def take_up(at):
        return 1 / (1 + np.exp(-(now + (goal - now) * np.clip(at / given.years_to_target, 0, 1))))

    other = cost_of_others(values)
    moved = given.volume * (take_up(year) - take_up(0))
    moving = given.volume * (take_up(year) - take_up(year - given.dual_running_years))
    gross = moved * (other - given.cost_digital) * given.realisable_share
    saving = gross - given.assisted_share * moved * given.assisted_cost
    each = given.transition_cost / given.transition_years * (1 + given.optimism_bias)
    cost = np.maximum(moving, 0) * other * given.realisable_share
    cost += np.where(year < given.transition_years, each, 0)
    factors = green_book(given.horizon)
    npv = float(((saving - cost) * factors).sum())
    return SimpleNamespace(saving=saving, cost=cost, npv=npv, factors=factors)


def amounts(scenario):
    """How much money goes to and fro, in pounds: what an error is measured by."""
    worked = by_hand(scenario)
    return 1 + float(np.abs(worked.saving).sum() + worked.cost.sum())


@st.composite
def scenarios(draw, *, plausible=False, **fixed):
    """Any scenario within its bounds, or its plausible ranges; its shares are those of a whole."""
    values = {
        name: draw(_values(each, plausible=plausible))
        for name, each in Savings.parameters().items()
        if each.kind != "string" and name not in {*SHARES, *fixed, "draws"}
    }
    face_to_face = draw(st.floats(0, 0.5 if plausible else 1))
    by_phone = draw(st.floats(0, 1))
    rest = 1 - face_to_face
    shares = rest * by_phone, rest * (1 - by_phone), face_to_face
    values |= dict(zip(SHARES, shares, strict=True))
    return Savings(**{**values, "draws": FEW, **fixed})


def _values(declared, *, plausible):
    """Values within a parameter's bounds; plausible ones as often as all others."""
    within = st.integers if declared.kind == "integer" else st.floats
    anything = within(*declared.bounds)
    if not declared.range:
        return anything
    return within(*declared.range) if plausible else within(*declared.range) | anything
