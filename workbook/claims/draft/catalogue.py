"""The figures that a draft may state: claims, published figures, indicators and cells."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol

import pandas as pd

from workbook.claims.bundled_check import CheckedReport
from workbook.claims.draft.draft_numbers import find_numbers_in_sentence
from workbook.claims.draft.label_words import list_words
from workbook.claims.report_tables import EXACTLY
from workbook.claims.verdict import ClaimVerdict
from workbook.indicators import IndicatorValue

FigureSource = Literal["claim", "published", "indicator", "cell"]
CLAIM: Final = "claim"
PUBLISHED: Final = "published"
INDICATOR: Final = "indicator"
CELL: Final = "cell"

_EQUAL: Final = 1e-9
_LEAST_SHARED_WORDS: Final = 0.5
"""Share of the words of the shorter of two labels that both have, if they name the same figure."""


class LabelledValue(Protocol):
    """An indicator of an outcome or of a snapshot."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def label(self) -> str:
        """Its label."""

    @property
    def value(self) -> IndicatorValue:
        """Its value, None where it is not known."""

    @property
    def unit(self) -> str:
        """The unit of the value."""


@dataclass(frozen=True)
class CatalogueFigure:
    """A figure that a draft may state.

    Attributes:
        id: Its identifier: ``C65``, ``F32``, ``take_up.take_up`` or, for a cell of a table,
            ``take_up.services.12.take_up``.
        labels: What it is, in one wording or several.
        value: The value in ``unit``. For a claim it is the published figure.
        unit: The unit. A share is a fraction of 1.
        source: Whether it is a claim, a published figure, an indicator or a cell of a table.
        origin: The publication, or the topic and quarter, that it comes from.
        section: The section of the publication. Often empty.
        wording: How the publication words the value: ``exactly``, ``about``, ``over``, ``fewer
            than``.
        verdict: The result of recomputing a claim.
        same_as: Identifiers of other figures that are the same one.
    """

    id: str
    labels: tuple[str, ...]
    value: float
    unit: str
    source: FigureSource
    origin: str
    section: str = ""
    wording: str = EXACTLY
    verdict: ClaimVerdict | None = None
    same_as: tuple[str, ...] = ()


def list_claim_figures(checked: CheckedReport) -> list[CatalogueFigure]:
    """List the claims of a report whose figure is a number in print.

    Args:
        checked: The report, with the verdict on each of its claims.

    Returns:
        One figure for each such claim, in the order of the report.
    """
    return [
        CatalogueFigure(
            verdict.id,
            (verdict.claim, f"{verdict.claim} {verdict.printed_as}"),
            verdict.printed,
            verdict.unit,
            CLAIM,
            checked.report.title,
            section=verdict.section,
            verdict=verdict,
        )
        for verdict in checked.verdicts
        if verdict.printed is not None and find_numbers_in_sentence(verdict.printed_as)
    ]


def list_fact_figures(facts: pd.DataFrame) -> list[CatalogueFigure]:
    """List the published figures of a table of facts.

    Args:
        facts: The table, with the columns of ``define_facts_table``.

    Returns:
        One figure for each row with a value, in the order of the table.
    """
    known = facts.dropna(subset=["id", "measure", "value", "unit", "source"])
    return [
        CatalogueFigure(
            row["id"],
            (f"{row['measure']} {row['period_printed']}",),
            float(row["value"]),
            row["unit"],
            PUBLISHED,
            row["source"],
            section=row["section"],
        )
        for row in known.fillna({"section": "", "period_printed": ""}).to_dict("records")
    ]


def list_indicator_figures(
    topic: str, origin: str, indicators: Iterable[LabelledValue]
) -> list[CatalogueFigure]:
    """List a topic's indicators that have a number, without those of another topic.

    Args:
        topic: The topic's name.
        origin: The topic and quarter in words.
        indicators: The indicators.

    Returns:
        One figure for each of them, in their order.
    """
    return [
        CatalogueFigure(
            f"{topic}.{indicator.name}",
            (indicator.label,),
            float(indicator.value),
            indicator.unit,
            INDICATOR,
            origin,
        )
        for indicator in indicators
        if isinstance(indicator.value, int | float) and "." not in indicator.name
    ]


def merge_figures(
    claims: Sequence[CatalogueFigure], others: Sequence[CatalogueFigure]
) -> list[CatalogueFigure]:
    """Merge published figures and indicators into the claims that state the same figure.

    A published figure is the same as a claim of its section with the same value and unit. Of
    several, the one that shares most words is taken, and each once. An indicator with the same
    value and unit must share half of its words with the claim, or the claim with it.

    Args:
        claims: The claims.
        others: Published figures and indicators.

    Returns:
        The claims, with the labels of what is the same, and the other figures that are left.
    """
    merged = {claim.id: claim for claim in claims}
    remaining = {other.id: other for other in others}
    stated: set[str] = set()
    for _, claim_id, other_id in sorted(_pair_figures(claims, others)):
        if other_id not in remaining:
            continue
        if remaining[other_id].source == PUBLISHED:
            if claim_id in stated:
                continue
            stated.add(claim_id)
        merged[claim_id] = _add_label(merged[claim_id], remaining.pop(other_id))
    return [*merged.values(), *remaining.values()]


def _pair_figures(
    claims: Sequence[CatalogueFigure], others: Sequence[CatalogueFigure]
) -> Iterator[tuple[float, str, str]]:
    """Give each claim and each other figure that may be the same, the most alike lowest."""
    words = {figure.id: _label_stems(figure) for figure in (*claims, *others)}
    for other in others:
        for claim in claims:
            if not _has_same_value(claim, other):
                continue
            shared = len(words[claim.id] & words[other.id])
            likeness = shared / max(1, min(len(words[claim.id]), len(words[other.id])))
            least = 0.0 if other.section else _LEAST_SHARED_WORDS
            if shared and likeness >= least:
                yield -likeness, claim.id, other.id


def _has_same_value(claim: CatalogueFigure, other: CatalogueFigure) -> bool:
    is_same_unit = claim.unit == other.unit or {claim.unit, other.unit} == {"count", "people"}
    is_same_section = not other.section or other.section == claim.section
    is_equal = abs(claim.value - other.value) <= _EQUAL * max(1, abs(claim.value))
    return is_same_unit and is_same_section and is_equal


def _label_stems(figure: CatalogueFigure) -> set[str]:
    return {word.stem for label in figure.labels for word in list_words(label)}


def _add_label(claim: CatalogueFigure, other: CatalogueFigure) -> CatalogueFigure:
    label = re.sub(r"\s*\([^()]*\)$", "", other.labels[0])
    return replace(
        claim, labels=(*claim.labels, label), same_as=(*claim.same_as, other.id, *other.same_as)
    )
