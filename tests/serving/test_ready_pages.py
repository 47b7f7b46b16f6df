"""Which topics have a page ready: those that were opened last."""

import asyncio
from collections.abc import Iterator

import pytest

from workbook.serving.page_record import PageRecord
from workbook.serving.ready_pages import ReadyPages

TOPICS = ("first", "second", "third", "fourth")


class Pools:
    """Pools that are filled at once, and what was made in them."""

    def __init__(self, failing: tuple[str, ...] = ()) -> None:
        self.failing = failing
        self.kept: set[str] = set()
        self.waiting: set[str] = set()
        self.made: list[str] = []
        self.most_waiting = 0

    def keep_page_ready(self, notebook: str, **_: float) -> None:
        self.kept.add(notebook)
        if notebook not in self.waiting:
            self.waiting.add(notebook)
            self.made.append(notebook)
        self.most_waiting = max(self.most_waiting, len(self.waiting))

    def stop_filling(self, notebook: str) -> None:
        self.kept.discard(notebook)

    async def wait_for_pages(self, _: str) -> None:
        await asyncio.sleep(0)

    async def end_waiting_kernels(self, notebook: str) -> None:
        self.waiting.discard(notebook)

    def settled_pages(self, notebook: str) -> Iterator[tuple[str, bool]]:
        if notebook in self.waiting:
            yield notebook, notebook not in self.failing


async def finish_work(pages: ReadyPages) -> None:
    """Wait until nothing is done in the background."""
    await asyncio.gather(*pages._tasks)


def open_topics(most: int, *visits: str, failing: tuple[str, ...] = ()) -> tuple[Pools, PageRecord]:
    """A server that has made a page of each topic, and that then had visitors."""
    pools, record = Pools(failing), PageRecord(TOPICS)

    async def serve() -> None:
        pages = ReadyPages(record, most)
        pages.start(pools)  # type: ignore[arg-type]  # as much of it as is used
        await finish_work(pages)
        for topic in visits:
            pages.add_visit(topic, pools)  # type: ignore[arg-type]  # as above
            await finish_work(pages)

    asyncio.run(serve())
    return pools, record


@pytest.mark.parametrize("most", range(5))
def test_a_page_of_every_topic_is_made_and_the_first_are_kept(most: int) -> None:
    pools, record = open_topics(most)
    assert pools.made == [f"{topic}.ipynb" for topic in TOPICS]
    assert pools.waiting == pools.kept == {f"{topic}.ipynb" for topic in TOPICS[:most]}
    assert pools.most_waiting <= most + 1
    assert all(record.is_made(topic) for topic in TOPICS[most:])


@pytest.mark.parametrize(
    ("visits", "kept"),
    [
        (("first",), {"first", "second"}),
        (("third",), {"third", "first"}),
        (("third", "fourth"), {"third", "fourth"}),
        (("third", "first", "fourth"), {"first", "fourth"}),
    ],
)
def test_the_topics_that_were_opened_last_have_a_page_ready(
    visits: tuple[str, ...], kept: set[str]
) -> None:
    pools, _ = open_topics(2, *visits)
    assert pools.waiting == pools.kept == {f"{topic}.ipynb" for topic in kept}


def test_no_page_is_kept_where_none_is_wanted() -> None:
    pools, _ = open_topics(0, "second")
    assert pools.waiting == pools.kept == set()


def test_a_page_that_fails_is_on_record_when_it_has_ended() -> None:
    pools, record = open_topics(1, failing=("third.ipynb",))
    assert "third.ipynb" not in pools.waiting
    assert list(record.describe_problems()) == [
        "No page has been made yet: first.",  # it waits, and whoever asks looks at it
        "The last page failed: third.",
    ]


def test_a_topic_that_is_opened_while_its_page_is_made_keeps_it() -> None:
    pools = Pools()

    async def serve() -> None:
        pages = ReadyPages(PageRecord(TOPICS), 1)
        pages.start(pools)  # type: ignore[arg-type]  # as above
        await asyncio.sleep(0)  # the page of the second topic is begun
        pages.add_visit("second", pools)  # type: ignore[arg-type]  # as above
        await finish_work(pages)

    asyncio.run(serve())
    assert pools.waiting == pools.kept == {"second.ipynb"}
