"""The headline and notes of digital inclusion in every branch: order, length and plain words."""

import re

import pytest

from workbook.topics.digital_inclusion import topic

CHANGES = {
    "published": {},
    "target met": {"programme_starts": 800_000},
    "no programme": {"programme_starts": 0},
    "nobody left": {"programme_starts": 10_000_000},
    "few learn": {"unaided_gain": 200_000},
    "many learn": {"unaided_gain": 2_000_000},
    "nobody helped": {"dropout": 1},
    "above its range": {"unaided_gain": 500_000, "deadweight": 0.6, "persistence": 0.6},
    "below its range": {"unaided_gain": 1_000_000, "deadweight": 0.1, "dropout": 0.1},
    "no floor": {"floor_share": 0},
    "floor above every target": {"floor_share": 0.2},
    "estimate contradicts": {"quarter": "2016-Q1"},
    "estimate contradicts, above its range": {"quarter": "2016-Q1", "unaided_gain": 500_000},
    "target year ended": {"quarter": "2021-Q4"},
    "target missed": {"quarter": "2015-Q4", "target_year": 2015},
    "target year without an estimate": {"quarter": "2021-Q4", "target_year": 2016},
    "no estimate": {"quarter": "2017-Q4", "baseline_year": 2016, "target_year": 2017},
    "nobody at the start": {"baseline_people": 0},
    "everybody at the start": {"baseline_people": 52_400_000},
    "a billion": {"baseline_people": 1_000_000_000, "adults": 1_000_000_000},
    "a thousand": {"baseline_people": 1_000, "adults": 1_000},
    "fifty years": {"target_year": 2064},
    "target of nobody": {"reduction_target": 1},
}
MOST_WORDS, MOST_WORDS_IN_A_SENTENCE, MOST_WORDS_IN_A_TITLE = 35, 25, 15


@pytest.fixture(scope="module")
def outcomes():
    return {name: topic.run(draws=2_000, **values) for name, values in CHANGES.items()}


def count_words(text):
    return len(text.split())


@pytest.mark.parametrize("branch", CHANGES)
class TestEveryBranch:
    def test_the_headline_is_short(self, outcomes, branch):
        assert count_words(outcomes[branch].headline) <= MOST_WORDS

    def test_the_headline_has_a_number_its_interval_and_the_target(self, outcomes, branch):
        headline = outcomes[branch].headline
        people, target = (
            outcomes[branch][name].formatted_value for name in ("people_excluded", "target_people")
        )
        assert ("Nobody" if people == "0" else people) in headline
        assert re.search(r"\((at least )?8 in 10 simulations: [^)]+\)", headline)
        assert re.search(rf"calculated (\d{{4}} )?target( is| was|,) {target}", headline)

    def test_every_sentence_is_short(self, outcomes, branch):
        for text in (outcomes[branch].headline, *outcomes[branch].notes):
            for sentence in re.split(r"(?<=[.?!])\s", text):
                assert count_words(sentence) <= MOST_WORDS_IN_A_SENTENCE, sentence

    def test_every_chart_title_is_short(self, outcomes, branch):
        for draw_chart in topic.charts.values():
            assert count_words(draw_chart(outcomes[branch]).title) <= MOST_WORDS_IN_A_TITLE


class TestHeadline:
    def test_it_says_what_how_much_compared_with_what_and_how_sure(self):
        assert topic.run().headline == (
            "5.4 million adults would lack basic digital skills in 2020 (8 in 10 simulations: 4.9 "
            "to 6.4 million). Probability of the calculated target, 4.6 million: 4% if "
            "everybody can "
            "learn, 1% if some never can."
        )

    def test_a_probability_that_the_floor_does_not_change_is_one_number(self):
        assert topic.run(floor_share=0).headline.endswith("4.6 million, is 4%.")

    def test_the_lower_probability_is_that_with_the_floor(self):
        outcome = topic.run(programme_starts=800_000)
        with_floor, without_floor = (
            outcome[name].formatted_value
            for name in ("probability_with_floor", "probability_of_target")
        )
        assert f"million: {without_floor} if everybody can learn, {with_floor} if " in (
            outcome.headline
        )

    @pytest.mark.parametrize(
        ("branch", "side"), [("above its range", "lower"), ("below its range", "higher")]
    )
    def test_a_number_outside_its_own_simulations_says_on_which_side_they_are(
        self, outcomes, branch, side
    ):
        assert f"(8 in 10 simulations: {side}, " in outcomes[branch].headline

    def test_simulations_that_all_give_nobody_are_said_to_agree(self, outcomes):
        assert outcomes["nobody left"].headline.startswith(
            "Nobody would lack basic digital skills in 2020 (at least 8 in 10 simulations: the "
            "same)."
        )


