"""Request handler for the files of a scenario that a visitor downloads."""

from http import HTTPStatus
from typing import Final

from workbook.interface.page_links import page_of_scenario
from workbook.scenario import ScenarioError
from workbook.serving.access import Access
from workbook.serving.exporter import Exporter, ExportFailedError, ExportRejectedError
from workbook.serving.scenario_handler import ScenarioHandler
from workbook.serving.turn_queue import QueueFullError
from workbook.widgets.link_errors import LINK_PROBLEM_TITLE

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES: Final = {
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "zip": "application/zip",
    "toml": "application/toml",
}
"""Media type of each file that a visitor can download, by its suffix."""

_BUSY_MESSAGE: Final = ("Too many files are being made", "Try again in a minute.")
_FAILURE_TITLE: Final = "The file could not be made"
_FAILURE_TEXT: Final = "The file could not be made. If it fails again, report incident {}."


class ExportHandler(ScenarioHandler):
    """A file of a topic's outcome for the scenario of a link."""

    def initialize(self, exporter: Exporter, access: Access) -> None:
        """Take what makes the files, and who may open them.

        Args:
            exporter: What makes the files.
            access: Who may open the pages, and the address that visitors use.
        """
        self._exporter, self._access = exporter, access

    async def get(self, topic_name: str, suffix: str) -> None:
        """Send the file, or a page that says why there is none."""
        topic = self.find_topic(topic_name)
        try:
            scenario = self.read_scenario(topic)
            link = self.public_address(page_of_scenario(topic, scenario))
            content = await self._exporter.make_file(topic, scenario, f".{suffix}", link)
        except (ScenarioError, ExportRejectedError) as error:
            self.write_message(HTTPStatus.BAD_REQUEST, LINK_PROBLEM_TITLE, str(error))
        except QueueFullError:
            self.write_message(HTTPStatus.SERVICE_UNAVAILABLE, *_BUSY_MESSAGE)
        except (ExportFailedError, OSError) as error:
            text = _FAILURE_TEXT.format(self.log_failed_request(error))
            self.write_message(HTTPStatus.INTERNAL_SERVER_ERROR, _FAILURE_TITLE, text)
        else:
            self.send_file(content, MEDIA_TYPES[suffix], f"{topic.name}.{suffix}")
