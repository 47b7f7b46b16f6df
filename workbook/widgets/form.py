"""The form: a scenario as native inputs, drawn from the declaration of its parameters."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import traitlets

from workbook import words
from workbook.html import still_table
from workbook.importers.opening import names
from workbook.importers.template import template
from workbook.scenario import Parameter, Problem, Scenario, ScenarioError
from workbook.tables import Table
from workbook.widgets.drafts import accept, in_percent, texts_of
from workbook.widgets.fields import field, text_of
from workbook.widgets.refusals import of_tables
from workbook.widgets.uploads import Uploads, refused
from workbook.widgets.widget import Widget, on_a_page

MOST_OFFERED = 5000
"""Values offered for a parameter, at most: nobody looks through more, and a page holds them."""


class Form(Widget):
    """Inputs for every parameter; what is typed arrives as ``draft``, all fields' texts at once.

    A share is typed as a percentage and held as a fraction. ``taken`` is the number of the newest
    draft that became the scenario, ``answered`` that of the newest whose every view is there.
    ``cautions`` are what must be known of a value that is allowed, by the parameter's name;
    ``options`` the values that are offered for a parameter, ``reports`` what was found in the
    file that was last uploaded for it. ``study`` tells a chart's picks which form they are for.
    """

    parts = ("common", "inputs", "lists", "tables")

    study = traitlets.Unicode().tag(sync=True)
    fields = traitlets.List(traitlets.Dict()).tag(sync=True)
    published = traitlets.List(traitlets.Dict()).tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    problems = traitlets.Dict().tag(sync=True)
    cautions = traitlets.Dict().tag(sync=True)
    draft = traitlets.Dict().tag(sync=True)
    taken = traitlets.Int(0).tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)
    options = traitlets.Dict().tag(sync=True)
    reports = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        scenario: type[Scenario],
        published: Mapping[str, Scenario],
        tables: Iterable[Table] = (),
    ) -> None:
        super().__init__()
        self.study = str(self.model_id)
        own, shared = scenario.parameters(), Scenario.parameters()
        as_all = lambda name: own[name] == shared.get(name)  # noqa: E731
        self._declared = {name: own[name] for name in sorted(own, key=as_all)}
        self._shown = scenario()
        by_name = {table.name: table for table in tables}
        self._chosen = {
            name: by_name[declared.choice_of]
            for name, declared in self._declared.items()
            if declared.choice_of in by_name
        }
        self.uploads = Uploads(self._chosen)
        self.fields = [self._field(declared) for declared in self._declared.values()]
        self.offer({})
        self.published = [
            {"title": "Reset", "texts": texts_of(scenario())},
            *({"title": title, "texts": self._said(each)} for title, each in published.items()),
        ]

    def _said(self, published: Scenario) -> dict[str, str]:
        """A published scenario's texts; of the visitor's own table and quarter it may say none."""
        changed = published.changed()
        own = {*self._chosen, "quarter"} - changed.keys()
        return {name: text for name, text in texts_of(published).items() if name not in own}

    def offer(self, options: Mapping[str, tuple[str, ...]]) -> None:
        """Offer these values, by parameter, and every table that may be named.

        Of more than ``MOST_OFFERED`` the first are offered; the others can be typed.
        """
        self._offered = options
        tables = {
            name: (*names(table), *self.uploads.of(name)) for name, table in self._chosen.items()
        }
        self.options = {
            name: list(each[:MOST_OFFERED]) for name, each in {**options, **tables}.items()
        }

    def warn(self, cautions: Iterable[Problem]) -> None:
        """Show what must be known of values that are allowed, beside their fields."""
        self.cautions = {each.name: each.message for each in cautions}

    def receive(self, piece: Mapping[str, Any]) -> None:
        """Take a piece of an uploaded file; the last one's answer is the report on the file.

        Raises ValueError for what our page never sends.
        """
        report = self.uploads.receive(piece)
        if report is None:
            self.send({"got": {"id": piece["id"], "part": piece["part"]}})
            return
        with self.hold_sync():
            self.offer(self._offered)
            self.reports = {**self.reports, piece["parameter"]: report}

    def fail(self, piece: Mapping[str, Any]) -> None:
        """Say that a file could not be taken, for a reason of ours."""
        parameter = piece.get("parameter")
        if parameter in self._chosen:
            report = refused(str(piece.get("name")), "something went wrong while it was checked")
            self.reports = {**self.reports, parameter: {"id": piece.get("id"), **report}}

    def show(
        self, scenario: Scenario, problems: Mapping[str, str], typed: Mapping[str, str]
    ) -> None:
        """Show a scenario; a refused field keeps what was ``typed``, with the reason beside it."""
        self._shown = scenario
        with self.hold_sync():
            self.texts = {**texts_of(scenario), **typed}
            self.problems = {
                name: in_percent(scenario, name, message, typed)
                for name, message in problems.items()
            }

    def accept(
        self,
        scenario: Scenario,
        texts: Mapping[str, str],
        before: Mapping[str, str],
        attempt: Callable[[Scenario], None] = lambda _: None,
    ) -> tuple[Scenario, dict[str, str]]:
        """The scenario with what was typed, and a reason for each field that was refused.

        As ``drafts.accept``; a table that may not be read is refused as well.
        """

        def tried(wanted: Scenario) -> None:
            paths = not on_a_page()
            problems = tuple(of_tables(scenario, wanted, self.uploads.of, paths=paths))
            if problems:
                raise ScenarioError(problems)
            attempt(wanted)

        return accept(scenario, texts, before, tried)

    def typed(self, query: str) -> dict[str, str]:
        """What a link's query string says, as it would have been typed into the fields."""
        pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
        known = {name: self._declared[name] for name, _ in pairs if name in self._declared}
        return {
            name: text_of(known[name].parse(text), known[name].unit)
            for name, text in pairs
            if name in known
        }

    def still(self) -> str:
        """The scenario as a table: each parameter, its value and what it means."""
        import pandas as pd  # noqa: PLC0415  only a still document needs it

        values = self._shown.values()
        rows = [
            (declared.label, words.cell(values[name], declared.unit), declared.meaning)
            for name, declared in self._declared.items()
        ]
        return still_table(
            pd.DataFrame(rows, columns=["Parameter", "Value", "Meaning"]), "The scenario"
        )

    def _field(self, declared: Parameter) -> dict[str, Any]:
        table = self._chosen.get(declared.name)
        if table is None:
            return field(declared)
        more = {"table": table.name, "template": template(table), "paths": not on_a_page()}
        return {**field(declared), **more}
