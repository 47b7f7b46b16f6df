"""The first paint: stills for the default scenario, and a link's figures or none."""

import asyncio
import io
import json
import re
from typing import Any

import pytest

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


def test_a_page_has_the_figures_and_the_still_of_its_link(monkeypatch: pytest.MonkeyPatch) -> None:
    views = {"a1": "of the link", "a2": STILL_PLACE}
    opened = {"views": views, "link_error": "", "charts": {"ranked": CHART}}
    page = open_link(monkeypatch, opened, '<svg><g id="clip0"/><g clip-path="url(#clip0)"/></svg>')
    assert "<div>of the link</div>" in page
    assert "default" not in page
    assert 'data-requested="no"' in page
    assert 'id="ranked-narrow-clip0"' in page
    assert "url(#ranked-narrow-clip0)" in page


@pytest.mark.parametrize("opened", [None, {"views": {}, "link_error": "No.", "charts": {}}])
def test_the_default_figures_are_not_shown_under_a_link(
    monkeypatch: pytest.MonkeyPatch, opened: dict[str, Any] | None
) -> None:
    page = open_link(monkeypatch, opened)
    state = 'data-requested="no" data-link-error' if opened else 'data-requested="yes"'
    assert f"<body {state}>" in page
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
