"""A scenario of an earlier release: each parameter is migrated or explained."""

import pytest

from tests.scenario.lamps import LAMPS_TOPIC, Lamps, OldLamps
from workbook.scenario import (
    ParameterMigration,
    Scenario,
    ScenarioError,
    open_scenario_file,
    parameter,
)
from workbook.scenario.scenario_file import format_scenario_file
from workbook.widgets.edits import texts_from_query
from workbook.widgets.link_errors import scenario_from_link


@pytest.fixture
def open_saved(tmp_path):
    """Save a scenario of the earlier release, and open it today."""

    def open_saved(old, topic="lamps"):
        path = tmp_path / "old.toml"
        path.write_text(format_scenario_file(old.as_file(name="Old", topic=topic)), "utf-8")
        return open_scenario_file(path, Lamps, "lamps")

    return open_saved


def test_each_parameter_is_migrated_or_explained(open_saved):
    opened = open_saved(OldLamps(price=3.5, fuel="oil"))
    assert opened.scenario == Lamps(lamps=500, unit_price=3.5, hours=6.0)
    assert opened.migrations == (
        ParameterMigration("unit_price", "renamed", "price", "unit_price"),
        ParameterMigration("fuel", "removed", "oil", None),
        ParameterMigration("lamps", "default changed", 500, 600, 500),
        ParameterMigration("hours", "default not allowed", 9.0, 6.0, 6.0),
    )
    assert [str(migration) for migration in opened.migrations] == [
        "price is called unit_price now.",
        'fuel no longer exists. Its value, "oil", was left out.',
        (
            "The default of lamps is 600 now. It was 500 when the scenario was saved."
            " The scenario has 500."
        ),
        (
            "The default of hours is 6.0 now. It was 9.0 when the scenario was saved, which is no"
            " longer allowed. The scenario has 6.0."
        ),
    ]


def test_a_value_of_its_own_stays_where_the_default_has_changed(open_saved):
    opened = open_saved(OldLamps(lamps=700, hours=5.0))
    assert (opened.scenario.lamps, opened.scenario.hours) == (700, 5.0)
    assert ParameterMigration("lamps", "default changed", 500, 600, 700) in opened.migrations


def test_a_scenario_of_today_needs_no_migration(tmp_path):
    path = tmp_path / "new.toml"
    scenario = Lamps(lamps=5, dimmed=0.5)
    path.write_text(format_scenario_file(scenario.as_file(name="New", topic="lamps")), "utf-8")
    opened = open_scenario_file(path, Lamps, "lamps")
    assert (opened.scenario, opened.migrations) == (scenario, ())


def test_a_value_that_is_no_longer_allowed_is_an_error_with_the_file(open_saved):
    with pytest.raises(ScenarioError, match=r"old\.toml: hours is 20\.0: it must be a number from"):
        open_saved(OldLamps(hours=20.0))


def test_a_scenario_of_another_topic_is_an_error(open_saved):
    with pytest.raises(ValueError, match='a scenario of the topic "buses", not of lamps'):
        open_saved(OldLamps(), topic="buses")


def test_a_file_without_a_topic_may_be_any_topic_s_so_unknown_names_are_errors(
    open_saved, tmp_path
):
    with pytest.raises(ScenarioError, match='Unknown parameter "fuel"'):
        open_saved(OldLamps(), topic="")
    with pytest.raises(ScenarioError, match='Unknown parameter "fuel"'):
        Lamps.from_file(tmp_path / "old.toml")


def test_a_name_that_never_was_is_an_error(tmp_path):
    path = tmp_path / "typed.toml"
    path.write_text('topic = "lamps"\n[parameters]\nlamsp = 5\n[defaults]\nlamps = 600\n')
    with pytest.raises(ScenarioError, match=r'Unknown parameter "lamsp"\. Did you mean "lamps"\?'):
        open_scenario_file(path, Lamps, "lamps")


def test_a_parameter_under_both_its_names_is_an_error(tmp_path):
    path = tmp_path / "both.toml"
    path.write_text("[parameters]\nprice = 2.0\nunit_price = 3.0\n")
    with pytest.raises(ScenarioError, match="unit_price is repeated: give it once"):
        Lamps.from_file(path)


@pytest.mark.parametrize("name", ["unit_price", "price", "cost"])
def test_a_link_takes_every_name_that_a_parameter_had(name):
    assert Lamps.from_query(f"?{name}=3.5") == Lamps(unit_price=3.5)
    assert Lamps.from_pairs([(name, "3.5")]) == Lamps(unit_price=3.5)
    assert texts_from_query(f"{name}=3.5", Lamps.parameters()) == {"unit_price": "3.5"}
    with pytest.raises(ScenarioError, match="unit_price is repeated"):
        Lamps.from_query(f"{name}=3&unit_price=4")


def test_a_former_name_opens_no_path_either():
    for read in (Lamps.from_query, lambda query: scenario_from_link(query, LAMPS_TOPIC)):
        with pytest.raises(ScenarioError, match="must be the name of a bundled"):
            read("kerb_table=../secret.csv")


@pytest.mark.parametrize("former_name", ["second", "quarter", "old_second", "token"])
def test_a_former_name_belongs_to_one_parameter(former_name):
    def declare(*former_names):
        return parameter(
            1, label="One", unit="count", meaning="One.", bounds=(0, 9), former_names=former_names
        )

    with pytest.raises(TypeError):

        class _Twice(Scenario):
            first: int = declare(former_name)
            second: int = declare("old_second")
