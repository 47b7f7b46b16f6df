"""Files of the scenario that a notebook shows, made by its kernel and sent to the browser."""

from typing import Any, Final

from workbook.outcome import Outcome
from workbook.topic import Tables, Topic
from workbook.widgets.incidents import log_incident
from workbook.widgets.uploads import check_exportable

FILE_SUFFIXES: Final = ("xlsx", "ods", "docx", "pptx", "zip", "toml")
"""Suffixes of the files that can be downloaded."""

_FAILURE: Final = "The file could not be made. Report incident {}."


class OutcomeFiles:
    """Makes the files of an outcome.

    Attributes:
        outcome: The outcome that is shown.

    Args:
        topic: The topic.
        uploaded: The tables that are uploaded in this visit, by name.
    """

    def __init__(self, topic: Topic, uploaded: Tables) -> None:
        self._topic, self._uploaded = topic, uploaded
        self.outcome: Outcome | None = None

    def make_message(self, suffix: str) -> tuple[dict[str, Any], list[bytes]]:
        """Make a file, as a message to the browser.

        Args:
            suffix: One of ``FILE_SUFFIXES``.

        Returns:
            The message, with the file's name or the failure, and the file's content.
        """
        outcome = self.outcome
        if outcome is None:
            raise ValueError("no outcome was shown yet")
        from workbook.exports.chart_pictures import NoChartsError  # noqa: PLC0415  100 MB
        from workbook.exports.export_outcome import make_file  # noqa: PLC0415  100 MB

        try:
            check_exportable(outcome.scenario, f".{suffix}")
        except ValueError as error:
            return _failure_message(suffix, f"{error}.")
        try:
            content = make_file(self._topic, outcome, f".{suffix}", uploaded=self._uploaded)
        except NoChartsError as error:
            return _failure_message(suffix, f"{error}.")
        except Exception as error:  # noqa: BLE001  the visitor learns that it failed
            number = log_incident(self._topic, outcome.scenario, error)
            return _failure_message(suffix, _FAILURE.format(number))
        return {"exported": suffix, "name": f"{self._topic.name}.{suffix}"}, [content]


def _failure_message(suffix: str, reason: str) -> tuple[dict[str, Any], list[bytes]]:
    return {"exported": suffix, "failure": reason}, []
