"""Licence of the published figures that an outcome is based on."""

from typing import Final

from workbook.resources import is_table_name
from workbook.scenario import Scenario
from workbook.tables import OPEN_GOVERNMENT_LICENCE
from workbook.topic import Topic

_STATEMENT: Final = (
    f"Contains public sector information licensed under the {OPEN_GOVERNMENT_LICENCE['title']}."
)


def state_licence(topic: Topic, scenario: Scenario) -> str:
    """State the Open Government Licence, if an outcome is based on figures that carry it.

    Args:
        topic: The topic.
        scenario: The scenario. A table of its user's own, uploaded or in a file, has no licence.

    Returns:
        The sentence that the licence asks for; empty if no table carries it.
    """
    carries_licence = any(
        is_table_name(name) and table.licence == OPEN_GOVERNMENT_LICENCE
        for table, name in topic.table_sources(scenario).items()
    )
    return _STATEMENT if carries_licence else ""
