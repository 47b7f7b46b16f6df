"""What a page for an error says, and which errors are incidents."""

from types import SimpleNamespace

import pytest

from workbook.serving.handlers import MessageHandler


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
