"""What a visitor can do with saved scenarios: list, open, save, rename, delete and restore them."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from workbook.scenario import (
    NewerVersionError,
    OpenedScenario,
    Scenario,
    ScenarioError,
    ScenarioFolderError,
    Version,
    open_scenario_text,
)
from workbook.scenario.scenario_file import format_scenario_file
from workbook.scenario.scenario_names import (
    SCENARIO_FILE_SUFFIX,
    check_scenario_name,
    file_stem,
    name_key,
)
from workbook.scenario.store import FOLDER_VARIABLE, default_author
from workbook.text.grammar import capitalise_first
from workbook.text.quoting import quote_text
from workbook.topic import Topic
from workbook.widgets.link_errors import without_folders
from workbook.widgets.page_messages import page_messages
from workbook.widgets.scenario_listing import (
    describe_version,
    list_scenarios,
    list_versions,
)
from workbook.widgets.scenario_requests import (
    FieldError,
    ScenarioRequest,
    check_author,
    check_reason,
)
from workbook.widgets.uploads import check_no_uploads
from workbook.widgets.widget import is_served_page

Answer = dict[str, Any]
OpenScenario = Callable[[OpenedScenario[Scenario]], str]
"""Shows a scenario on the page. Returns why it cannot; empty if it does."""

_NO_NAME: Final = "Enter your name, so that others know who did this."
_ONLY_READ: Final = "This page does not keep scenarios."
_FOLDER_FAILURE: Final = (
    "Nothing has changed. The server’s folder of scenarios cannot be written: {}. Tell whoever"
    " runs this page."
)


class ScenarioActions:
    """Answers the requests of one visit about the saved scenarios of a topic.

    Args:
        topic: The topic.
        open_scenario: Shows a scenario on the page.
    """

    def __init__(self, topic: Topic, open_scenario: OpenScenario) -> None:
        self._topic = topic
        self._open_scenario = open_scenario
        self._opened_versions: dict[str, int] = {}
        self._own_versions: dict[str, int] = {}

    @property
    def can_save(self) -> bool:
        """Whether scenarios are saved here: on a page only in a folder that its operator named."""
        if not is_served_page():
            return True
        return bool(os.environ.get(FOLDER_VARIABLE)) and self._topic.scenario_store().is_writable

    def answer(self, request: ScenarioRequest, scenario: Scenario) -> Answer:
        """Do what the visitor asks.

        Args:
            request: The request.
            scenario: The scenario on the page.

        Returns:
            What the page shows: ``status``, or ``errors`` by field, and what belongs to the action.
        """
        try:
            return self._perform_action(request, scenario)
        except FieldError as error:
            return {"errors": {error.field: str(error)}}
        except ScenarioFolderError as error:
            is_public = is_served_page()
            return {"failure": _FOLDER_FAILURE.format(error.reason) if is_public else str(error)}
        except ScenarioError as error:
            return {"failure": self._describe_errors(error)}
        except ValueError as error:
            return {"failure": _as_sentence(without_folders(str(error), self._topic))}

    def _perform_action(self, request: ScenarioRequest, scenario: Scenario) -> Answer:
        match request.action:
            case "list":
                return self._list_scenarios()
            case "history":
                return self._list_versions(request)
            case "open":
                return self._open(request)
            case "open_file":
                return self._open_file(request)
            case "save":
                return self._save(request, scenario)
            case "rename" | "delete" | "restore":
                return self._change_saved(request)
        raise ValueError("The page has asked for something that is not known here.")

    def _list_scenarios(self) -> Answer:
        scenarios, store = self._topic.scenarios, self._topic.scenario_store()
        editable = store.list_files().files.keys() if self.can_save else ()
        sentences = (without_folders(error, self._topic) for error in scenarios.errors)
        return {
            "scenarios": list_scenarios(scenarios, editable),
            "file_errors": [f"{sentence.rstrip('.')}." for sentence in sentences],
            "author": "" if is_served_page() else default_author(store.root),
        }

    def _list_versions(self, request: ScenarioRequest) -> Answer:
        entries = self._topic.scenarios.folder_of(request.name).history(request.name)
        return {"versions": list_versions(entries, self._topic.Scenario.parameters())}

    def _open(self, request: ScenarioRequest) -> Answer:
        folder = self._topic.scenarios.folder_of(request.name)
        opened = folder.open(request.name, request.version)
        number = request.version or folder.versions(request.name)[-1].number
        if failure := self._open_scenario(opened):
            return {"failure": failure}
        self._opened_versions[name_key(request.name)] = number
        version = f"Version {request.version} of " if request.version else ""
        return {"status": f"{version}“{opened.file.name}” is open.", "name": opened.file.name}

    def _open_file(self, request: ScenarioRequest) -> Answer:
        label = quote_text(request.file_name or "The file")
        topic = self._topic
        try:
            opened = open_scenario_text(
                request.text, request.file_name, label, topic.Scenario, topic.name
            )
        except ScenarioError as error:
            raise FieldError("file", self._describe_errors(error, label)) from None
        except ValueError as error:
            raise FieldError("file", _as_sentence(str(error))) from None
        if failure := self._open_scenario(opened):
            raise FieldError("file", failure)
        return {"status": f"The scenario in {label} is open."}

    def _save(self, request: ScenarioRequest, scenario: Scenario) -> Answer:
        name, author = _check_name(request.name, "name"), self._check_author(request.author)
        why = check_reason(request.why)
        check_no_uploads(scenario)
        if request.as_file:
            return self._write_file(scenario, name, author, why)
        self._check_writable()
        key = name_key(name)
        follows = self._own_versions.get(key) if request.follows is None else request.follows
        if follows is None:
            present = self._find_present(name)
            if present:
                return self._ask_to_replace(present)
            follows = 0
        store = self._topic.scenario_store()
        try:
            version = store.save(name, scenario, author=author, rationale=why, follows=follows)
        except NewerVersionError as error:
            if error.present:
                return self._ask_to_replace(error.present)
            self._own_versions.pop(key, None)
            deleted = f"“{name}” was deleted meanwhile. Save again to save it as a new one."
            return {"failure": deleted}
        self._own_versions[key] = version.number
        return {**self._list_scenarios(), "status": _describe_save(version, follows)}

    def _ask_to_replace(self, present: Version) -> Answer:
        """Ask whether to save as a new version of a scenario that there is already."""
        name, opened = present.file.name, self._opened_versions.get(name_key(present.file.name))
        store = self._topic.scenario_store()
        if name not in store:
            number = 0
            text = f"“{name}” comes with the workbook. Saving puts your team’s in its place."
        elif opened and opened < present.number:
            number = present.number
            text = (
                f"“{name}” has changed since you opened version {opened}: it is now"
                f" {describe_version(present)}."
            )
        else:
            number = present.number
            text = f"There is already a scenario “{name}”: {describe_version(present)}."
        label = f"Save as version {number + 1}" if number else "Save"
        return {"question": {"text": text, "follows": number, "label": label}}

    def _find_present(self, name: str) -> Version | None:
        """The present version of a scenario of this name, in any folder."""
        scenarios = self._topic.scenarios
        store = self._topic.scenario_store()
        if name in store:  # also one whose values cannot be used
            return store.versions(name)[-1]
        return scenarios.folder_of(name).versions(name)[-1] if name in scenarios else None

    def _change_saved(self, request: ScenarioRequest) -> Answer:
        self._check_writable()
        author, name = self._check_author(request.author), request.name
        store = self._topic.scenario_store()
        if request.action == "rename":
            new_name = _check_name(request.new_name, "new_name")
            try:
                renamed = store.rename(name, new_name, author=author)
            except ValueError as error:
                raise FieldError("new_name", self._as_message(error)) from None
            self._own_versions.pop(name_key(name), None)
            status = f"“{name}” is now called “{renamed.file.name}”."
            return {**self._list_scenarios(), "status": status, "name": renamed.file.name}
        if request.action == "delete":
            store.delete(name, author=author)
            self._own_versions.pop(name_key(name), None)
            return {**self._list_scenarios(), "status": f"“{name}” is deleted.", "deleted": name}
        restored = store.restore(name, author=author).file.name
        return {**self._list_scenarios(), "status": f"“{restored}” is back.", "name": restored}

    def _write_file(self, scenario: Scenario, name: str, author: str, why: str) -> Answer:
        today = datetime.now().astimezone().date()
        headers = {"name": name, "topic": self._topic.name, "author": author, "date": today}
        content = replace(scenario.as_file(**headers), rationale=why)
        file_name = f"{file_stem(name)}{SCENARIO_FILE_SUFFIX}"
        file = {"name": file_name, "text": format_scenario_file(content)}
        return {"status": f"{file_name} is downloaded.", "file": file}

    def _check_writable(self) -> None:
        if not self.can_save:
            raise ValueError(_ONLY_READ)

    def _check_author(self, text: str) -> str:
        """Check the visitor's name. JupyterLab knows who its user is."""
        author = check_author(text)
        if not author and is_served_page():
            raise FieldError("author", _NO_NAME)
        return author or default_author(self._topic.scenario_store().root)

    def _describe_errors(self, error: ScenarioError, label: str = "") -> str:
        """The errors of a scenario in a file, by the labels of the parameters."""
        problems = [
            replace(problem, message=problem.message.removeprefix(f"{label}: "))
            for problem in error.problems
        ]
        messages = page_messages(problems, self._topic.Scenario.parameters())
        text = " ".join(dict.fromkeys(messages.values()))
        return f"{label} cannot be opened. {text}" if label else self._as_message(text)

    def _as_message(self, error: object) -> str:
        return _as_sentence(without_folders(str(error), self._topic))


def _check_name(text: str, field: str) -> str:
    try:
        return check_scenario_name(text)
    except ValueError as error:
        blank = "Enter a name." if not text.strip() else _as_sentence(str(error))
        raise FieldError(field, blank) from None


def _describe_save(version: Version, follows: int) -> str:
    name = version.file.name
    if version.number == follows:
        return f"Nothing has changed since version {follows} of “{name}”."
    return f"“{name}” is saved{f' as version {version.number}' if version.number > 1 else ''}."


def _as_sentence(text: str) -> str:
    return f"{capitalise_first(text).rstrip('.')}."
