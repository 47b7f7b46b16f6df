"""Record of the pages that were made and of those that failed, for health checks and metrics."""

import logging
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator

_log = logging.getLogger(__name__)


class PageRecord:
    """Whether the last page of each topic was made, and how many pages have failed.

    Args:
        topics: Names of the topics.
    """

    def __init__(self, topics: Iterable[str]) -> None:
        self.topics = tuple(topics)
        self.failure_counts: Counter[str] = Counter()
        self._last_was_made: dict[str, bool] = {}
        self._failed_kernels: set[str] = set()

    def log_incident(self, kernel: str, topic: str) -> str:
        """Log that part of a page failed, and return the incident number that the log entry has."""
        incident_number = secrets.token_hex(3).upper()
        _log.error("incident %s: %s failed in kernel %s", incident_number, topic, kernel)
        self._failed_kernels.add(kernel)
        self.add_failure(topic)
        return incident_number

    def add_failure(self, topic: str) -> None:
        """Record that a page of a topic failed."""
        self.failure_counts[topic] += 1
        self._last_was_made[topic] = False

    def add_visit(self, topic: str) -> None:
        """Record that a visitor got a whole page. If part of it failed, that is on record."""
        self._last_was_made.setdefault(topic, True)

    def update(self, topic: str, waiting_pages: Iterable[tuple[str, bool]]) -> None:
        """Record the pages that wait for a visitor.

        Args:
            topic: Name of the topic.
            waiting_pages: The kernel of each of its pages, and whether the page was made.
        """
        for kernel, was_made in waiting_pages:
            self._last_was_made[topic] = was_made and kernel not in self._failed_kernels

    def is_made(self, topic: str) -> bool:
        """Whether a page of a topic has been made, and none has failed since."""
        return self._last_was_made.get(topic, False)

    def describe_problems(self) -> Iterator[str]:
        """Name the topics whose pages cannot be opened, or not yet.

        Yields:
            A sentence for those without a page, and one for those whose last page failed.
        """
        waiting = [topic for topic in self.topics if topic not in self._last_was_made]
        failed = [topic for topic in self._last_was_made if not self._last_was_made[topic]]
        if waiting:
            yield f"No page has been made yet: {', '.join(waiting)}."
        if failed:
            yield f"The last page failed: {', '.join(failed)}."
