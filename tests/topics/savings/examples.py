"""Examples of savings: tables loaded once, valid scenarios, and savings calculated by hand."""

import hashlib
from dataclasses import astuple
from functools import cache
from types import SimpleNamespace

import numpy as np
from hypothesis import strategies as st

from workbook.dependencies import DependencyOutcomes
from workbook.topics.savings import topic
from workbook.topics.savings.appraisal_setup import set_up_appraisal
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.parameters.contact_costs import CHANNEL_SHARE_PARAMETERS

CONTACT_COSTS = (
    "cost_digital",
    "cost_phone",
    "cost_post",
    "cost_face_to_face",
    "assisted_cost",
)
"""Parameters whose prices are converted."""

SWITCHES = {
    "convert_prices": ("yes", "no"),
    "take_up_convention": ("average", "year-end"),
    "discount_timing": ("year-end", "mid-year"),
    "price_year": ("2009-10", "2012-13", "2014-15"),
}
"""Texts that change the figures, and their values."""

FEW_DRAWS = 100
"""The smallest number of draws, for tests that do not depend on it."""


@cache
def load_tables(quarter="2014-Q2"):
    """Load the bundled tables as known at the end of a quarter."""
    return topic.load_tables(Savings(quarter=quarter))


def evaluate_example(scenario=None, overrides=None, **values):
    """Evaluate a scenario, by default with few draws, on the bundled tables or ``overrides``."""
    scenario = (scenario or Savings(draws=FEW_DRAWS)).replace(**values)
    return topic.evaluate_model({**load_tables(scenario.quarter), **(overrides or {})}, scenario)


def set_up_example(**values):
    """Set up the appraisal of a scenario on the bundled tables."""
    scenario = Savings(**values)
    tables = load_tables(scenario.quarter)
    outcomes = DependencyOutcomes(topic.dependencies, tables, scenario)
    return set_up_appraisal(tables, scenario, outcomes)


def hash_outcome(scenario):
    """Hash everything in an outcome, to the byte."""
    outcome = evaluate_example(scenario)
    tables_text = [table.frame.to_csv(index=False) for table in outcome.tables]
    indicators = list(map(astuple, outcome.indicators))
    outcome_text = repr((outcome.headline, indicators, outcome.warnings_and_notes, tables_text))
    return hashlib.sha256(outcome_text.encode()).hexdigest()


def green_book_factors(horizon):
    """Discount factors of years 0 to the horizon: 3.5% for 30 years, 3% to 75, 2.5% to 125."""
    year = np.arange(horizon + 1.0)
    factors = 1.035 ** -np.clip(year, 0, 30) * 1.03 ** -(np.clip(year, 30, 75) - 30)
    return factors * 1.025 ** -(np.clip(year, 75, 125) - 75)


def price_factor(values):
    """Growth of prices from 2012 to the price year, by the bundled deflator."""
    growth = {2010: 0.02493, 2011: 0.03856, 2012: 0.02573, 2013: 0.02292, 2014: 0.01451}
    year = int(values["price_year"][:4])
    if values["convert_prices"] == "no":
        return 1.0
    later = np.prod([1 + growth[between] for between in range(2013, year + 1)])
    return later / np.prod([1 + growth[between] for between in range(year + 1, 2013)])


def integrate_numerically(function, low, high):
    """Gauss–Legendre integral of a smooth function, with 40 points."""
    points, weights = np.polynomial.legendre.leggauss(40)
    half = (high - low) / 2
    middle = (high + low) / 2
    return sum(
        weight * half * function(middle + half * point)
        for point, weight in zip(points, weights, strict=True)
    )


def mean_other_channel_cost(values):
    """Mean cost of a contact by the other channels, from the values of the parameters."""
    parameters = SimpleNamespace(**values)
    other = (
        parameters.phone_share * parameters.cost_phone
        + parameters.post_share * parameters.cost_post
    )
    return other + parameters.face_to_face_share * parameters.cost_face_to_face


