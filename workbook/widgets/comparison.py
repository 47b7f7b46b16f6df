"""Compare two to four scenarios that a visitor chooses."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Final

import traitlets

from workbook.analysis.comparison import comparison_steps
from workbook.scenario import Scenario, ScenarioError, page_limit_errors
from workbook.scenario.scenario_names import name_key
from workbook.topic import Topic
from workbook.widgets.comparison_result import comparison_result
from workbook.widgets.dependence import numeric_indicators
from workbook.widgets.evaluation import Evaluation
from workbook.widgets.link_errors import unreadable_table_errors, without_folders
from workbook.widgets.requested_analysis import RequestedAnalysis, RequestedSteps, expect_steps
from workbook.widgets.requested_inputs import RequestError, RequestInputs
from workbook.widgets.uploads import Uploads
from workbook.widgets.widget import is_served_page

PLACES: Final = ("first", "second", "third", "fourth")
"""Names of the inputs that choose the scenarios. The last two may be blank."""

_PRESENT, _PUBLISHED, _SAVED = "present", "published", "saved:"
_LABELS: Final = {_PRESENT: "This scenario", _PUBLISHED: "Published assumptions"}
_TABLE_HEADINGS: Final = frozenset(
    {"assumption", "difference", "figure", "indicator", "label", "name", "parameter", "unit"}
)
"""Headings of a comparison's tables, which no scenario can have for a name there."""

_MOST_EXACT = 8
"""Assumptions that differ up to which every mixture of two scenarios is run."""


class ComparisonWidget(RequestedAnalysis):
    """A choice of scenarios, and what differs between them.

    The inputs ``first`` to ``fourth`` are the scenarios. ``indicator`` is the indicator whose
    difference is explained, and ``explained`` the scenario that it is the difference of.

    Traits:
        scenarios: Name and label of each scenario that can be chosen.
        indicators: Name and label of each indicator that is a number.

    Args:
        topic: The topic.
        study_id: The identifier of the study's form.
        uploads: The tables uploaded in this visit.
    """

    name: ClassVar[str] = "comparison"
    scenarios = traitlets.List(traitlets.Tuple()).tag(sync=True)
    indicators = traitlets.List(traitlets.Tuple()).tag(sync=True)

    def __init__(self, topic: Topic, study_id: str, uploads: Uploads) -> None:
        super().__init__(topic, study_id)
        self._uploads = uploads
        self.scenarios = [*_LABELS.items()]

    def show(self, evaluation: Evaluation) -> None:
        """Follow a change of the scenario, which may change the labels.

        Args:
            evaluation: The outcome of the new scenario.
        """
        self.indicators = list(self._explainable(evaluation).items())
        super().show(evaluation)

    @property
    def empty_text(self) -> str:
        """Why there is no result."""
        return "To compare scenarios, choose them on the page."

    def offer_scenarios(self) -> None:
        """Offer the scenarios that are saved now. Others may have saved some meanwhile."""
        saved = sorted(self.topic.scenarios, key=name_key)
        self.scenarios = [*_LABELS.items(), *((f"{_SAVED}{name}", name) for name in saved)]

    def analyse(self, evaluation: Evaluation, inputs: RequestInputs) -> RequestedSteps:
        """Compare the chosen scenarios, as ``RequestedAnalysis.analyse``."""
        chosen = self._chosen_keys(inputs)
        keys = list(chosen.values())
        self._is_of_form = _PRESENT in keys
        scenarios = self._find_scenarios(evaluation.scenario, chosen)
        labels = _distinct_labels(keys)
        explained = inputs.text("explained") or keys[-1]
        if explained not in keys[1:]:
            message = "Choose one of the scenarios that are compared with the first."
            raise RequestError({"explained": message})
        known = self._explainable(evaluation)
        indicator = next(iter(known), "")
        if inputs.text("indicator") or not indicator:
            indicator = inputs.choice("indicator", known, "figure")
        named = {labels[key]: scenarios[key] for key in keys}
        steps = comparison_steps(self.topic, named, uploaded=self._uploads.tables)
        comparison = yield from expect_steps(steps, _count_runs(list(scenarios.values())))
        return comparison_result(self.topic, comparison, indicator, labels[explained])

    def _explainable(self, evaluation: Evaluation) -> dict[str, str]:
        """Label of each indicator that is a number by name, the topic's key indicators first."""
        labels = numeric_indicators(evaluation.outcome)
        key_labels = {name: labels[name] for name in self.topic.key_indicators if name in labels}
        return key_labels | labels

    def _chosen_keys(self, inputs: RequestInputs) -> dict[str, str]:
        """The key of each chosen scenario, by its place."""
        chosen: dict[str, str] = {}
        for place in PLACES:
            key = inputs.text(place)
            if not key and place in PLACES[:2]:
                raise RequestError({place: "Choose a scenario."})
            if key in chosen.values():
                raise RequestError({place: "This scenario is chosen twice. Choose another."})
            if key:
                chosen[place] = key
        return chosen

    def _find_scenarios(self, present: Scenario, chosen: Mapping[str, str]) -> dict[str, Scenario]:
        """The chosen scenarios by key. Raises RequestError at the input of an unknown one."""
        found: dict[str, Scenario] = {}
        saved = self.topic.scenarios
        known: dict[str, Callable[[], Scenario]] = {
            _PRESENT: lambda: present,
            _PUBLISHED: self.topic.Scenario,
        }
        for place, key in chosen.items():
            try:
                if key.startswith(_SAVED):
                    found[key] = saved[key.removeprefix(_SAVED)]
                    self._check_page(present, found[key])
                else:
                    found[key] = known[key]()
            except ScenarioError as error:
                raise RequestError({place: str(error)}) from None
            except (KeyError, ValueError) as error:
                is_unknown = key not in known and not key.startswith(_SAVED)
                message = "Choose a scenario." if is_unknown else str(error)
                raise RequestError({place: without_folders(message, self.topic)}) from None
        return found

    def _check_page(self, present: Scenario, scenario: Scenario) -> None:
        """Check that a page may run a saved scenario. Raises ScenarioError if it may not."""
        if not is_served_page():
            return
        unreadable = unreadable_table_errors(
            present, scenario, self._uploads.values_for, paths_allowed=False
        )
        too_large = page_limit_errors(scenario.values(), scenario.parameters())
        if errors := (*unreadable, *too_large):
            raise ScenarioError(errors)

    def _handle_message(self, widget: object, content: Mapping[str, Any], buffers: object) -> None:
        if content.get("request") == "scenarios":
            self.offer_scenarios()
        else:
            super()._handle_message(widget, content, buffers)


def _distinct_labels(keys: Sequence[str]) -> dict[str, str]:
    """Name of each scenario in the tables, unlike their headings and unlike each other."""
    labels: dict[str, str] = {}
    for key in keys:
        label = _LABELS.get(key, key.removeprefix(_SAVED))
        word = label.casefold().split(" ")[0]
        is_taken = label.casefold() in _TABLE_HEADINGS or word == "difference"
        is_repeated = key not in _LABELS and label in _LABELS.values()
        labels[key] = f"“{label}”" if is_taken or is_repeated else label
    return labels


def _count_runs(scenarios: Sequence[Scenario]) -> int:
    """About how many runs of the model a comparison needs."""
    first, *others = (scenario.values() for scenario in scenarios)
    differing = [
        len([name for name, value in other.items() if value != first[name]]) for other in others
    ]
    return len(scenarios) + sum(1 << min(count, _MOST_EXACT) for count in differing)
