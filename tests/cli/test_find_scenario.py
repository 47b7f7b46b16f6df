"""A command names a scenario by ``default``, by a name or by a file."""

import pytest

from workbook.cli.arguments import find_scenario
from workbook.topics.digital_inclusion import topic

CHARTER = topic.Scenario(programme_starts=800_000)


def test_the_default_is_a_scenario():
    assert find_scenario(topic, "default") == topic.Scenario()


def test_a_scenario_is_found_by_its_name():
    assert find_scenario(topic, "Charter delivers") == CHARTER


@pytest.mark.parametrize("text", ["charter.toml", "./charter", "{folder}/charter.toml"])
def test_a_text_with_a_separator_or_toml_at_its_end_is_a_file(tmp_path, monkeypatch, text):
    monkeypatch.chdir(tmp_path)
    for name in ("charter.toml", "charter"):
        (tmp_path / name).write_text("[parameters]\nprogramme_starts = 800000\n")
    assert find_scenario(topic, text.format(folder=tmp_path)) == CHARTER


def test_an_unknown_name_is_an_error_with_the_nearest_name():
    with pytest.raises(ValueError, match='Did you mean "Charter delivers"'):
        find_scenario(topic, "Charter delivrs")
    with pytest.raises(ValueError, match="no such file"):
        find_scenario(topic, "charter-delivrs.toml")
