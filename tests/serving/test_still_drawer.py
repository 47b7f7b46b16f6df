"""The process that draws: it ends with the server, also while it draws."""

import asyncio

import pytest

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
