"""A link that opens a saved scenario by its name."""

from pathlib import Path
from urllib.parse import quote

import pytest

from workbook import Study
from workbook.scenario import ScenarioError, find_scenario_names, names_scenario, query_pairs
from workbook.scenario.store import FOLDER_VARIABLE
from workbook.topics.registry import TOPICS
from workbook.widgets.link_errors import scenario_from_link

SAVINGS = TOPICS["savings"]
CAUTIOUS = "Cautious: higher costs, less cash released"
LINK = f"?scenario={quote(CAUTIOUS)}"


def test_it_opens_the_scenario_of_the_name_whatever_its_case() -> None:
    assert scenario_from_link(LINK, SAVINGS) == SAVINGS.scenarios[CAUTIOUS]
    assert scenario_from_link(LINK.lower(), SAVINGS) == SAVINGS.scenarios[CAUTIOUS]


def test_further_parameters_are_changes_on_top() -> None:
    scenario = scenario_from_link(f"{LINK}&horizon=15&optimism_bias=1.5", SAVINGS)
    assert scenario == SAVINGS.scenarios[CAUTIOUS].replace(horizon=15, optimism_bias=1.5)


def test_the_name_is_not_a_parameter_but_makes_a_page_a_link_s() -> None:
    assert query_pairs(f"{LINK}&horizon=15") == [("horizon", "15")]
    assert find_scenario_names(LINK) == [CAUTIOUS]
    assert names_scenario(LINK)
    assert not names_scenario("?token=x&utm_source=y")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("scenario=Cautious%3A+higher+costs", "Unknown scenario"),
        ("scenario=Start+from+46.1%25%2C+the+average+of+4O+services", "Did you mean"),
        ("scenario=../../savings/cautious.toml", "Unknown scenario"),
        ("scenario=/etc/passwd", "Unknown scenario"),
        ("scenario=", "Unknown scenario blank"),
        (f"scenario={'x' * 10_000}", "Unknown scenario"),
        ("scenario=a&scenario=b", "scenario is repeated: give it once"),
        (f"{LINK}&horizon=0", "horizon is 0"),
        (f"{LINK}&take_up_data=/etc/passwd", "must be the name of a bundled"),
    ],
)
def test_what_cannot_be_opened_is_said(query: str, message: str) -> None:
    with pytest.raises(ScenarioError, match=message) as error:
        scenario_from_link(query, SAVINGS)
    assert len(str(error.value)) < 400


def test_a_class_that_knows_no_topic_says_so() -> None:
    with pytest.raises(ScenarioError, match="is opened by its topic"):
        SAVINGS.Scenario.from_query(LINK)


def test_a_saved_scenario_opens_no_file_of_the_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    store = SAVINGS.scenario_store()
    store.save("Own table", SAVINGS.Scenario(take_up_data=str(tmp_path / "mine.csv")), author="A")
    with pytest.raises(ScenarioError, match="must be the name of a bundled"):
        scenario_from_link("scenario=Own+table", SAVINGS)


def test_a_damaged_file_is_named_without_its_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    path = tmp_path / "savings" / "broken.toml"
    path.parent.mkdir()
    path.write_text("name = ", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"^broken\.toml cannot be read as a scenario"):
        scenario_from_link("scenario=broken", SAVINGS)


def test_a_page_shows_whose_it_is_and_has_the_values_in_its_address() -> None:
    study = Study(TOPICS["digital_inclusion"])
    assert study.controls.open_query("scenario=charter+delivers&draws=100")
    assert study.link.query == "programme_starts=800000&draws=100"
    notice = study.dashboard.opened_scenario
    saved = "“Charter delivers”, saved by policy team on 24 July 2014"
    assert notice.text.startswith(f"Based on {saved}, with 1 change. ")
    study.controls.open_query("scenario=charter+delivers")
    assert notice.text.startswith(f"Opened: {saved}. ")
    study.controls.open_query("scenario=nobody")
    assert "Unknown scenario" in study.link.open_error
