"""The server: invalid ports, and topics that fail."""

import logging
import socket
from dataclasses import replace
from typing import NoReturn

import pytest
from jupyter_server.services.contents.largefilemanager import LargeFileManager

from tests.snapshots.example_topic import topic as small_topic
from workbook.serving import app, preparation
from workbook.serving.home_cards import TopicCard
from workbook.serving.limits import ServerLimits
from workbook.serving.settings import production_settings
from workbook.topics.registry import TOPICS


def test_a_port_in_use_is_rejected_and_no_other_is_used() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ValueError, match=f"port {port} of 127.0.0.1 cannot be used"):
            app.run_server("127.0.0.1", port, "/")


def fail(*_: object) -> NoReturn:
    raise ZeroDivisionError("division by zero")


def test_a_topic_that_fails_is_reported_and_still_has_a_card(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing_topic = replace(small_topic, name="failing", model=fail, package="vouchers")
    topics = {"failing": failing_topic, "small": small_topic}
    errors = ("The topic of a-package is left out: it broke.",)
    monkeypatch.setattr(preparation, "TOPICS", topics)
    monkeypatch.setattr(preparation, "TOPIC_ERRORS", errors)
    failing_card, card = preparation.current_cards.__wrapped__()
    assert failing_card == TopicCard(failing_topic)
    assert (card.topic, card.answer) == (small_topic, "3 people.")
    assert capsys.readouterr().err == (
        "The topic of a-package is left out: it broke.\n"
        "The topic failing has no figures: ZeroDivisionError: division by zero.\n"
    )


def test_a_topics_notebook_is_loaded_without_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    folder = str(TOPICS["take_up"].notebook_path.parent)
    contents = LargeFileManager(root_dir=folder, config=production_settings(ServerLimits()))
    contents.log = logging.getLogger("contents")
    assert contents.get("take_up.ipynb")["content"].cells
    assert caplog.messages == []
