"""Pictures of charts: kept once drawn, left out one by one, and not tried again at once."""

import asyncio
from dataclasses import replace

import altair as alt

from tests.widgets.example_topic import topic
from workbook.serving import default_charts
from workbook.serving.default_charts import DefaultCharts, draw_default_charts
from workbook.serving.worker_process import WorkerError


def test_a_topic_that_fails_is_not_drawn_again_for_each_of_its_charts(monkeypatch):
    drawn_topics = []

    async def fail(topic_name):
        drawn_topics.append(topic_name)
        raise WorkerError("no")

    async def find_pictures():
        charts = DefaultCharts()
        names = ("path", "cost", "people")
        found = [charts.find_picture("digital_inclusion", name) for name in names]
        return await asyncio.gather(*found, return_exceptions=True)

    monkeypatch.setattr(default_charts, "_draw_in_process", fail)
    assert all(isinstance(result, WorkerError) for result in asyncio.run(find_pictures()))
    assert drawn_topics == ["digital_inclusion"]


def test_a_drawn_picture_does_not_wait_for_another_topic(monkeypatch):
    async def find_picture_while_another_topic_draws():
        charts, may_end = DefaultCharts(), asyncio.Event()

        async def draw(topic_name):
            if topic_name == "savings":
                await may_end.wait()
            return {"path": "<svg/>"}

        monkeypatch.setattr(default_charts, "_draw_in_process", draw)
        await charts.find_picture("take_up", "path")
        other = asyncio.create_task(charts.find_picture("savings", "path"))
        await asyncio.sleep(0)  # it has begun
        picture = await asyncio.wait_for(charts.find_picture("take_up", "path"), 10)
        may_end.set()
        return picture, await other

    assert asyncio.run(find_picture_while_another_topic_draws()) == ("<svg/>", "<svg/>")


def test_a_chart_that_cannot_be_drawn_leaves_the_others(capsys):
    outside = alt.Chart("https://example.com/rows.csv").mark_bar().encode(x="people:Q")
    charts = {"outside": lambda _: outside, **topic.charts}
    pictures = draw_default_charts(replace(topic, charts=charts))
    assert pictures.keys() == topic.charts.keys()
    assert "The chart outside of" in capsys.readouterr().err
