"""What changed from one version of a scenario to the next."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from workbook.scenario.former_names import current_names
from workbook.scenario.parameter import Parameter
from workbook.scenario.scenario_file import ScenarioFile
from workbook.scenario.store.version import Version
from workbook.scenario.value_text import ParameterValue


@dataclass(frozen=True)
class ValueChange:
    """A parameter whose value changed.

    Attributes:
        parameter: Name of the parameter.
        old: Value before; in the first version, the default.
        new: Value after.
    """

    parameter: str
    old: ParameterValue
    new: ParameterValue


@dataclass(frozen=True)
class HistoryEntry:
    """One version of a scenario, and what it changed.

    Attributes:
        version: The version: who, when, why and what was done.
        changes: The parameters whose value changed.
    """

    version: Version
    changes: tuple[ValueChange, ...]


def history_entries(
    versions: Iterable[Version], parameters: Mapping[str, Parameter]
) -> tuple[HistoryEntry, ...]:
    """Compare each version with the one before, and the first with the defaults at its time.

    Args:
        versions: The versions, the oldest first.
        parameters: The topic's parameters by name.

    Returns:
        An entry for each version.
    """
    ordered = tuple(versions)
    if not ordered:
        return ()
    start = ScenarioFile(defaults=ordered[0].file.defaults)
    files = [start, *(version.file for version in ordered)]
    return tuple(
        HistoryEntry(version, tuple(_find_changes(before, after, parameters)))
        for version, (before, after) in zip(ordered, pairwise(files), strict=True)
    )


def _find_changes(
    before: ScenarioFile, after: ScenarioFile, parameters: Mapping[str, Parameter]
) -> Iterator[ValueChange]:
    names = current_names(parameters)
    old, new = (
        {names.get(name, name): value for name, value in scenario_file.values.items()}
        for scenario_file in (before, after)
    )
    defaults = {name: declaration.default for name, declaration in parameters.items()}
    for name, value in (defaults | old | new).items():
        old_value = (defaults | old).get(name, value)
        new_value = (defaults | new).get(name, old_value)
        if old_value != new_value:
            yield ValueChange(name, old_value, new_value)
