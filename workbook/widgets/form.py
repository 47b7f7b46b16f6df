"""The form: native inputs for a scenario, built from the declarations of its parameters."""

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
from workbook.widgets.edits import Evaluated, apply_edits, page_message, scenario_texts
from workbook.widgets.form_fields import form_field, input_text
from workbook.widgets.link_errors import unreadable_table_errors
from workbook.widgets.upload_reports import rejection_report
from workbook.widgets.uploads import Uploads
from workbook.widgets.widget import WorkbookWidget, is_served_page

MAX_OFFERED_VALUES = 5000
"""Most values offered for a parameter: more make a page slow. Others can be typed."""


class FormWidget(WorkbookWidget):
    """An input for each parameter. A share is typed as a percentage and stored as a fraction.

    Traits:
        study_id: Identifies the form to the charts in which a value can be chosen.
        fields: The definition of each field.
        published_scenarios: Title and texts of each published scenario, the default first.
        field_texts: The text of each field, by parameter.
        field_errors: The message of each rejected field, by parameter.
        field_warnings: The warning about each accepted value that has one, by parameter.
        field_options: The values offered for each parameter.
        upload_reports: The report on the last file uploaded for each parameter.
        edits: From the page: ``revision``, the ``texts`` of all fields, and their
            ``previous_texts`` from before the typing began.
        accepted_revision: The newest revision that was applied.
        completed_revision: The newest revision whose deferred analyses are shown as well.

    Args:
        scenario: The class of the topic's scenarios.
        published: The published scenarios other than the default, by title.
        tables: The tables that parameters can select.
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
        self.fields = [self._form_field(parameter) for parameter in self._parameters.values()]
        self.offer_options({})
        self.published_scenarios = [
            {"title": "Reset to published", "texts": scenario_texts(scenario())},
            *(
                {"title": title, "texts": self._published_texts(published_scenario)}
                for title, published_scenario in published.items()
            ),
        ]

    def _published_texts(self, published: Scenario) -> dict[str, str]:
        """Texts of a published scenario, except the visitor's own tables and quarter."""
        changed_values = published.non_default_values()
        visitor_choices = {*self._tables_by_parameter, "quarter"} - changed_values.keys()
        return {
            name: text
            for name, text in scenario_texts(published).items()
            if name not in visitor_choices
        }

    def offer_options(self, options: Mapping[str, tuple[str, ...]]) -> None:
        """Offer values for parameters, and the tables that can be selected.

        Args:
            options: The values by parameter. The first ``MAX_OFFERED_VALUES`` of each are offered.
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
        """Show warnings about accepted values beside their fields.

        Args:
            parameter_warnings: The warnings, no more than one for each parameter.
        """
        self.field_warnings = {warning.name: warning.message for warning in parameter_warnings}

    def receive_piece(self, message: Mapping[str, Any]) -> None:
        """Receive a piece of an uploaded file, and send a receipt or, after the last, the report.

        Args:
            message: The page's message.

        Raises:
            ValueError: The message is not one that the page can send.
        """
        report = self.uploads.receive_piece(message)
        if report is None:
            self.send({"received": {key: message[key] for key in ("file_id", "piece")}})
            return
        with self.hold_sync():
            self.offer_options(self._offered_options)
            self.upload_reports = {**self.upload_reports, message["parameter"]: report}

    def report_failure(self, message: Mapping[str, Any]) -> None:
        """Report that an upload failed because of a fault in the workbook.

        Args:
            message: The page's message with the piece that failed.
        """
        parameter = message.get("parameter")
        if parameter in self._tables_by_parameter:
            file_id, name = str(message.get("file_id")), str(message.get("name"))
            report = rejection_report(
                file_id, name, "it could not be checked because of a fault in the workbook"
            )
            self.upload_reports = {**self.upload_reports, parameter: report}

    def show(
        self, scenario: Scenario, errors: Mapping[str, str], rejected_texts: Mapping[str, str]
    ) -> None:
        """Show a scenario in the fields.

        Args:
            scenario: The scenario.
            errors: A message for each rejected field, by parameter.
            rejected_texts: The texts of rejected fields, which stay as typed.
        """
        self._shown_scenario = scenario
        with self.hold_sync():
            self.field_texts = {**scenario_texts(scenario), **rejected_texts}
            self.field_errors = {
                name: page_message(scenario, name, message, rejected_texts)
                for name, message in errors.items()
            }

    def apply_edits(
        self,
        scenario: Scenario,
        texts: Mapping[str, str],
        previous_texts: Mapping[str, str],
        evaluate: Callable[[Scenario], Evaluated],
    ) -> tuple[Evaluated, dict[str, str]]:
        """Apply edits as ``edits.apply_edits`` does, and reject tables that may not be read.

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
        """Read a link's query string as texts of the fields.

        Args:
            query: The query string. Names that are not parameters are ignored.

        Returns:
            The texts by parameter.
        """
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
        """Render the scenario as a table: each parameter, its value and its meaning."""
        import pandas as pd  # noqa: PLC0415  only a static document needs it

        values = self._shown_scenario.values()
        rows = [
            (parameter.label, format_cell(values[name], parameter.unit), parameter.meaning)
            for name, parameter in self._parameters.items()
        ]
        return to_html_table(
            pd.DataFrame(rows, columns=["Parameter", "Value", "Meaning"]), "Assumptions used"
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
