"""The pages that are kept ready for visitors: those of the topics that were opened last.

Each has a kernel of its own, which takes 35 MB. So their number is limited for the whole server.
A page of every other topic is made when a visitor opens it.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

from workbook.serving.kernels import PageKernelManager
from workbook.serving.page_record import PageRecord


class ReadyPages:
    """Chooses the topics that have a page ready.

    Args:
        record: The record of the pages. Its topics have pages ready in their order at first.
        most: Number of pages that are kept ready.
    """

    def __init__(self, record: PageRecord, most: int) -> None:
        self._record, self._most = record, most
        self._recent_topics = list(record.topics)
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, kernels: PageKernelManager) -> None:
        """Begin to make a page of each topic, to know that it can be made, and keep the first."""
        for topic in self._kept_topics:
            kernels.keep_page_ready(notebook_name(topic), delay=0)
        self._run(self._try_others(self._recent_topics[self._most :], kernels))

    def add_visit(self, topic: str, kernels: PageKernelManager) -> None:
        """Keep a page of a topic ready that was opened, and of one topic no longer.

        Args:
            topic: Name of the topic.
            kernels: The manager of the pages' kernels.
        """
        former_topics = self._kept_topics
        self._recent_topics.remove(topic)
        self._recent_topics.insert(0, topic)
        if topic in self._kept_topics:
            kernels.keep_page_ready(notebook_name(topic))
        for left_topic in set(former_topics).difference(self._kept_topics):
            self._run(self._end_page(left_topic, kernels))

    @property
    def _kept_topics(self) -> list[str]:
        return self._recent_topics[: self._most]

    async def _try_others(self, topics: list[str], kernels: PageKernelManager) -> None:
        """Make a page of each of these topics, one after the other so that memory suffices."""
        for topic in topics:
            kernels.keep_page_ready(notebook_name(topic), delay=0)
            await self._end_page(topic, kernels)

    async def _end_page(self, topic: str, kernels: PageKernelManager) -> None:
        """End the page that waits once it is made, unless its topic was opened meanwhile."""
        notebook = notebook_name(topic)
        if topic not in self._kept_topics:
            kernels.stop_filling(notebook)
        await kernels.wait_for_pages(notebook)
        self._record.update(topic, kernels.settled_pages(notebook))
        if topic not in self._kept_topics:
            await kernels.end_waiting_kernels(notebook)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        """Do work in the background."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def notebook_name(topic: str) -> str:
    """Name of a topic's notebook in the folder that is served."""
    return f"{topic}.ipynb"
