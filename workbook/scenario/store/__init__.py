"""Folders of named scenarios, with the history of each."""

from workbook.scenario.store.author import default_author
from workbook.scenario.store.history import HistoryEntry, ValueChange
from workbook.scenario.store.locations import FOLDER_VARIABLE, scenario_folders
from workbook.scenario.store.lock import ScenarioFolderError
from workbook.scenario.store.named_scenarios import NamedScenarios
from workbook.scenario.store.scenario_folder import ScenarioFolder
from workbook.scenario.store.scenario_store import ScenarioStore
from workbook.scenario.store.version import NewerVersionError, Version

__all__ = [
    "FOLDER_VARIABLE",
    "HistoryEntry",
    "NamedScenarios",
    "NewerVersionError",
    "ScenarioFolder",
    "ScenarioFolderError",
    "ScenarioStore",
    "ValueChange",
    "Version",
    "default_author",
    "scenario_folders",
]
