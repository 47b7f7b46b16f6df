"""Scheduled run: the quarter that has just ended, and an alert if its snapshot fails."""

import json
import sys
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from workbook.cli.alerts import Alerts
from workbook.cli.scheduled_run import latest_ended_quarter, run_scheduled_snapshot

AFTER_THE_QUARTER = date(2014, 7, 1)
LATER = date(2017, 7, 1)
"""A day by which the reviews of assumptions are overdue, so that there is no snapshot."""


class Hook(BaseHTTPRequestHandler):
    """Web hook that keeps what is posted to it."""

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.posts.append((self.path, self.headers["Content-Type"], self.rfile.read(length)))
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_):
        """Print no line."""


@pytest.fixture
def hook():
    """A web hook on this machine, with its address and what was posted."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        server.posts, server.status = [], 200
        server.url = f"http://127.0.0.1:{server.server_port}/hook"
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2014, 7, 1), "2014-Q2"),
        (date(2014, 9, 30), "2014-Q2"),
        (date(2014, 10, 1), "2014-Q3"),
        (date(2015, 1, 1), "2014-Q4"),
        (date(2015, 3, 31), "2014-Q4"),
        (date(2016, 2, 29), "2015-Q4"),
    ],
)
def test_the_quarter_is_the_one_that_ended_last(day, quarter):
    assert latest_ended_quarter(day) == quarter


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_a_quarter_in_the_archive_is_left_alone(tmp_path, hook, capsys, scheme):
    snapshot = tmp_path / "2014-Q2" / "r1"
    snapshot.mkdir(parents=True)
    (snapshot / "manifest.json").write_text("{}")
    store = f"{scheme}{tmp_path}"
    assert run_scheduled_snapshot(AFTER_THE_QUARTER, store, Alerts(url=hook.url)) == 0
    assert capsys.readouterr().out == f"2014-Q2 is already in {store}. Nothing to do.\n"
    assert not hook.posts


def test_a_failure_is_told_to_the_web_hook_and_the_command(tmp_path, hook, capfd):
    message_file = tmp_path / "message.txt"
    copy = f"import sys; open({str(message_file)!r}, 'w').write(sys.stdin.read())"
    alerts = Alerts(f'{sys.executable} -c "{copy}"', hook.url)
    assert run_scheduled_snapshot(LATER, str(tmp_path / "store"), alerts) == 2
    (post,) = hook.posts
    assert post[:2] == ("/hook", "application/json")
    message = json.loads(post[2])["text"]
    assert message.startswith("The snapshot of 2017-Q2 failed with exit code 2. ")
    assert "review" in message
    assert message_file.read_text() == message
    assert capfd.readouterr().err.strip() in message
    assert not (tmp_path / "store").exists()


def test_a_quarter_after_the_figures_is_said_with_the_last_one(tmp_path, capfd):
    assert run_scheduled_snapshot(date(2026, 1, 1), str(tmp_path / "store"), Alerts()) == 2
    assert capfd.readouterr().err.startswith(
        "2025-Q4 is after all the figures. The last quarter that the tables reach is 2025-Q1 for"
    )
    assert not (tmp_path / "store").exists()


def test_apprise_tells_it_too(hook):
    address = hook.url.replace("http://", "json://")
    assert Alerts(addresses=(address,)).send("The snapshot failed.") == []
    ((_, _, content),) = hook.posts
    assert json.loads(content)["message"] == "The snapshot failed."


class TestAnAlertThatCannotBeSent:
    """It is said, and the others are sent."""

    def test_the_web_hook_answers_with_an_error(self, hook):
        hook.status = 500
        (error,) = Alerts(url=hook.url).send("x")
        assert error.startswith("The web hook at http://127.0.0.1 could not be called: ")

    def test_the_web_hook_redirects(self, hook):
        hook.status = 307
        (error,) = Alerts(url=hook.url).send("x")
        assert "could not be called" in error
        assert len(hook.posts) == 1

    def test_nothing_listens(self, hook):
        errors = Alerts("false", "http://127.0.0.1:9/secret", (hook.url.replace("http", "json"),))
        command_error, hook_error = errors.send("x")
        assert command_error == "The alert command false failed with exit code 1."
        assert "secret" not in hook_error
        assert len(hook.posts) == 1

    def test_there_is_no_such_command(self):
        (error,) = Alerts("no-such-command --key secret").send("x")
        assert error == (
            "The alert command no-such-command could not be run: no such file or directory."
        )

    def test_the_command_fails_and_its_arguments_are_not_said(self):
        (error,) = Alerts("false --key secret").send("x")
        assert error == "The alert command false failed with exit code 1."

    def test_apprise_cannot_send(self):
        (error,) = Alerts(addresses=("json://user:secret@127.0.0.1:9",)).send("x")
        assert error == "The alert to json://127.0.0.1 could not be sent."


def test_apprise_is_an_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(ValueError, match=r"install policy-workbook\[alerts\]"):
        Alerts(addresses=("json://127.0.0.1",))
