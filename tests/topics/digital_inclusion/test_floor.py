"""The floor of people who may never gain the skills, against plain simulations written here."""

import numpy as np
import pytest

from workbook.topics.digital_inclusion import topic
from workbook.topics.digital_inclusion.parameters import DigitalInclusion
from workbook.topics.digital_inclusion.projection import simulate_inclusion_parameters

COUNT = 1_000_000
RANGES = {
    "baseline": (10.8e6, 11e6, 11.2e6),
    "unaided": (5e5, 8e5, 1e6),
    "relapse": (0.0, 0.0, 0.1),
    "dropout": (0.1, 0.3, 0.5),
    "persistence": (0.6, 0.8, 0.95),
    "deadweight": (0.1, 0.25, 0.6),
    "floor": (0.05, 0.097, 0.12),
    "adults": (52e6, 52.4e6, 53.6e6),
}
"""Low, most likely and high value, from the table of the method."""


@pytest.fixture(scope="module")
def plain_draws():
    """Independent draws of every assumption, by NumPy's beta distribution."""
    generator = np.random.default_rng(4711)

    def pert(low, mode, high):
        a, b = (1 + 4 * (end / (high - low)) for end in (mode - low, high - mode))
        return low + (high - low) * generator.beta(a, b, COUNT)

    return {name: pert(*ends) for name, ends in RANGES.items()}


def simulate(draws, starts, years=6):
    """People left after some years, their target and the floor, in a plain loop."""
    net = starts * (1 - draws["dropout"]) * draws["persistence"] * (1 - draws["deadweight"])
    left, helped = draws["baseline"].copy(), 0.0
    for _ in range(years):
        relapsed = draws["relapse"] * helped
        left = np.maximum(0, left - draws["unaided"] - net + relapsed)
        helped = helped + net - relapsed
    return left, draws["baseline"] * 0.75 ** (years / 2), draws["floor"] * draws["adults"]


class TestProbabilities:
    @pytest.mark.parametrize(
        ("starts", "published"),
        [
            (300_000, 0.0355),  # the audit's, from four million draws
            (800_000, 0.6029),
        ],
    )
    def test_both_agree_with_a_million_plain_draws(self, plain_draws, starts, published):
        left, target, floor = simulate(plain_draws, starts)
        outcome = topic.run(programme_starts=starts)
        expected = {
            "probability_of_target": np.mean(left <= target),
            "probability_with_floor": np.mean(np.maximum(left, floor) <= target),
            "highest_probability_with_floor": np.mean(floor <= target),
        }
        assert expected["probability_of_target"] == pytest.approx(published, abs=0.001)
        for name, probability in expected.items():
            # three standard errors of 10,000 draws, and those of the million
            error = 3 * np.sqrt(probability * (1 - probability) / 10_000) + 0.001
            assert outcome[name].value == pytest.approx(probability, abs=error)

    @pytest.mark.parametrize(("year", "years"), [(2016, 2), (2018, 4)])
    def test_the_interim_targets_agree_with_a_million_plain_draws(self, plain_draws, year, years):
        left, target, _ = simulate(plain_draws, 800_000, years)
        result = topic.run(programme_starts=800_000)[f"probability_{year}"].value
        assert result == pytest.approx(np.mean(left <= target), abs=0.012)

    def test_with_the_floor_it_is_less_than_half(self):
        for starts in (300_000, 800_000):
            outcome = topic.run(programme_starts=starts)
            with_floor = outcome["probability_with_floor"].value
            assert 0 < with_floor < outcome["probability_of_target"].value / 2

    def test_the_simulated_error_is_that_of_10_000_draws(self):
        # a Latin hypercube errs by no more than plain draws: √(0.0355 × 0.9645 ÷ 10,000) = 0.0019
        results = [topic.run(seed=seed)["probability_of_target"].value for seed in range(30)]
        assert np.std(results) < 0.0019 * 1.3  # 30 seeds tell the deviation to about a fifth
        assert np.mean(results) == pytest.approx(0.0355, abs=0.001)

    @pytest.mark.parametrize("starts", [0, 2_000_000, 10_000_000])
    def test_no_number_of_starts_gives_more_than_the_highest(self, starts):
        outcome = topic.run(programme_starts=starts, draws=2000)
        highest = outcome["highest_probability_with_floor"].value
        assert outcome["probability_with_floor"].value <= highest
        if starts == 10_000_000:
            assert outcome["probability_of_target"].value > 0.99
            assert outcome["probability_with_floor"].value == pytest.approx(highest, abs=0.001)

    def test_without_a_floor_both_are_the_same(self):
        # a floor of 0 moves its range, of 0.05 to 0.12, to 0 to 0.023: below every target
        outcome = topic.run(floor_share=0.0, draws=1000)
        assert outcome["probability_with_floor"].value == outcome["probability_of_target"].value
        assert outcome["highest_probability_with_floor"].value == 1

    def test_the_highest_is_the_share_of_floors_at_or_below_the_target(self):
        scenario = DigitalInclusion(draws=500)
        drawn = simulate_inclusion_parameters(scenario)
        floor, target = drawn["floor_share"] * drawn["adults"], drawn["baseline_people"] * 0.75**3
        result = topic.run(scenario)["highest_probability_with_floor"].value
        assert result == np.mean(floor <= target)


