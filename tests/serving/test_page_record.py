"""The record of pages: which topics can be opened, and what failed."""

import logging

import pytest

from workbook.serving.page_record import PageRecord


@pytest.fixture
def record() -> PageRecord:
    return PageRecord(["savings", "take_up"])


def test_a_topic_without_a_page_is_named(record: PageRecord) -> None:
    record.update("savings", [("first", True)])
    assert list(record.describe_problems()) == ["No page has been made yet: take_up."]
    record.add_visit("take_up")
    assert not list(record.describe_problems())
    assert record.is_made("savings")
    assert record.is_made("take_up")


def test_a_topic_whose_last_page_failed_is_named_until_one_is_made(record: PageRecord) -> None:
    for topic in record.topics:
        record.add_visit(topic)
    record.update("take_up", [("", False)])
    assert list(record.describe_problems()) == ["The last page failed: take_up."]
    record.update("take_up", [])
    assert not record.is_made("take_up")
    record.update("take_up", [("next", True)])
    assert not list(record.describe_problems())


def test_a_page_with_a_failed_part_is_not_made(
    record: PageRecord, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        number = record.log_incident("broken", "savings")
    assert caplog.messages == [f"incident {number}: savings failed in kernel broken"]
    record.update("savings", [("broken", True)])
    record.add_visit("savings")
    assert not record.is_made("savings")
    assert record.failure_counts == {"savings": 1}
    record.update("savings", [("sound", True)])
    assert record.is_made("savings")
