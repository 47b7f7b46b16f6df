"""Which commitments, services and sales are asked about, and a clear refusal where none is."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from workbook.quarters import last_day
from workbook.scenario import Problem, ScenarioError, listed, said
from workbook.topics.delivery.accounts import Printed, printed
from workbook.topics.delivery.commitments import judged, selected
from workbook.topics.delivery.recounts import recounts
from workbook.topics.delivery.scenario import Delivery

EXEMPLARS, G_CLOUD = "Exemplar services", "G-Cloud"
"""The programmes that have tables of their own beside their commitments."""

SHOWN = 5
"""Names that are offered in place of one that is not there, at most."""


@dataclass(frozen=True, eq=False)
class Selection:
    """What is asked about, as it was known on a ``day``.

    ``commitments`` are judged; ``printed`` are the phases that a report prints, which are those of
    all departments' services: None where only some are chosen. ``filtered`` says whether anything
    may be missing for that reason; ``options`` are the names that can be chosen.
    """

    quarter: str
    day: date
    commitments: pd.DataFrame
    phases: pd.DataFrame
    milestones: pd.DataFrame
    returns: pd.DataFrame
    totals: pd.DataFrame
    printed: Printed | None
    filtered: bool
    options: Mapping[str, tuple[str, ...]]


def select(tables: Mapping[str, pd.DataFrame], scenario: Delivery) -> Selection:
    """The scenario's selection from the tables, which hold what its quarter sees.

    Raises ScenarioError, at the parameter at fault, where a name is not there or nothing is left.
    """
    options = _options(tables)
    departments, programmes = listed(scenario.department), listed(scenario.programme)
    if problems := tuple(_problems(tables, scenario, options)):
        raise ScenarioError(problems)
    everything, day = tables["commitments"], last_day(scenario.quarter)
    counted = recounts(everything, tables["exemplar_phases"], tables["exemplar_milestones"])
    wanted = not programmes or EXEMPLARS in programmes
    phases, milestones = _services(tables, departments, wanted=wanted)
    sold = not departments and (not programmes or G_CLOUD in programmes)
    returns, totals = tables["gcloud_sales"], tables["gcloud_totals"]
    found = Selection(
        scenario.quarter,
        day,
        judged(selected(everything, departments, programmes), day, counted),
        phases,
        milestones,
        returns if sold else returns[:0],
        totals if sold else totals[:0],
        printed(everything) if wanted and not departments else None,
        bool(departments or programmes),
        options,
    )
    if found.filtered and found.commitments.empty and found.milestones.empty:
        raise ScenarioError([_nothing(scenario)])
    return found


def _options(tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[str, ...]]:
    commitments = tables["commitments"]
    programmes = set(commitments["programme"])
    programmes |= set() if tables["exemplar_milestones"].empty else {EXEMPLARS}
    programmes |= set() if tables["gcloud_sales"].empty else {G_CLOUD}
    departments = {
        *commitments["department"].dropna(),
        *tables["exemplar_phases"]["department"].dropna(),
    }
    return {
        "department": tuple(sorted(departments - {""})),
        "programme": tuple(sorted(programmes)),
    }


def _services(
    tables: Mapping[str, pd.DataFrame], departments: tuple[str, ...], *, wanted: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The lists and milestones of the departments' services; of none where none are wanted."""
    phases, milestones = tables["exemplar_phases"], tables["exemplar_milestones"]
    if not wanted:
        return phases[:0], milestones[:0]
    if not departments:
        return phases, milestones
    whose = phases[phases["department"].isin(departments)]
    return whose, milestones[milestones["title"].isin(whose["title"])]


def _problems(
    tables: Mapping[str, pd.DataFrame],
    scenario: Delivery,
    options: Mapping[str, tuple[str, ...]],
) -> Iterator[Problem]:
    """That nothing is known by the quarter; or else every filter with a name that is not there."""
    if all(tables[name].empty for name in ("commitments", "exemplar_milestones", "gcloud_sales")):
        message = (
            f"quarter is {scenario.quarter}: nothing that is followed had been reported by then. "
            "Choose a later one."
        )
        yield Problem("quarter", scenario.quarter, message)
        return
    for name, there in options.items():
        asked = str(scenario.values()[name])
        missing = [each for each in listed(asked) if each not in there]
        if missing:
            yield Problem(name, asked, _unknown(name, missing[0], there, scenario.quarter))


def _unknown(name: str, asked: str, there: tuple[str, ...], quarter: str) -> str:
    if not there:
        return f"{name} is {said(asked)}: by {quarter} nothing is told of any {name}."
    near = difflib.get_close_matches(asked, there, n=SHOWN) or there[:SHOWN]
    more = f" and {len(there) - len(near)} more" if len(there) > len(near) else ""
    return (
        f"{name} is {said(asked)}, of which nothing is told by {quarter}: there is "
        f"{'; '.join(near)}{more}."
    )


def _nothing(scenario: Delivery) -> Problem:
    message = (
        f"programme is {said(scenario.programme)}: no commitment of it is one of "
        f"{scenario.department}. Choose fewer filters."
    )
    return Problem("programme", scenario.programme, message)
