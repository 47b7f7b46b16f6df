"""What a study answers in data frames: tables, comparison and sweep of its scenario."""

import pytest

from workbook.topics.digital_inclusion import topic
from workbook.widgets.study import Study


@pytest.fixture(scope="module")
def study():
    return Study(topic, topic.Scenario(draws=100, programme_starts=800_000))


def test_a_frame_is_found_by_the_name_of_its_table(study):
    assert study.frame("path") is study.outcome.frame("path")
    register = study.frame("assumptions")
    assert register.loc[0, "parameter"] == "unaided_gain"
    assert register.loc[0, "risk"] == 2 * study.frame("swing").loc[0, "swing"]
    curve = study.frame("probability_of_target_by_programme_starts")
    assert curve.loc[curve["scenario"], "programme_starts"].tolist() == [800_000]
    assert study.frame("swing").loc[0, "parameter"] == "unaided_gain"


def test_a_target_is_sought_from_the_scenario(study):
    result = study.seek(indicator="gap_to_target", reach=0, by="programme_starts")
    assert (result.status, result.value) == ("already met", 800_000)


def test_the_tornado_is_of_the_scenario(study):
    frame = study.tornado("people_excluded")
    assert set(frame["now"]) == {study.outcome["people_excluded"].value}


def test_an_unknown_table_is_an_error_with_a_suggestion(study):
    with pytest.raises(KeyError, match=r'Unknown table "pth". Did you mean "path"'):
        study.frame("pth")


def test_the_scenario_is_compared_with_the_default(study):
    comparison = study.compare()
    assert comparison.names == ["Default", "This scenario"]
    assert comparison.parameters["name"].tolist() == ["programme_starts", "draws"]


def test_the_scenario_is_compared_with_others(study):
    comparison = study.compare(study.scenario.replace(programme_starts=0))
    assert comparison.names == ["This scenario", "Scenario 2"]
    # 800,000 starts a year for six years helped 0.7 × 0.8 × 0.75 each
    rows = comparison.waterfall_table("people_excluded").frame
    assert rows["average"].tolist() == pytest.approx([2_016_000])
    named = study.compare({"none": study.scenario.replace(programme_starts=0)})
    assert named.names == ["This scenario", "none"]


def test_a_sweep_starts_from_the_scenario(study):
    frame = study.sweep({"dropout": [0.3, 1.0]})
    assert frame["people_excluded"].tolist() == pytest.approx([4_184_000, 6_200_000])
