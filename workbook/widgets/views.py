"""The views of an outcome: those that every topic has, and those that a notebook asks for."""

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

import traitlets

from workbook.analysis.asked import names
from workbook.analysis.assumptions import COLUMNS, assumptions
from workbook.outcome import Column, Outcome
from workbook.topic import AnyChart, Topic
from workbook.widgets.chart import Chart
from workbook.widgets.form import Form
from workbook.widgets.headline import Headline
from workbook.widgets.link import Link
from workbook.widgets.notes import Notes
from workbook.widgets.table import Table
from workbook.widgets.tiles import Tiles

View = TypeVar("View", Notes, Table, Tiles)


class Views(traitlets.HasTraits):
    """The form, link, headline, tiles, charts and tables of a topic, all of one outcome."""

    outcome = traitlets.Instance(Outcome)

    def __init__(self, topic: Topic) -> None:
        super().__init__()
        self.topic = topic
        self.form = Form(topic.Scenario, topic.published(), topic.sources(topic.Scenario()))
        self.link, self.headline, self.tiles = Link(), Headline(), Tiles()
        every = [*topic.charts, *names(topic)]
        self.charts = {name: Chart(name, self.form.study) for name in every}
        self._views: list[Callable[[Outcome], None]] = [
            self.headline.show,
            self.tiles.show,
            lambda outcome: self.form.offer(outcome.options),
            lambda outcome: self.form.warn(outcome.cautions),
        ]
        self._own_tables: dict[tuple[str, str], Table] = {}
        self._own_tiles: dict[tuple[str, ...], Tiles] = {}

    @cached_property
    def assumptions(self) -> Table:
        """A view of the scenario's assumptions, which follows it."""
        table = Table(name="assumptions", caption="Assumptions and what they rest on")
        return self._follow(
            table, lambda outcome: table.show(assumptions(outcome.scenario), COLUMNS)
        )

    def table(self, name: str, caption: str = "") -> Table:
        """A view of one of the outcome's tables that follows the scenario.

        Without a caption it has the title that the outcome gives it, or else its name.
        Raises KeyError, with the tables that there are, for any other name.
        """
        if name not in self.outcome.tables:
            msg = f"no table {name!r}: there are {', '.join(self.outcome.tables)}"
            raise KeyError(msg)
        caption = caption or self.outcome.titles.get(name) or Column.of(name).label
        if (name, caption) not in self._own_tables:
            table = Table(name=name, caption=caption)
            self._own_tables[name, caption] = self._follow(
                table, lambda outcome: table.show(outcome.tables[name], outcome.columns_of(name))
            )
        return self._own_tables[name, caption]

    def some_tiles(self, *indicators: str) -> Tiles:
        """Tiles for these indicators only, which follow the scenario."""
        if indicators not in self._own_tiles:
            tiles = Tiles(indicators)
            self._own_tiles[indicators] = self._follow(tiles, tiles.show)
        return self._own_tiles[indicators]

    def part(self, name: str) -> Notes:
        """A view of what must be known of one part of the outcome. Raises KeyError for no part."""
        notes = Notes()
        return self._follow(notes, lambda outcome: notes.show(outcome.parts[name]))

    def show(self, outcome: Outcome, drawn: dict[str, AnyChart]) -> None:
        """Show this outcome and its charts in every view."""
        self.outcome = outcome
        self.link.show(outcome.scenario)
        for name, chart in drawn.items():
            self.charts[name].show(chart, outcome.tables.get(name), outcome.columns_of(name))
        for view in self._views:
            view(outcome)

    def wait(self) -> None:
        """Show of what is worked out later that it is being worked out."""
        for name in names(self.topic):
            self.charts[name].wait()

    def _ipython_display_(self) -> None:
        """Show every view, in reading order."""
        from IPython.display import display  # noqa: PLC0415  only there where something is displayed

        for view in (self.link, self.headline, self.tiles, self.form, *self.charts.values()):
            display(view)  # type: ignore[no-untyped-call]

    def _follow(self, view: View, show: Callable[[Outcome], None]) -> View:
        show(self.outcome)
        self._views.append(show)
        return view
