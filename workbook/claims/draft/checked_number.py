"""A number of a draft, what it may state, and what comparing the two shows."""

from dataclasses import dataclass
from typing import Any, Final, Literal

from workbook.claims.draft.draft_numbers import DraftNumber
from workbook.claims.draft.matching import Proposal

DraftStatus = Literal["matched", "different", "unsupported"]
MATCHED: Final = "matched"
DIFFERENT: Final = "different"
UNSUPPORTED: Final = "unsupported"

MatchBasis = Literal["recomputed", "as published", "model", ""]
RECOMPUTED: Final = "recomputed"
AS_PUBLISHED: Final = "as published"
MODEL: Final = "model"

_SCORE_DIGITS: Final = 3


@dataclass(frozen=True)
class Finding:
    """What comparing a number with a figure shows.

    Attributes:
        status: ``matched``, ``different`` or ``unsupported``.
        basis: What a match rests on: ``recomputed`` from data or from the report's own figures,
            ``as published`` where nothing recomputes the figure, or a ``model``. Empty where
            nothing matches.
        working: How the two compare, in sentences.
    """

    status: DraftStatus
    basis: MatchBasis
    working: str

    @property
    def label(self) -> str:
        """The status with the basis, such as ``matched, as published``."""
        return f"{self.status}, {self.basis}" if self.basis else self.status


@dataclass(frozen=True)
class Confirmation:
    """A figure that a person confirmed for a number of a draft.

    Attributes:
        figure: The figure's identifier, or ``none``.
        confirmed_by: Who confirmed it.
        confirmed_on: The day, such as ``2014-07-18``.
        status: The status of the number on that day.
        number: The number as it was printed.
        sentence: Its sentence.
    """

    figure: str
    confirmed_by: str
    confirmed_on: str
    status: str
    number: str
    sentence: str


@dataclass(frozen=True)
class CheckedNumber:
    """A number of a draft with what it may state.

    Attributes:
        number: The number.
        finding: What comparing it with the first proposal shows.
        proposals: The figures that it may state, the best first, three at most.
        confirmation: What a person confirmed, None where nobody did.
    """

    number: DraftNumber
    finding: Finding
    proposals: tuple[Proposal, ...]
    confirmation: Confirmation | None = None

    def as_dict(self) -> dict[str, Any]:
        """Give the number as ``claims FILE --json`` prints it."""
        number, finding, confirmation = self.number, self.finding, self.confirmation
        return {
            "printed": number.printed,
            "value": number.value,
            "unit": number.unit,
            "wording": number.wording,
            "sentence": number.sentence,
            "heading": number.headings[-1] if number.headings else "",
            "status": finding.status,
            "basis": finding.basis,
            "working": finding.working,
            "proposals": [_describe_proposal(proposal) for proposal in self.proposals],
            "confirmed": {
                "figure": confirmation.figure,
                "by": confirmation.confirmed_by,
                "on": confirmation.confirmed_on,
                "status": confirmation.status,
            }
            if confirmation
            else None,
        }


def _describe_proposal(proposal: Proposal) -> dict[str, Any]:
    figure = proposal.figure
    return {
        "id": figure.id,
        "label": figure.labels[0],
        "value": figure.value,
        "computed": figure.verdict.computed if figure.verdict else None,
        "unit": figure.unit,
        "source": figure.source,
        "origin": figure.origin,
        "section": figure.section,
        "same_as": list(figure.same_as),
        "score": round(proposal.score, _SCORE_DIGITS),
        "words": round(proposal.words, _SCORE_DIGITS),
        "same_value": proposal.is_equal,
        "same_unit": proposal.unit == 1,
        "same_section": proposal.section == 1,
        "other_year": proposal.is_other_year,
    }
