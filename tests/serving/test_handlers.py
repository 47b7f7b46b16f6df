"""What a page for an error says, and which errors are incidents."""

from functools import partial
from types import SimpleNamespace

import pytest

from workbook.serving.handlers import MessageHandler
from workbook.serving.request_log import log_answer


@pytest.mark.parametrize(
    ("status", "title", "is_incident"),
    [
        (400, "This request cannot be answered", False),
        (403, "This request cannot be answered", False),
        (404, "Page not found", False),
        (405, "This request cannot be answered", False),
        (500, "Something went wrong", True),
        (502, "Something went wrong", True),
        (503, "The server is busy", False),
    ],
)
def test_only_a_fault_of_the_server_is_an_incident(status, title, is_incident):
    pages, incidents = [], []

    def log_failed_request(exc_info):
        incidents.append(exc_info)
        return "A1B2C3"

    handler = SimpleNamespace(
        message_template="message.html.j2",
        _incident_number="",
        set_header=lambda *_: None,
        render_page=lambda _, **values: values,
        finish=pages.append,
        log_failed_request=log_failed_request,
    )
    MessageHandler.write_error(handler, status, exc_info="details")
    [page] = pages
    assert page["title"] == title
    assert ("A1B2C3" in page["text"]) == is_incident
    assert incidents == (["details"] if is_incident else [])


def test_a_fault_is_logged_once_and_without_the_query_which_may_have_a_token():
    lines, pages = [], []
    handler = SimpleNamespace(
        message_template="message.html.j2",
        log=SimpleNamespace(error=lambda text, *values, **_: lines.append(text % values)),
        request=SimpleNamespace(method="GET", path="/savings", uri="/savings?token=secret"),
        set_header=lambda *_: None,
        render_page=lambda _, **values: values,
        finish=pages.append,
    )
    handler.log_failed_request = partial(MessageHandler.log_failed_request, handler)
    MessageHandler.log_exception(handler, ValueError, ValueError("a fault"), None)
    MessageHandler.write_error(handler, 500, exc_info="details")
    [line], [page] = lines, pages
    number = line.removeprefix("incident ").removesuffix(": GET /savings")
    assert number.isalnum()
    assert number in page["text"]


@pytest.mark.parametrize(("status", "level"), [(503, "info"), (500, "error"), (404, "warning")])
def test_a_full_server_is_no_error_in_the_log(status, level):
    levels = []
    log = {name: lambda *_, name=name: levels.append(name) for name in ("info", "warning", "error")}
    request = SimpleNamespace(
        method="GET", path="/", uri="/", remote_ip="", headers={}, request_time=lambda: 0
    )
    handler = SimpleNamespace(
        get_status=lambda: status,
        log=SimpleNamespace(**log),
        request=request,
        settings={},
        current_user=None,
    )
    log_answer(handler)
    assert set(levels) == {level}
