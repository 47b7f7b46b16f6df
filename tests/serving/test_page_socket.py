"""The messages of a kernel that a page gets: those of its widgets, whatever form they have."""

import pytest
from jupyter_client.session import Session

from workbook.serving.page_socket import PageConnection

SESSION = Session(key=b"a")
TRACE = {"name": "stderr", "text": "Traceback (most recent call last): a secret\n"}


class RecordingConnection(PageConnection):
    """A connection to no page, which keeps what a page would get."""

    kernel_id = "kernel"

    def __init__(self):
        super().__init__(session=SESSION)
        self.sent = []

    def write_message(self, message, binary=False):  # noqa: FBT002  the base class's
        self.sent.append((message, binary))


class OpenStream:
    channel = "iopub"

    def closed(self):
        return False


def message_forms(kind, content):
    """A message that is read already, and one with its addresses as it is kept during a break."""
    message = SESSION.msg(kind, content)
    packed = SESSION.serialize(message, ident=b"topic")
    return [message | {"buffers": []}, packed]


@pytest.mark.parametrize("form", [0, 1])
@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("stream", TRACE),
        ("stream", {"name": "stdout", "text": "a secret"}),
        ("error", {"ename": "a secret", "evalue": "", "traceback": []}),
        ("execute_input", {"code": "a secret"}),
        ("execute_result", {"data": {"text/plain": "a secret"}}),
        ("display_data", {"data": {"text/plain": "a secret"}}),
    ],
)
def test_what_a_kernel_writes_is_kept_from_the_page(kind, content, form, caplog):
    connection = RecordingConnection()
    connection._on_zmq_reply(OpenStream(), message_forms(kind, content)[form])
    assert connection.sent == []
    assert ("a secret" in caplog.text) is (content is TRACE)


@pytest.mark.parametrize("form", [0, 1])
def test_the_messages_of_widgets_are_passed_on(form):
    connection = RecordingConnection()
    message = message_forms("comm_msg", {"comm_id": "a", "data": {"state": 1}})[form]
    connection._on_zmq_reply(OpenStream(), message)
    ((sent, _),) = connection.sent
    assert '"state": 1' in sent
