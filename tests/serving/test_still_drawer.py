"""The process that draws: it ends when idle, and with the server, also while it draws."""

import asyncio

import pytest

from workbook.serving import still_drawer
from workbook.serving.still_drawer import StillDrawer

SPEC = {"mark": "bar", "data": {"values": [{"a": 1}]}, "encoding": {}}


@pytest.mark.parametrize("is_running", [True, False])
def test_a_drawer_that_is_closed_while_it_draws_starts_no_other(*, is_running: bool) -> None:
    async def close_early() -> list[str | None]:
        drawer = StillDrawer()
        drawings = [asyncio.create_task(drawer.draw(SPEC, "wide")) for _ in range(3)]
        await asyncio.sleep(0)
        while is_running and drawer._process is None:  # noqa: ASYNC110  nothing announces it
            await asyncio.sleep(0.01)
        await asyncio.wait_for(drawer.close(), 60)
        results = await asyncio.wait_for(asyncio.gather(*drawings), 60)
        assert drawer._process is None
        return results

    assert asyncio.run(close_early()) == [None] * 3


def test_an_idle_drawer_ends_and_the_next_still_starts_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(still_drawer, "IDLE_SECONDS", 0.01)

    async def draw_twice() -> tuple[str | None, str | None]:
        drawer = StillDrawer()
        first = await drawer.draw(SPEC, "wide")
        process = drawer._process
        assert process is not None
        await asyncio.wait_for(process.wait(), 60)
        second = await drawer.draw(SPEC, "wide")
        await drawer.close()
        return first, second

    first, second = asyncio.run(draw_twice())
    assert first is not None
    assert first == second
