"""The published scenarios as choices of a form."""

from collections.abc import Collection, Mapping
from typing import TypedDict

from workbook.scenario import Scenario
from workbook.widgets.edits import scenario_texts
from workbook.widgets.scenario_changes import scenario_changes

_DEFAULT_TITLE = "Published assumptions"
_DEFAULT_DESCRIPTION = "Every assumption has its published value."


class Preset(TypedDict):
    """A published scenario: its title, what it is, and the texts of its fields by parameter."""

    title: str
    description: str
    texts: dict[str, str]


def published_presets(
    scenario: type[Scenario], published: Mapping[str, Scenario], visitor_choices: Collection[str]
) -> list[Preset]:
    """List the published scenarios that a visitor can open.

    Args:
        scenario: The class of the topic's scenarios.
        published: The published scenarios other than the default, by title.
        visitor_choices: Parameters such as the visitor's own tables, which a published scenario
            leaves as they are unless it changes them. The default puts them back too.

    Returns:
        The presets, the default first.
    """
    default = Preset(
        title=_DEFAULT_TITLE, description=_DEFAULT_DESCRIPTION, texts=scenario_texts(scenario())
    )
    return [
        default,
        *(
            Preset(
                title=title,
                description=_describe_difference(published_scenario),
                texts=_preset_texts(published_scenario, visitor_choices),
            )
            for title, published_scenario in published.items()
        ),
    ]


def _preset_texts(published: Scenario, visitor_choices: Collection[str]) -> dict[str, str]:
    kept_names = set(visitor_choices) - published.non_default_values().keys()
    return {
        name: text for name, text in scenario_texts(published).items() if name not in kept_names
    }


def _describe_difference(published: Scenario) -> str:
    """What differs from the default, in a sentence."""
    changes = (
        f"{change['label']}: {change['value']} (published: {change['published']})"
        for change in scenario_changes(published)
    )
    return f"{'; '.join(changes)}."
