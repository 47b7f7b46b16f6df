"""The age-structured comparison: published figures, a plain loop over people, and its limits."""

import numpy as np
import pytest
from hypothesis import given

from tests.topics.digital_inclusion.scenarios import valid_scenarios
from workbook.topics.digital_inclusion import topic
from workbook.topics.digital_inclusion.cohorts import AgeProfile, project_by_age, read_age_profile
from workbook.topics.digital_inclusion.parameters import DigitalInclusion

TABLES = topic.load_tables(DigitalInclusion())
PROFILE = read_age_profile(TABLES["inclusion_observed"], TABLES["population_ageing"])


def project(profile=PROFILE, **values):
    return project_by_age(DigitalInclusion(**values).values(), profile)


class TestProfile:
    def test_it_is_what_was_published(self):
        # Digital Landscape Research, 2012: 97, 97, 92, 80, 70 and 59% use the internet
        assert PROFILE.offline_shares == (0.03, 0.03, 0.08, 0.2, 0.3, 0.41)
        assert PROFILE.band_starts == (16, 25, 35, 45, 55, 65)
        assert (PROFILE.older_adults, PROFILE.deaths) == (11_400_000, 551_200)

    def test_the_shares_by_age_give_the_published_total(self):
        # 18% of adults were offline in 2012. The shares by age are of 1,298 people: twice the
        # standard error is 2 × √(0.18 × 0.82 ÷ 1,298) = 0.021.
        adults = project().adults
        offline = adults @ np.repeat(PROFILE.offline_shares, [9, 10, 10, 10, 10, 1])
        assert offline / adults.sum() == pytest.approx(0.18, abs=0.021)

    def test_there_is_none_without_the_figures(self):
        observed, ageing = TABLES["inclusion_observed"], TABLES["population_ageing"]
        assert read_age_profile(observed.iloc[:0], ageing) is None
        assert read_age_profile(observed, ageing.iloc[:1]) is None
        outcome = topic.evaluate_model(
            {"inclusion_observed": observed, "population_ageing": ageing.iloc[:0]},
            DigitalInclusion(draws=100),
        )
        assert "ages" not in outcome.table_names
        assert outcome.frame("path")["people_by_age"].isna().all()
        assert topic.charts["path"](outcome).dataset_rows["lines"][0]["people_by_age"] is None


class TestStart:
    def test_it_has_the_people_and_adults_of_the_scenario(self):
        result = project()
        assert result.totals[0] == pytest.approx(11_000_000)
        assert result.adults.sum() == pytest.approx(52_400_000)
        assert result.adults[-1] == 11_400_000
        # (52.4 − 11.4) million ÷ 49 years of age
        assert result.adults[:-1] == pytest.approx(np.full(49, 41_000_000 / 49))

    def test_the_odds_between_ages_are_the_published_ones(self):
        result = project()
        shares = result.band_totals(result.people[0]) / result.band_totals(result.adults)
        odds, published = (
            np.asarray(share) / (1 - np.asarray(share))
            for share in (shares, PROFILE.offline_shares)
        )
        assert odds / odds[0] == pytest.approx(published / published[0])


class TestProjection:
    def test_the_first_year_is_that_of_the_constant_flow(self):
        # 800,000 on their own and 126,000 through the programme
        assert project().totals[1] == pytest.approx(11_000_000 - 926_000)

    def test_later_years_agree_with_a_plain_loop(self):
        result = project()
        shares = result.people[0] / result.adults
        ages = result.adults * shares
        entrants, deaths = shares[0] * 41_000_000 / 49, 551_200 / 11_400_000
        lost_to_ageing = deaths * ages[-1] - entrants
        rate = (800_000 - lost_to_ageing) / 11_000_000
        for year in range(1, 7):
            left = ages.sum() - (deaths * ages[-1] - entrants) - rate * ages.sum() - 126_000
            moved = [entrants, *ages[:-2], ages[-1] * (1 - deaths) + ages[-2]]
            ages = np.array(moved) * (left / sum(moved))
            assert result.people[year] == pytest.approx(ages)

    def test_it_changes_the_answer(self):
        outcome = topic.run()
        path = outcome.frame("path").set_index("year")
        assert path.loc[2020, "people_by_age"] == pytest.approx(project().totals[-1])
        assert path.loc[2020, "people_by_age"] > outcome["people_excluded"].value + 800_000
        assert (
            "A comparison by age group gives 6.3 million in 2020, not 5.4 million. It lets the "
            "same share of the people left learn on their own each year, not the same number. 54% "
            "of them would be 65 and over. It has no range of its own."
        ) in outcome.notes
        ages = outcome.frame("ages").set_index("age")
        assert ages["people_at_end"].sum() == pytest.approx(project().totals[-1])
        assert ages.loc["65 and over", "people_at_end"] / ages["people_at_end"].sum() == (
            pytest.approx(0.54, abs=0.005)
        )

    def test_without_ages_that_differ_and_deaths_it_is_a_constant_rate(self):
        # Everybody alike: those who enter are as likely to lack the skills as the others at the
        # start. Without anybody who learns, nothing changes but that the older group grows.
        alike = AgeProfile(("16-64", "65 and over"), (16, 65), (0.2, 0.2), 11_400_000, 11_400_000)
        result = project(alike, programme_starts=0, unaided_gain=0, target_year=2015)
        shares = result.people / result.adults
        assert shares[0] == pytest.approx(np.full(50, 11 / 52.4))
        assert result.learning_rate == pytest.approx(
            max(0.0, (0.0 - 11 / 52.4 * (11_400_000 - 41_000_000 / 49)) / 11_000_000)
        )

    @pytest.mark.parametrize("people", [0, 52_400_000])
    def test_nobody_or_everybody_may_lack_the_skills(self, people):
        result = project(baseline_people=people)
        assert result.totals[0] == pytest.approx(people)
        assert np.isfinite(result.totals).all()

    @given(valid_scenarios())
    def test_people_are_never_negative_and_start_at_the_baseline(self, scenario):
        result = project_by_age(scenario.values(), PROFILE)
        assert (result.people >= 0).all()
        assert 0 <= result.learning_rate <= 1
        assert result.totals[0] == pytest.approx(scenario.baseline_people, rel=1e-6, abs=1e-3)
        assert len(result.people) == scenario.programme_years + 1
