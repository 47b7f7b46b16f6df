"""The form: native inputs for a scenario, built from the declarations of its parameters."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import traitlets

from workbook.html_tables import to_html_table
from workbook.importers.catalogue import table_names
from workbook.importers.template import make_template
from workbook.outcome import Outcome
from workbook.scenario import Parameter, Scenario, ScenarioError
from workbook.tables import TableSchema
from workbook.text.grammar import format_count
from workbook.text.numbers import format_cell
from workbook.widgets.edits import Evaluated, apply_edits, scenario_texts
from workbook.widgets.form_facts import describe_substitution, parameter_facts
from workbook.widgets.form_fields import form_field
from workbook.widgets.form_groups import group_fields, settings_groups
from workbook.widgets.link_errors import unreadable_table_errors
from workbook.widgets.page_messages import page_messages
from workbook.widgets.presets import published_presets
from workbook.widgets.scenario_changes import ScenarioChange, describe_value
from workbook.widgets.upload_reports import rejection_report
from workbook.widgets.uploads import Uploads
from workbook.widgets.widget import WorkbookWidget, is_served_page

MAX_OFFERED_VALUES = 5000
"""Most values offered for a parameter: more make a page slow. Others can be typed."""


class FormWidget(WorkbookWidget):
    """An input for each parameter. A share is typed as a percentage and stored as a fraction.

    Traits:
        study_id: Identifies the form to the other views of its study.
        fields: The definition of each field.
        groups: The fields by group, the levers first.
        published_scenarios: Each published scenario, the default first.
        field_texts: The text of each field, by parameter.
        field_errors: The message of each rejected field, by parameter.
        field_warnings: The warning about each accepted value that has one, by parameter.
        field_facts: Source, range and quality, by parameter, where the scenario has changed them.
        substitutions: What the model uses in place of a field's value, by parameter.
        published_texts: The texts that put each changed value back, by parameter.
        field_options: The values offered for each parameter.
        upload_reports: The report on the last file uploaded for each parameter.
        edits: From the page: ``revision``, the visitor's ``step`` in the browser's history, the
            ``texts`` of all fields, and their ``previous_texts`` from before the typing began.
        accepted_revision: The newest revision that was applied.
        completed_revision: The newest revision whose deferred analyses are shown as well.

    Args:
        scenario: The class of the topic's scenarios.
        published: The published scenarios other than the default, by title.
        tables: The tables that parameters can select.
        levers: Names of the parameters to show first; the others are in groups that open.
    """

    study_id = traitlets.Unicode().tag(sync=True)
    fields = traitlets.List(traitlets.Dict()).tag(sync=True)
    groups = traitlets.List(traitlets.Dict()).tag(sync=True)
    published_scenarios = traitlets.List(traitlets.Dict()).tag(sync=True)
    field_texts = traitlets.Dict().tag(sync=True)
    field_errors = traitlets.Dict().tag(sync=True)
    field_warnings = traitlets.Dict().tag(sync=True)
    field_facts = traitlets.Dict().tag(sync=True)
    substitutions = traitlets.Dict().tag(sync=True)
    published_texts = traitlets.Dict().tag(sync=True)
    edits = traitlets.Dict().tag(sync=True, echo_update=False)
    accepted_revision = traitlets.Int(0).tag(sync=True)
    completed_revision = traitlets.Int(0).tag(sync=True)
    field_options = traitlets.Dict().tag(sync=True)
    upload_reports = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        scenario: type[Scenario],
        published: Mapping[str, Scenario],
        tables: Iterable[TableSchema] = (),
        levers: Iterable[str] = (),
    ) -> None:
        super().__init__()
        self.study_id = str(self.model_id)
        self._parameters, self._shown_scenario = scenario.parameters(), scenario()
        table_by_name = {table.name: table for table in tables}
        self._tables_by_parameter = {
            name: table_by_name[parameter.choice_of]
            for name, parameter in self._parameters.items()
            if parameter.choice_of in table_by_name
        }
        self.uploads = Uploads(self._tables_by_parameter)
        self._default_facts = {
            name: parameter_facts(parameter, scenario())
            for name, parameter in self._parameters.items()
        }
        lever_names = tuple(levers)
        self.groups = [dict(group) for group in group_fields(self._parameters, lever_names)]
        self.fields = [
            self._form_field(parameter, is_lever=parameter.name in lever_names)
            for parameter in self._parameters.values()
        ]
        self.offer_options({})
        visitor_choices = {*self._tables_by_parameter, "quarter"}
        self.published_scenarios = [
            dict(preset) for preset in published_presets(scenario, published, visitor_choices)
        ]

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

    def show_outcome(self, outcome: Outcome, changes: Iterable[ScenarioChange]) -> None:
        """Show at each field what an outcome says of its value: options, warnings and source.

        Each changed value can be put back.

        Args:
            outcome: The outcome. It has no more than one warning for each parameter.
            changes: What its scenario has changed.
        """
        parameters, scenario = self._parameters, outcome.scenario
        facts = {
            name: parameter_facts(parameter, scenario) for name, parameter in parameters.items()
        }
        with self.hold_sync():
            self.offer_options(outcome.parameter_options)
            self.field_warnings = page_messages(outcome.parameter_warnings, parameters)
            self.field_facts = {
                name: texts for name, texts in facts.items() if texts != self._default_facts[name]
            }
            self.published_texts = {change["name"]: change["published_texts"] for change in changes}
            self.substitutions = {
                name: describe_substitution(parameters[name], substituted)
                for name, substituted in outcome.substituted_values.items()
            }

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
            self.field_errors = dict(errors)

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

    def describe_content(self) -> str:
        """How many parameters there are."""
        return format_count(len(self.fields), "parameter")

    def to_static_html(self) -> str:
        """Render the scenario as a table: each parameter, its value and its meaning.

        On a page the table is closed, as high as the form is on a small screen.
        """
        import pandas as pd  # noqa: PLC0415  only a static document needs it

        values = self._shown_scenario.values()
        rows = [
            (parameter.label, format_cell(values[name], parameter.unit), parameter.meaning)
            for name, parameter in self._parameters.items()
        ]
        frame = pd.DataFrame(rows, columns=["Assumption", "Value", "Meaning"])
        table = to_html_table(frame, "Assumptions used")
        if not is_served_page():
            return table
        return (
            '<div class="wb-form-panel"><details><summary><h2>Assumptions</h2></summary>'
            f'<div class="wb-scroll">{table}</div></details></div>'
        )

    def _form_field(self, parameter: Parameter, *, is_lever: bool) -> dict[str, Any]:
        is_setting = not is_lever and parameter.group in settings_groups(self._parameters)
        definition = {
            **form_field(parameter, on_page=is_served_page()),
            "has_slider": parameter.kind != "string" and not is_setting,
            "published": describe_value(parameter, parameter.default),
            "facts": self._default_facts[parameter.name],
        }
        table = self._tables_by_parameter.get(parameter.name)
        if table is None:
            return definition
        table_properties = {
            "table": table.name,
            "template": make_template(table),
            "paths": not is_served_page(),
        }
        return {**definition, **table_properties}
