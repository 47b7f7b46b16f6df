"""The process that draws the charts of several others."""

import socket
from pathlib import Path

import pytest

from workbook.exports import shared_drawing as module
from workbook.exports.compiled_charts import draw_spec
from workbook.exports.shared_drawing import ADDRESS_VARIABLE, draw_shared, shared_drawing
from workbook.exports.static_svg import to_static_svg
from workbook.kernels.forking import CAN_FORK

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="a process is forked")

MODULES = ("workbook.exports.shared_drawing",)
MEGABYTES = 4096
BARS = {
    "mark": "bar",
    "data": {"values": [{"year": "2014"}]},
    "encoding": {"x": {"field": "year"}},
    "description": "One bar.",
}
SIDE_BY_SIDE = {"hconcat": [BARS, BARS]}


@pytest.fixture
def address(monkeypatch):
    """The process, known to this one by its variable."""
    with shared_drawing(MODULES, MEGABYTES) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        yield environment[ADDRESS_VARIABLE]


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
    with shared_drawing(MODULES, MEGABYTES) as environment:
        address = environment[ADDRESS_VARIABLE]
    assert not Path(address).parent.exists()
    monkeypatch.setenv(ADDRESS_VARIABLE, address)
    assert draw_shared(BARS).startswith("<svg")
    assert here == [BARS]


def test_what_a_killed_owner_left_behind_is_removed(address, here):
    folder = Path(address).parent
    abandoned = folder.parent / "workbook-drawing-abandoned"
    abandoned.mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(abandoned / "socket"))
    with shared_drawing(MODULES, MEGABYTES):
        assert (folder.exists(), abandoned.exists()) == (True, False)
    assert draw_shared(BARS).startswith("<svg")
    assert here == []


def test_a_chart_is_drawn_here_when_the_path_of_the_socket_is_too_long(here, monkeypatch, tmp_path):
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with shared_drawing(MODULES, MEGABYTES) as environment:
        monkeypatch.setenv(ADDRESS_VARIABLE, environment[ADDRESS_VARIABLE])
        assert draw_shared(BARS).startswith("<svg")
    assert here == [BARS]
