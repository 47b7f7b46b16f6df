"""The process that draws the charts of several others."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workbook.exports import shared_drawing as module
from workbook.exports.compiled_charts import draw_spec
from workbook.exports.shared_drawing import ADDRESS_VARIABLE, draw_once, draw_shared, shared_drawing
from workbook.exports.static_svg import to_static_svg

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="it answers at a path")

BARS = {
    "mark": "bar",
    "data": {"values": [{"year": "2014"}]},
    "encoding": {"x": {"field": "year"}},
    "description": "One bar.",
}
SIDE_BY_SIDE = {"hconcat": [BARS, BARS]}


@pytest.fixture
def address():
    """The process, known to this one by its variable."""
    with shared_drawing():
        yield os.environ[ADDRESS_VARIABLE]


@pytest.fixture
def here(monkeypatch):
    """The charts that were drawn in this process."""
    drawn = []

    def draw_here(spec):
        drawn.append(spec)
        return draw_spec(spec)

    monkeypatch.setattr(module, "draw_spec", draw_here)
    return drawn


@pytest.mark.parametrize("spec", [BARS, SIDE_BY_SIDE])
def test_a_picture_is_the_same_as_one_that_is_drawn_here(address, here, spec, monkeypatch):
    shared = to_static_svg(spec)
    assert (Path(address).exists(), here) == (True, [])
    monkeypatch.delenv(ADDRESS_VARIABLE)
    assert to_static_svg(spec) == shared
    assert len(here) == 1


@pytest.mark.usefixtures("address")
def test_a_chart_that_cannot_be_drawn_is_an_error_here_and_the_next_is_drawn(here):
    with pytest.raises(ValueError, match="conversion failed"):
        draw_shared({"mark": "unknown"})
    assert draw_shared(BARS).startswith("<svg")
    assert here == []


def test_a_chart_is_drawn_here_when_the_process_has_ended(here, monkeypatch):
    with shared_drawing():
        address = os.environ[ADDRESS_VARIABLE]
    assert ADDRESS_VARIABLE not in os.environ
    assert not Path(address).parent.exists()
    monkeypatch.setenv(ADDRESS_VARIABLE, address)
    assert draw_shared(BARS).startswith("<svg")
    assert here == [BARS]


def test_what_a_killed_owner_left_behind_is_removed(address, here, monkeypatch):
    folder = Path(address).parent
    abandoned = folder.parent / "workbook-drawing-abandoned"
    abandoned.mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(abandoned / "socket"))
    with monkeypatch.context() as elsewhere:
        elsewhere.delenv(ADDRESS_VARIABLE)
        with shared_drawing():
            assert (folder.exists(), abandoned.exists()) == (True, False)
    assert draw_shared(BARS).startswith("<svg")
    assert here == []


def test_a_chart_is_drawn_here_when_the_path_of_the_socket_is_too_long(here, monkeypatch, tmp_path):
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with shared_drawing():
        assert draw_shared(BARS).startswith("<svg")
    assert here == [BARS]


def test_a_block_within_another_has_the_same_process(address):
    with shared_drawing():
        assert os.environ[ADDRESS_VARIABLE] == address
    assert os.environ[ADDRESS_VARIABLE] == address


def test_a_picture_that_is_asked_for_again_is_not_drawn_again(monkeypatch):
    monkeypatch.setattr(module, "draw_spec", lambda spec: [spec])
    bar, line = b'{"mark": "bar"}', b'{"mark": "line"}'
    assert draw_once(bar) is draw_once(bar)
    assert draw_once(line) == [{"mark": "line"}]


OWNER = """
import os, time
from workbook.exports.shared_drawing import ADDRESS_VARIABLE, draw_once, draw_shared, shared_drawing
with shared_drawing():
    draw_shared({"mark": "bar"})
    print(os.environ[ADDRESS_VARIABLE], flush=True)
    time.sleep(600)
"""


def test_the_process_ends_with_an_owner_that_is_killed():
    with subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE) as owner:
        address = owner.stdout.readline().decode().strip()
        assert _is_answered(address)
        owner.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while _is_answered(address) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _is_answered(address)


def _is_answered(address):
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(address)
        except ConnectionRefusedError:
            return False
    return True
