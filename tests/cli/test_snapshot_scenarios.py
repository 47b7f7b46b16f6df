"""The scenario that a snapshot runs for each topic."""

import pytest

from workbook.cli.snapshot_scenarios import build_snapshot_scenarios
from workbook.scenario.store import FOLDER_VARIABLE
from workbook.topics.registry import TOPICS

QUARTER = "2014-Q2"
SAVINGS, TAKE_UP = TOPICS["savings"], TOPICS["take_up"]
CAUTIOUS = "Cautious: higher costs, less cash released"


def build(topics, *bases, settings=()):
    """Scenario of each topic, by its name."""
    runs = build_snapshot_scenarios(topics, QUARTER, settings, bases)
    return {topic.name: scenario for topic, scenario in runs}


def test_the_published_scenario_of_the_only_topic():
    scenario = build([SAVINGS], CAUTIOUS)["savings"]
    assert scenario == SAVINGS.scenarios[CAUTIOUS]


def test_each_topic_has_its_own_and_the_others_their_default():
    scenarios = build([SAVINGS, TAKE_UP], f"savings={CAUTIOUS}")
    assert scenarios["savings"] == SAVINGS.scenarios[CAUTIOUS]
    assert scenarios["take_up"] == TAKE_UP.Scenario()


def test_a_setting_changes_the_named_scenario():
    settings = [("savings.horizon", "15")]
    scenario = build([SAVINGS, TAKE_UP], f"savings={CAUTIOUS}", settings=settings)["savings"]
    assert scenario == SAVINGS.scenarios[CAUTIOUS].replace(horizon=15)


def test_a_team_s_scenario_takes_the_place_of_the_bundled_one(monkeypatch, tmp_path):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    team_s = SAVINGS.Scenario(realisable_share=0.4)
    SAVINGS.scenario_store().save(CAUTIOUS, team_s, author="Ada", published=True)
    assert build([SAVINGS], CAUTIOUS)["savings"] == team_s


def test_a_name_with_an_equals_sign_is_the_only_topic_s(monkeypatch, tmp_path):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    saved = SAVINGS.Scenario(horizon=12)
    SAVINGS.scenario_store().save("horizon = 12", saved, author="Ada")
    assert build([SAVINGS], "horizon = 12")["savings"] == saved


@pytest.mark.parametrize(
    ("topics", "bases", "message"),
    [
        ([SAVINGS, TAKE_UP], [CAUTIOUS], "write TOPIC=Cautious"),
        ([SAVINGS, TAKE_UP], [f"delivery={CAUTIOUS}"], "Unknown topic in this snapshot"),
        ([SAVINGS], [CAUTIOUS, CAUTIOUS], "repeated for savings"),
        ([SAVINGS], ["Cautius"], 'Unknown scenario "Cautius"'),
        ([SAVINGS, TAKE_UP], [f"take_up={CAUTIOUS}"], "Unknown scenario"),
    ],
)
def test_a_scenario_that_no_topic_has_is_an_error(topics, bases, message):
    with pytest.raises(ValueError, match=message):
        build(topics, *bases)