class TestNotes:
    def test_the_second_says_what_the_target_takes(self):
        assert topic.run().notes[1] == (
            "If everybody can learn, the target takes 619,000 starts a year on the central "
            "assumptions. With this many, the probability is 37% if everybody can learn, and 13% "
            "if some never can. This scenario has 300,000."
        )

    def test_what_cannot_be_met_or_needs_nothing_is_said(self, outcomes):
        assert (
            "Not possible: even 10.0 million starts a year would not meet the target."
            in outcomes["nobody helped"].notes
        )
        assert (
            "Not needed: the target is met without a programme on the central assumptions."
            in outcomes["fifty years"].notes
        )

    def test_a_number_outside_its_own_simulations_is_among_the_first_three(self, outcomes):
        (note,) = [n for n in outcomes["below its range"].notes[:3] if "outside the range" in n]
        assert "An assumption is at an end of its range." in note

    def test_a_start_older_than_the_quarter_is_explained(self):
        explanation = (
            "The table used here holds no new estimate for a period ended by March 2015, so the "
            "projection still starts from April 2014."
        )
        assert topic.run(draws=100, quarter="2015-Q1").notes[2] == explanation
        # the quarter of the start, one with a newer estimate, and a start that the user chose
        for values in (
            {"quarter": "2014-Q2"},
            {"quarter": "2015-Q4"},
            {"quarter": "2015-Q1", "baseline_people": 10_800_000},
            {"quarter": "2015-Q1", "baseline_year": 2015},
        ):
            notes = topic.run(draws=100, **values).notes
            assert not any(note.startswith("The table used here") for note in notes)

    def test_the_published_figure_of_the_target_is_noted_only_for_the_published_target(self):
        figure = "The strategy’s own figure for 2020 is fewer than 4.7 million people."
        assert any(note.startswith(figure) for note in topic.run(draws=100).notes)
        for values in ({"target_year": 2022}, {"baseline_people": 10_800_000}):
            notes = topic.run(draws=100, **values).notes
            assert not any(note.startswith(figure) for note in notes)

    def test_assumptions_without_a_source_are_counted(self):
        last = topic.run(draws=100).notes[-1]
        assert last.startswith("4 of the 9 uncertain assumptions have no published source.")
        # a value that the user chose has no quality
        changed = topic.run(draws=100, dropout=0.2).notes[-1]
        assert changed.startswith("3 of the 9 uncertain assumptions")


class TestTiles:
    def test_costs_say_what_they_are_calculated_with(self):
        outcome = topic.run(draws=100)
        for name in ("cost_to_reach_target", "programme_cost", "cost_per_net_person"):
            note = outcome[name].note
            assert note == "at £79.50 a start, prices as published, not discounted"
        changed = topic.run(draws=100, unit_cost=100)["programme_cost"].note
        assert changed == "at £100.00 a start, not discounted"
        # no cost, and none that can be calculated
        assert not topic.run(draws=100, programme_starts=0)["programme_cost"].note
        assert "a start" not in topic.run(draws=100, dropout=1)["cost_per_net_person"].explanation

    def test_a_basis_and_a_value_outside_its_range_are_both_noted(self):
        note = topic.run(unit_cost=319)["programme_cost"].note
        assert note.startswith("outside the range that holds 8 in 10")
        assert note.endswith("; at £319.00 a start, not discounted")

    def test_the_share_of_adults_says_what_it_is_divided_by(self):
        result = topic.run()["share_excluded"]
        assert result.note == "as a share of the 2014 adult population"
        assert result.formatted_range == "9.2% to 12.2%"
        changed = topic.run(draws=100, adults=60_000_000)["share_excluded"]
        assert changed.note == "as a share of 60.0 million adults"

    def test_after_the_target_year_each_calculated_tile_is_a_projection(self, outcomes):
        for indicator in outcomes["target year ended"].indicators:
            is_calculated = indicator.value is not None and indicator.name != "target_people"
            assert indicator.label.endswith(" (projection)") == is_calculated, indicator.label
        assert not any("(projection)" in i.label for i in outcomes["published"].indicators)
