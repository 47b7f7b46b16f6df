"""The form: a scenario as native inputs, drawn from the declaration of its parameters."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import traitlets

from workbook.html_tables import to_html_table
from workbook.importers.catalogue import table_names
from workbook.importers.template import make_template
from workbook.scenario import Parameter, ParameterError, Scenario, ScenarioError
from workbook.tables import TableSchema
from workbook.text.numbers import format_cell
from workbook.widgets.edits import Evaluated, apply_edits, percentage_message, scenario_texts
from workbook.widgets.form_fields import form_field, input_text
from workbook.widgets.link_errors import unreadable_table_errors
from workbook.widgets.uploads import Uploads, rejection_report
from workbook.widgets.widget import WorkbookWidget, is_served_page

MAX_OFFERED_VALUES = 5000
"""Values offered for a parameter, at most: nobody looks through more, and a page holds them."""


class FormWidget(WorkbookWidget):
    """Inputs for every parameter; what is typed arrives as ``draft``, all fields' texts at once.

    A share is typed as a percentage and held as a fraction. ``taken`` is the number of the newest
    draft that became the scenario, ``answered`` that of the newest whose every view is there.
    ``cautions`` are what must be known of a value that is allowed, by the parameter's name;
    ``options`` the values that are offered for a parameter, ``reports`` what was found in the
    file that was last uploaded for it. ``study`` tells a chart's picks which form they are for.
    """

    study_id = traitlets.Unicode().tag(sync=True)
    fields = traitlets.List(traitlets.Dict()).tag(sync=True)
    published_scenarios = traitlets.List(traitlets.Dict()).tag(sync=True)
    field_texts = traitlets.Dict().tag(sync=True)
    field_errors = traitlets.Dict().tag(sync=True)
    field_warnings = traitlets.Dict().tag(sync=True)
    edits = traitlets.Dict().tag(sync=True)
    accepted_revision = traitlets.Int(0).tag(sync=True)
    completed_revision = traitlets.Int(0).tag(sync=True)
    field_options = traitlets.Dict().tag(sync=True)
    upload_reports = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        scenario: type[Scenario],
        published: Mapping[str, Scenario],
        tables: Iterable[TableSchema] = (),
    ) -> None:
        super().__init__()
        self.study_id = str(self.model_id)
        parameters, common_parameters = scenario.parameters(), Scenario.parameters()
        is_common = lambda name: parameters[name] == common_parameters.get(name)  # noqa: E731
        self._parameters = {name: parameters[name] for name in sorted(parameters, key=is_common)}
        self._shown_scenario = scenario()
        table_by_name = {table.name: table for table in tables}
        self._tables_by_parameter = {
            name: table_by_name[parameter.choice_of]
            for name, parameter in self._parameters.items()
            if parameter.choice_of in table_by_name
        }
        self.uploads = Uploads(self._tables_by_parameter)
        self.fields = [self._form_field(declared) for declared in self._parameters.values()]
        self.offer_options({})
        self.published_scenarios = [
            {"title": "Reset", "texts": scenario_texts(scenario())},
            *(
                {"title": title, "texts": self._published_texts(published_scenario)}
                for title, published_scenario in published.items()
            ),
        ]

    def _published_texts(self, published: Scenario) -> dict[str, str]:
        """A published scenario's texts; of the visitor's own table and quarter it may say none."""
        changed_values = published.non_default_values()
        visitor_choices = {*self._tables_by_parameter, "quarter"} - changed_values.keys()
        return {
            name: text
            for name, text in scenario_texts(published).items()
            if name not in visitor_choices
        }

    def offer_options(self, options: Mapping[str, tuple[str, ...]]) -> None:
        """Offer these values, by parameter, and every table that may be named.

        Of more than ``MOST_OFFERED`` the first are offered; the others can be typed.
        """
        self._offered_options = options
        table_options = {
            name: (*table_names(table), *self.uploads.values_for(name))
            for name, table in self._tables_by_parameter.items()
        }
        self.field_options = {
            name: list(values[:MAX_OFFERED_VALUES])
            for name, values in {**options, **table_options}.items()
        }

    def show_warnings(self, parameter_warnings: Iterable[ParameterError]) -> None:
        """Show what must be known of values that are allowed, beside their fields."""
        self.field_warnings = {warning.name: warning.message for warning in parameter_warnings}

    def receive_piece(self, piece: Mapping[str, Any]) -> None:
        """Take a piece of an uploaded file; the last one's answer is the report on the file.

        Raises ValueError for what our page never sends.
        """
        report = self.uploads.receive_piece(piece)
        if report is None:
            self.send({"received": {"file_id": piece["file_id"], "piece": piece["piece"]}})
            return
        with self.hold_sync():
            self.offer_options(self._offered_options)
            self.upload_reports = {**self.upload_reports, piece["parameter"]: report}

    def report_failure(self, piece: Mapping[str, Any]) -> None:
        """Say that a file could not be taken, for a reason of ours."""
        parameter = piece.get("parameter")
        if parameter in self._tables_by_parameter:
            report = rejection_report(
                str(piece.get("name")), "something went wrong while it was checked"
            )
            self.upload_reports = {
                **self.upload_reports,
                parameter: {"file_id": piece.get("file_id"), **report},
            }

    def show(
        self, scenario: Scenario, errors: Mapping[str, str], rejected_texts: Mapping[str, str]
    ) -> None:
        """Show a scenario; a refused field keeps what was ``typed``, with the reason beside it."""
        self._shown_scenario = scenario
        with self.hold_sync():
            self.field_texts = {**scenario_texts(scenario), **rejected_texts}
            self.field_errors = {
                name: percentage_message(scenario, name, message, rejected_texts)
                for name, message in errors.items()
            }

    def apply_edits(
        self,
        scenario: Scenario,
        texts: Mapping[str, str],
        previous_texts: Mapping[str, str],
        evaluate: Callable[[Scenario], Evaluated],
    ) -> tuple[Evaluated, dict[str, str]]:
        """Apply what was typed, as ``edits.apply_edits``, and reject tables that may not be read.

        Args:
            scenario: The present scenario.
            texts: The text of each edited field, by parameter.
            previous_texts: The texts from before the typing began, by parameter.
            evaluate: Evaluates a scenario; raises ScenarioError for one that it rejects.

        Returns:
            What ``evaluate`` returned, and a message for each rejected field.
        """

        def evaluate_readable(candidate: Scenario) -> Evaluated:
            paths_allowed = not is_served_page()
            errors = tuple(
                unreadable_table_errors(
                    scenario, candidate, self.uploads.values_for, paths_allowed=paths_allowed
                )
            )
            if errors:
                raise ScenarioError(errors)
            return evaluate(candidate)

        return apply_edits(scenario, texts, previous_texts, evaluate_readable)

    def texts_from_query(self, query: str) -> dict[str, str]:
        """What a link's query string says, as it would have been typed into the fields."""
        pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
        known_parameters = {
            name: self._parameters[name] for name, _ in pairs if name in self._parameters
        }
        return {
            name: input_text(known_parameters[name].parse_text(text), known_parameters[name].unit)
            for name, text in pairs
            if name in known_parameters
        }

    def to_static_html(self) -> str:
        """The scenario as a table: each parameter, its value and what it means."""
        import pandas as pd  # noqa: PLC0415  only a still document needs it

        values = self._shown_scenario.values()
        rows = [
            (parameter.label, format_cell(values[name], parameter.unit), parameter.meaning)
            for name, parameter in self._parameters.items()
        ]
        return to_html_table(
            pd.DataFrame(rows, columns=["Parameter", "Value", "Meaning"]), "The scenario"
        )

    def _form_field(self, parameter: Parameter) -> dict[str, Any]:
        table = self._tables_by_parameter.get(parameter.name)
        if table is None:
            return form_field(parameter)
        table_properties = {
            "table": table.name,
            "template": make_template(table),
            "paths": not is_served_page(),
        }
        return {**form_field(parameter), **table_properties}
