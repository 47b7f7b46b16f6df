"""Contributions add up to the whole for every topic, and are the average over all orders."""

import itertools

import numpy as np
import pytest

from workbook.analysis.comparison import compare_scenarios
from workbook.analysis.scenario_runner import ScenarioRunner, indicator_numbers
from workbook.topics.registry import TOPICS

CHANGES = {
    "digital_inclusion": {"programme_starts": 800_000, "target_year": 2022, "seed": 1},
    "take_up": {"target": 0.7, "horizon": 6},
    "savings": {"phone_share": 0.5, "post_share": 0.2, "face_to_face_share": 0.3, "horizon": 8},
    "delivery": {"quarter": "2014-Q1"},
    "quarterly_report": {"previous_quarter": "2013-Q4"},
}
FOUR = {"programme_starts": 800_000, "dropout": 0.2, "persistence": 0.9, "unaided_gain": 700_000}


def few_draws(topic, **changes):
    few = {"draws": 100} if "draws" in topic.Scenario.parameters() else {}
    return topic.Scenario(**few, **changes)


@pytest.mark.parametrize("name", CHANGES)
def test_the_contributions_add_up_to_the_whole(name):
    topic = TOPICS[name]
    comparison = compare_scenarios(
        topic, {"before": few_draws(topic), "after": few_draws(topic, **CHANGES[name])}
    )
    differences = comparison.indicators.set_index("name")["difference"]
    sums = comparison.contributions.groupby("indicator")[["in_order", "average"]].sum(min_count=1)
    assert len(sums)
    for column in sums:
        known = sums[column].dropna()
        assert known.to_numpy() == pytest.approx(differences[known.index].to_numpy())


def test_shares_of_a_whole_are_counted_together():
    topic = TOPICS["savings"]
    comparison = compare_scenarios(topic, few_draws(topic, **CHANGES["savings"]), few_draws(topic))
    assert "phone_share, post_share, face_to_face_share" in set(
        comparison.contributions["parameter"]
    )


def test_they_are_the_average_over_every_order_of_four_parameters():
    topic = TOPICS["digital_inclusion"]
    first, last = few_draws(topic), few_draws(topic, **FOUR)
    runner, known = ScenarioRunner(topic), {}

    def run(names):
        key = frozenset(names)
        if key not in known:
            scenario = first.replace(**{name: FOUR[name] for name in key})
            known[key] = np.array(list(indicator_numbers(runner.run(scenario)).values()))
        return known[key]

    orders = list(itertools.permutations(FOUR))
    contributions = compare_scenarios(topic, first, last).contributions
    for name in FOUR:
        expected = np.mean(
            [
                run(order[: order.index(name) + 1]) - run(order[: order.index(name)])
                for order in orders
            ],
            axis=0,
        )
        by_indicator = dict(zip((entry.name for entry in runner.run(first)), expected, strict=True))
        rows = contributions[contributions["parameter"] == name]
        assert len(rows) > len(FOUR)
        for indicator, average in rows[["indicator", "average"]].itertuples(index=False):
            assert average == pytest.approx(by_indicator[indicator], abs=1e-6), indicator
