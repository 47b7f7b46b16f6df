"""The guide's table of the report's systems names topics, figures and tables that exist."""

import re
from functools import cache

import pytest

from tests import ROOT
from workbook.outcome import Outcome
from workbook.topics.registry import TOPICS

_PAGE = ROOT / "docs" / "guide" / "systems.md"
_COLUMNS = ("system", "page", "figures", "tables", "programmes", "missing")
_SYSTEM_COUNT = 16


def read_systems() -> list[dict[str, str]]:
    """Rows of the table, without its header."""
    lines = [line for line in _PAGE.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    return [dict(zip(_COLUMNS, row, strict=True)) for row in cells]


SYSTEMS = read_systems()


@cache
def run_topic(name: str) -> Outcome:
    return TOPICS[name].run()


def linked_topics(system: dict[str, str]) -> list[str]:
    """Names of the topics to whose reference a row links."""
    return re.findall(r"\]\(\.\./reference/(\w+)\.md\)", system["page"])


def names_in(text: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", text))


def delivery_programmes() -> set[str]:
    return set(run_topic("delivery").parameter_options["programme"])


def test_every_system_of_the_report_has_a_row():
    names = [system["system"] for system in SYSTEMS]
    assert len(names) == len(set(names)) == _SYSTEM_COUNT


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system["system"])
class TestRow:
    def test_it_links_to_topics_by_their_titles(self, system):
        assert linked_topics(system)
        for name in linked_topics(system):
            assert f"[{TOPICS[name].title}](../reference/{name}.md)" in system["page"]

    def test_its_figures_are_indicators_of_these_topics(self, system):
        indicators = {
            indicator.name
            for name in linked_topics(system)
            for indicator in run_topic(name).indicators
        }
        assert names_in(system["figures"]) <= indicators

    def test_its_tables_and_charts_are_in_the_outcomes_of_these_topics(self, system):
        parts = {
            part
            for name in linked_topics(system)
            for part in (*run_topic(name).table_names, *TOPICS[name].charts)
        }
        assert names_in(system["tables"])
        assert names_in(system["tables"]) <= parts

    def test_its_programmes_are_followed_by_delivery(self, system):
        assert names_in(system["programmes"]) <= delivery_programmes()

    def test_it_says_what_is_missing(self, system):
        assert system["missing"].endswith(".")
        parameters = {
            parameter
            for name in linked_topics(system)
            for parameter in TOPICS[name].Scenario.parameters()
        }
        assert names_in(system["missing"]) <= parameters


def test_every_programme_of_delivery_belongs_to_a_system():
    named = set().union(*(names_in(system["programmes"]) for system in SYSTEMS))
    assert named == delivery_programmes()
