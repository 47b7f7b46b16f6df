"""Named scenarios of a Study: save the one that it shows, and open a saved one."""

from workbook.scenario import Scenario, Version
from workbook.topic import Topic
from workbook.widgets.dashboard import Dashboard
from workbook.widgets.uploads import check_no_uploads


class StudyScenarios:
    """Saves and opens the named scenarios of a study's topic, in the folder of the team if any."""

    topic: Topic
    dashboard: Dashboard
    scenario: Scenario

    def save(self, name: str, why: str = "", *, author: str = "") -> Version:
        """Save the scenario under a name.

        Args:
            name: The name. A scenario that has it is given a new version.
            why: Why the values were chosen. By default it stays as it was.
            author: Who saves it. By default the name that git has, else the login name.

        Returns:
            The new version.

        Raises:
            ScenarioFolderError: The folder cannot be written.
            ValueError: The name is not allowed, or the scenario uses an uploaded file.
        """
        check_no_uploads(self.scenario)
        store = self.topic.scenario_store()
        return store.save(name, self.scenario, author=author, rationale=why)

    def open_saved(self, name: str, version: int | None = None) -> None:
        """Open a saved scenario. The notice above the answer says whose it is.

        Args:
            name: Its name.
            version: Number of an earlier version, None for the present one.

        Raises:
            ScenarioError: A value is invalid, or the model has no result for the scenario.
            ValueError: There is no such scenario or version. The message suggests a name.
        """
        opened = self.topic.scenarios.folder_of(name).open(name, version)
        self.scenario = opened.scenario
        self.dashboard.opened_scenario.show(opened, self.scenario)