class TestMissing:
    @pytest.mark.parametrize("year", [2016, 2018])
    def test_an_interim_year_outside_the_path_has_a_reason(self, year):
        early = topic.run(draws=100, target_year=2016)[f"probability_{year}"]
        late = topic.run(draws=100, baseline_year=2018, quarter="2018-Q4")[f"probability_{year}"]
        assert (early.value, late.value) == (None, None)
        assert early.missing_reason == f"{year} is not between 2014 and 2016"
        assert late.missing_reason == f"{year} is not between 2018 and 2020"

    def test_an_interim_year_that_has_ended_has_no_probability(self):
        outcome = topic.run(draws=100, quarter="2016-Q4")
        assert outcome["probability_2016"].missing_reason.startswith("2016 has ended")
        assert outcome["probability_2018"].value is not None
        assert topic.run(draws=100, quarter="2016-Q3")["probability_2016"].value is not None


class TestWords:
    def test_the_starts_needed_have_their_probability_beside_them(self, plain_draws):
        # (6,200,000 − 4,640,625) ÷ 6 ÷ 0.42 starts a year
        left, target, _ = simulate(plain_draws, 618_800)
        note = topic.run()["starts_to_reach_target"].note
        assert np.mean(left <= target) == pytest.approx(0.37, abs=0.005)
        assert note == (
            "with this many, the probability is 37% if everybody can learn, and 13% if some never "
            "can"
        )

    def test_the_first_note_is_about_the_floor(self):
        assert topic.run().notes[0] == (
            "The strategy estimates that just under 10% of adults may never gain the skills. That "
            "is about 5.1 million (8 in 10 simulations, from our range of 5% to 12%: 3.9 to 5.8 "
            "million). This is more than the target of 4.6 million. If exactly 5.1 million never "
            "learn, the target cannot be met. The probability of meeting the target is 1% if the "
            "5.1 million is as uncertain as in the simulations. It is at most 35% with any number "
            "of starts. If everybody can learn, it is 4%."
        )
        ended = topic.run(draws=100, quarter="2021-Q4").notes
        assert any(
            "If exactly 5.1 million never learn, the target could not have been met." in note
            for note in ended
        )
        # 11.0 m × 0.9³ = 8.0 m
        notes = topic.run(draws=100, reduction_target=0.1).notes
        assert not any("more than the target" in note for note in notes)

    def test_a_floor_that_was_changed_is_not_said_to_be_the_strategys(self):
        outcome = topic.run(draws=100, floor_share=0.12)
        texts = [outcome.headline, *outcome.notes, *(i.label for i in outcome.indicators)]
        assert not any("The strategy estimates" in text for text in texts)
        assert outcome.notes[0].startswith("You assume that 6.3 million people may never gain")
        assert outcome["floor_people"].label.endswith("(your estimate)")
        assert topic.run(draws=100)["floor_people"].label.endswith(
            "(from the strategy’s share of adults)"
        )

    @pytest.mark.parametrize(
        ("values", "end"),
        [
            (
                {"programme_starts": 800_000},
                (
                    "is 21% if the 5.1 million is as uncertain as in the simulations. It is at "
                    "most 35% with any number of starts. If everybody can learn, it is 60%."
                ),
            ),
            (
                {"programme_starts": 10_000_000},
                (
                    "is 35% if the 5.1 million is as uncertain as in the simulations. More starts "
                    "would not raise it. If everybody can learn, it is over 99%."
                ),
            ),
            # a target of nobody lies below every floor, and one of 9.5 million above every floor
            (
                {"reduction_target": 1},
                "is under 1% with or without them, whatever the number of starts.",
            ),
            ({"target_year": 2015}, "is under 1% with or without them."),
        ],
    )
    def test_a_note_says_what_is_left_of_the_probability(self, values, end):
        assert topic.run(**values).notes[0].endswith(end)

    def test_without_a_floor_no_note_is_about_it(self):
        assert not any("never" in note for note in topic.run(floor_share=0).notes)

    def test_a_projection_below_the_floor_says_what_it_supposes(self):
        sentence = (
            "The projection of 4.2 million is also lower: it supposes that everybody can learn."
        )
        assert sentence in topic.run(programme_starts=800_000).notes[0]
        assert not any("projection of" in note for note in topic.run().notes)

    def test_a_value_outside_its_own_simulations_is_noted(self):
        outcome = topic.run(floor_share=0.12)
        low, high = outcome["floor_people"].low, outcome["floor_people"].high
        assert low < high < 0.12 * 52_400_000
        assert (
            "outside the range that holds 8 in 10 of its own simulations"
            in outcome["floor_people"].note
        )
        assert not topic.run()["floor_people"].note

    def test_the_place_among_the_simulations_is_noted(self, plain_draws):
        left, _, _ = simulate(plain_draws, 300_000)
        assert np.mean(left <= 5_444_000) == pytest.approx(0.41, abs=0.005)
        assert np.median(left) == pytest.approx(5_592_000, abs=5_000)
        assert (
            "This scenario’s 5.4 million is not the middle of its own simulations. Half of the "
            "simulations give more than 5.6 million, and 41% give 5.4 million or fewer. The "
            "assumptions leave more room for a higher number than for a lower one."
        ) in topic.run().notes

    def test_a_floor_above_the_number_of_adults_is_an_error(self):
        with pytest.raises(ValueError, match=r"floor_share is 1\.01: it must be .* from 0 to 1"):
            DigitalInclusion(floor_share=1.01)
