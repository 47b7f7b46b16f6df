"""Which services are asked about, and a clear refusal where there are none."""

import difflib
from dataclasses import dataclass

import numpy as np

from workbook.methods.arrays import BoolArray
from workbook.scenario import Problem, ScenarioError, listed, said
from workbook.topics.take_up.counts import Counts, named_fully
from workbook.topics.take_up.scenario import TakeUp

FILTERS = ("department", "function", "services")
SHOWN = 5
"""Names that are offered in place of one that the table lacks, at most."""


@dataclass(frozen=True, eq=False)
class Selection:
    """The services asked about (``chosen``), those of them left out, and names not found."""

    everything: Counts
    chosen: Counts
    left_out: Counts
    unknown: tuple[str, ...]


def select(counts: Counts, scenario: TakeUp) -> Selection:
    """The scenario's selection of services.

    Raises ScenarioError, at the parameter at fault, where no service that reports is left.
    """
    if counts.services.empty:
        raise ScenarioError([_too_early(scenario)])
    wanted = np.ones(len(counts.services), dtype=bool)
    for name in FILTERS:
        wanted = wanted & _filter(counts, name, listed(getattr(scenario, name)), wanted)
    excluded = listed(scenario.exclude)
    out = wanted & named(counts, excluded)
    selection = Selection(
        counts.only(wanted),
        counts.only(wanted & ~out),
        counts.only(out),
        tuple(name for name in excluded if not named(counts, (name,)).any()),
    )
    _refuse_none(selection, scenario)
    return selection


def _filter(counts: Counts, name: str, items: tuple[str, ...], before: BoolArray) -> BoolArray:
    if not items:
        return np.ones(len(counts.services), dtype=bool)
    if name == "services":
        kept = named(counts, items)
    else:
        kept = counts.services[name].isin(items).to_numpy()
    if not (kept & before).any():
        raise ScenarioError([_none(counts, name, items, met=bool(kept.any()))])
    return kept


def named(counts: Counts, names: tuple[str, ...]) -> BoolArray:
    """Services of these names, which may name the organisation too, whoever shares them."""
    found = counts.labels.isin(names) | counts.services["service"].isin(names)
    if any(name.endswith(")") for name in names):
        found |= named_fully(counts.services).isin(names)
    kept: BoolArray = found.to_numpy()
    return kept


def _none(counts: Counts, name: str, items: tuple[str, ...], *, met: bool) -> Problem:
    asked = said("; ".join(items))
    if met:
        message = f"{name} is {asked}: the other filters leave none of these services."
    else:
        one = "service" if name == "services" else name
        there = sorted(set(counts.labels if name == "services" else counts.services[name]) - {""})
        near = difflib.get_close_matches(items[0], there, n=SHOWN) or there[:SHOWN]
        more = f" and {len(there) - len(near)} more" if len(there) > len(near) else ""
        message = (
            f"{name} is {asked}, and the table has no such {one}: it has {'; '.join(near)}{more}."
        )
    return Problem(name, "; ".join(items), message)


def _refuse_none(selection: Selection, scenario: TakeUp) -> None:
    if not len(selection.chosen.services):
        message = (
            f"exclude is {said(scenario.exclude)}: that leaves no service. "
            "Leave fewer out, or choose more."
        )
        raise ScenarioError([Problem("exclude", scenario.exclude, message)])
    if selection.chosen.latest() is not None:
        return
    if scenario.definition != "published":
        message = (
            f"definition is {scenario.definition!r}: the table has no counts for it. It needs the "
            "columns online_volume and assisted_volume; without them choose 'published'."
        )
        raise ScenarioError([Problem("definition", scenario.definition, message)])
    raise ScenarioError([_too_early(scenario)])


def _too_early(scenario: TakeUp) -> Problem:
    message = (
        f"quarter is {scenario.quarter}: none of the services selected reports a volume and a "
        "digital volume in a year that had ended by then."
    )
    return Problem("quarter", scenario.quarter, message)
