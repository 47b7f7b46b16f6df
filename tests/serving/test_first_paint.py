"""The first paint: stills for the default scenario, and a link's figures or none."""

import asyncio
import io
import json
import re
from types import SimpleNamespace
from typing import Any

import pytest
from jupyter_client.session import Session
from tornado.web import HTTPError
from websocket import WebSocketException

from tests.widgets.example_topic import topic
from workbook.charts.theme import IS_NARROW
from workbook.exports.page_stills import answer_requests, draw_still, write_request
from workbook.serving import first_paint
from workbook.serving.first_paint import FirstPaint

CHART = topic.charts["ranked"](topic.run()).to_dict()
ROW_COUNT = 30
PAGE = (
    '<body data-requested="no"><div><!--view a1-->default<!--/view--></div>'
    "<!--view a2--><!--still ranked--><noscript>default</noscript><!--/still--><!--/view-->"
    '<script type="application/json" id="workbook-states">{"a1": "default"}</script>'
    '<script type="application/json" id="workbook-page">{"base": "/", "kernel": "k-1"}</script>'
)
STILL_PLACE = "<!--still ranked--><noscript>default</noscript><!--/still-->"


def open_link(
    monkeypatch: pytest.MonkeyPatch, opened: dict[str, Any] | None, picture: str | None = None
) -> str:
    """The page of a link that the kernel has opened thus."""

    async def open_query(client: object, query: str) -> dict[str, Any] | None:
        assert (client, query) == ("client of k-1", "least=3")
        return opened

    async def draw(*_: object) -> str | None:
        return picture

    paint = FirstPaint({})
    monkeypatch.setattr(first_paint, "_open_query", open_query)
    monkeypatch.setattr(paint._drawer, "draw", draw)
    find_client: Any = "client of {}".format
    return asyncio.run(paint.open_link(PAGE, "least=3", find_client, "narrow"))


def page_states(page: str) -> dict[str, Any]:
    """The states that a page is sent with."""
    _, _, rest = page.partition('id="workbook-states">')
    states: dict[str, Any] = json.loads(rest.partition("</script>")[0])
    return states


def test_a_page_has_the_figures_and_the_still_of_its_link(monkeypatch: pytest.MonkeyPatch) -> None:
    views = {"a1": "of the link", "a2": STILL_PLACE}
    states = {"a1": {"_esm": "headline", "text": "</script>"}}
    opened = {"views": views, "states": states, "link_error": "", "charts": {"ranked": CHART}}
    page = open_link(monkeypatch, opened, '<svg><g id="clip0"/><g clip-path="url(#clip0)"/></svg>')
    assert "<div>of the link</div>" in page
    assert page_states(page) == {"a1": {"state": states["a1"]}}
    assert "default" not in page
    assert 'data-requested="no"' in page
    assert 'id="ranked-narrow-clip0"' in page
    assert "url(#ranked-narrow-clip0)" in page


REJECTED = {"views": {}, "states": {}, "link_error": "No.", "charts": {}}


@pytest.mark.parametrize("opened", [None, REJECTED])
def test_the_default_figures_are_not_shown_under_a_link(
    monkeypatch: pytest.MonkeyPatch, opened: dict[str, Any] | None
) -> None:
    page = open_link(monkeypatch, opened)
    state = 'data-requested="no" data-link-error' if opened else 'data-requested="yes"'
    assert f"<body {state}>" in page
    assert page_states(page) == {}
    assert "<noscript>default" not in page


def test_the_default_scenario_has_its_stills_once_they_are_drawn() -> None:
    paint = FirstPaint({("choosing", "ranked"): CHART, ("choosing", "broken"): {"mark": []}})

    async def draw() -> None:
        try:
            await paint.draw_default_stills()
        finally:
            await paint.close()

    assert paint.add_default_stills(STILL_PLACE, "choosing") == "<noscript>default</noscript>"
    asyncio.run(draw())
    assert paint.add_default_stills(STILL_PLACE, "choosing").count("<svg") == 2
    assert "<svg" not in paint.add_default_stills(STILL_PLACE, "another")
    assert "<svg" not in paint.add_default_stills(
        STILL_PLACE.replace("ranked", "broken"), "choosing"
    )


def test_a_still_is_as_wide_as_its_place_and_as_high_as_its_rows() -> None:
    narrow = draw_still({**CHART, "usermeta": {"narrowStep": 30}}, "narrow")
    size = re.search(r'width="(\d+)" height="(\d+)"', narrow)
    assert size is not None
    assert int(size[1]) == 358
    assert int(size[2]) > 30 * ROW_COUNT
    fixed = draw_still({**CHART, "height": 300}, "wide")
    assert 'width="720" height="300"' in fixed


def test_the_process_that_draws_answers_each_request() -> None:
    spec = {**CHART, "title": {"text": {"expr": f"{IS_NARROW} ? 'a' : 'b'"}}}
    line = write_request(spec, "narrow", IS_NARROW)
    assert json.loads(line)["spec"]["title"]["text"]["expr"] == "true ? 'a' : 'b'"
    answers = io.StringIO()
    answer_requests(io.StringIO(f'{{"size": "wide"}}\n{line}'), answers)
    first, second = map(json.loads, answers.getvalue().splitlines())
    assert first is None
    assert second.startswith("<svg")


class LostClient:
    """A client whose gateway cannot be reached, or breaks when a message is sent."""

    session = Session(key=b"")

    def __init__(self, error: Exception, stage: str) -> None:
        self._error = error
        self._stage = stage
        self.is_stopped = False
        self.shell_channel = SimpleNamespace(send=self.fail)

    def fail(self, *_: object) -> None:
        raise self._error

    async def start_channels(self, **_: bool) -> None:
        if self._stage == "opening":
            self.fail()

    def stop_channels(self) -> None:
        self.is_stopped = True


@pytest.mark.parametrize("stage", ["opening", "sending"])
@pytest.mark.parametrize(
    "error",
    [
        OSError("refused"),
        RuntimeError("the gateway has closed the connection"),
        WebSocketException("broken"),
    ],
)
def test_a_link_has_a_body_if_its_kernel_cannot_be_reached(
    error: Exception, stage: str, caplog: pytest.LogCaptureFixture
) -> None:
    client: Any = LostClient(error, stage)
    page = asyncio.run(FirstPaint({}).open_link(PAGE, "least=3", lambda _: client, "wide"))
    assert 'data-requested="yes"' in page
    assert client.is_stopped
    assert f"Kernel k-1 did not open the scenario of a link ({type(error).__name__}" in caplog.text


def test_a_link_has_a_body_if_its_kernel_is_gone() -> None:
    def find_client(_: str) -> Any:
        raise HTTPError(404)

    page = asyncio.run(FirstPaint({}).open_link(PAGE, "least=3", find_client, "wide"))
    assert 'data-requested="yes"' in page
