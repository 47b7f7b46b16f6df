"""Faults on a page: a message with an incident number for the visitor, and details in the log."""

import logging
import secrets

from workbook.scenario import Scenario
from workbook.topic import Topic

TOO_MUCH_MEMORY = "needs more memory than a visit may use. Try fewer simulations."
"""What follows the name of a calculation that did not fit into a visit's memory."""

_log = logging.getLogger(__name__)


def log_incident(topic: Topic, scenario: Scenario, error: Exception) -> str:
    """Log the details of a fault under a new incident number.

    Args:
        topic: The topic of the page.
        scenario: The scenario that the page shows.
        error: The fault.

    Returns:
        The number, which the visitor is to report.
    """
    number = secrets.token_hex(3).upper()
    _log.error("incident %s: %s ?%s", number, topic.name, scenario.to_query(), exc_info=error)
    return number