def calculate_by_hand(scenario):
    """Calculate a scenario with the method's formulas."""
    return apply_formulas(scenario.values())


def apply_formulas(values):
    """Savings, costs and NPV of years 0 to the horizon, from the values of the parameters."""
    values = {
        name: value * price_factor(values) if name in CONTACT_COSTS else value
        for name, value in values.items()
    }
    parameters = SimpleNamespace(**values)
    year = np.arange(parameters.horizon + 1)
    now, goal = (np.log(u / (1 - u)) for u in (parameters.take_up_now, parameters.take_up_target))

    def take_up(year):
        return 1 / (
            1 + np.exp(-(now + (goal - now) * np.clip(year / parameters.years_to_target, 0, 1)))
        )

    def take_up_of_year(year):
        """Mean over the year before a time, between the kinks of the path; now at time 0."""
        if parameters.take_up_convention == "year-end":
            return take_up(year)
        starts, length = np.maximum(year - 1.0, 0), parameters.years_to_target
        middles, ends = np.clip(length, starts, np.maximum(year, 0)), np.maximum(year, 0)
        total = np.minimum(np.maximum(1 - year, 0), 1) * take_up(0)
        for low, high in ((starts, middles), (middles, ends)):
            total = total + integrate_numerically(take_up, low, high)
        return np.where(year <= 0, take_up(0), total)

    other = mean_other_channel_cost(values)
    moved = parameters.volume * (take_up_of_year(year) - take_up(0))
    earlier = take_up_of_year(year - parameters.dual_running_years)
    moving = parameters.volume * (take_up_of_year(year) - earlier)
    gross = moved * (other - parameters.cost_digital) * parameters.realisable_share
    saving = gross - parameters.assisted_share * moved * parameters.assisted_cost
    transition_cost_per_year = (
        parameters.transition_cost / parameters.transition_years * (1 + parameters.optimism_bias)
    )
    cost = np.maximum(moving, 0) * other * parameters.realisable_share
    cost += np.where(year < parameters.transition_years, transition_cost_per_year, 0)
    factors = green_book_factors(parameters.horizon)
    if parameters.discount_timing == "mid-year":
        factors = np.concatenate([[1.0], np.sqrt(factors[1:] * factors[:-1])])
    npv = float(((saving - cost) * factors).sum())
    return SimpleNamespace(saving=saving, cost=cost, npv=npv, factors=factors)


def error_scale(scenario):
    """Sum of all amounts in pounds, to which errors are relative."""
    by_hand = calculate_by_hand(scenario)
    return 1 + float(np.abs(by_hand.saving).sum() + by_hand.cost.sum())


@st.composite
def valid_scenarios(draw, *, plausible=False, **fixed):
    """Valid scenarios within bounds, or within ranges. The channel shares add up to 1."""
    values = {
        name: draw(parameter_values(declared, plausible=plausible))
        for name, declared in Savings.parameters().items()
        if declared.kind != "string" and name not in {*CHANNEL_SHARE_PARAMETERS, *fixed, "draws"}
    }
    face_to_face = draw(st.floats(0, 0.5 if plausible else 1))
    by_phone = draw(st.floats(0, 1))
    rest = 1 - face_to_face
    shares = rest * by_phone, rest * (1 - by_phone), face_to_face
    values |= dict(zip(CHANNEL_SHARE_PARAMETERS, shares, strict=True))
    values |= {name: draw(st.sampled_from(choices)) for name, choices in SWITCHES.items()}
    return Savings(**{**values, "draws": FEW_DRAWS, **fixed})


def parameter_values(declared, *, plausible):
    """Values within a parameter's bounds, half of them within its range."""
    within = st.integers if declared.kind == "integer" else st.floats
    anything = within(*declared.bounds)
    if not declared.range:
        return anything
    return within(*declared.range) if plausible else within(*declared.range) | anything
