"""The verdict on a claim, and what kind of finding it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from workbook.tables import TableIssue
from workbook.text.quoting import quote_value
from workbook.text.suggestions import describe_choices

VerdictStatus = Literal[
    "reproduced", "reproduced within rounding", "not reproduced", "not checkable"
]
REPRODUCED: Final = "reproduced"
REPRODUCED_WITHIN_ROUNDING: Final = "reproduced within rounding"
NOT_REPRODUCED: Final = "not reproduced"
NOT_CHECKABLE: Final = "not checkable"

FindingKind = Literal[
    "confirmed by other data",
    "consistent within the report",
    "within revisions",
    "contradicted",
    "plan not met",
    "not checkable",
]
CONFIRMED: Final = "confirmed by other data"
CONSISTENT: Final = "consistent within the report"
WITHIN_REVISIONS: Final = "within revisions"
CONTRADICTED: Final = "contradicted"
PLAN_NOT_MET: Final = "plan not met"

VERDICTS_OF_KIND: Mapping[FindingKind, tuple[VerdictStatus, ...]] = MappingProxyType(
    {
        CONFIRMED: (REPRODUCED, REPRODUCED_WITHIN_ROUNDING),
        CONSISTENT: (REPRODUCED, REPRODUCED_WITHIN_ROUNDING),
        WITHIN_REVISIONS: (NOT_CHECKABLE,),
        CONTRADICTED: (NOT_REPRODUCED,),
        PLAN_NOT_MET: (NOT_REPRODUCED,),
        NOT_CHECKABLE: (
            NOT_CHECKABLE,
            REPRODUCED,
            REPRODUCED_WITHIN_ROUNDING,
            NOT_REPRODUCED,
        ),
    }
)
"""The verdicts that a finding of each kind can have.

A figure is reproduced where the recomputed one agrees with it: the finding says whether the check
used data from outside the report. It is not reproduced where the data refute it, or where a plan
was not met. Everything else is not checkable: data of another date neither refute nor reproduce it.
A finding that is not checkable can have any verdict: one reading of a figure that the report leaves
undefined neither confirms nor refutes it.
"""


@dataclass(frozen=True)
class ClaimVerdict:
    """The result of checking one claim.

    Attributes:
        id: The claim's identifier.
        section: The section of the report that prints it.
        claim: What the report says.
        printed_as: The figure as the report words it.
        printed: The published figure in ``unit``, or None where the table has no number.
        unit: The unit of ``printed`` and ``computed``.
        verdict: Whether the figure was reproduced.
        kind: What kind of finding it is.
        computed: The recomputed figure, or None where the claim is not checkable.
        working: How the figure was recomputed.
        missing: What is missing where the claim is not checkable, or what the report leaves
            undefined.
        note: What limits the finding, in sentences. Often empty.
        conflict: What else the report or its strategy says that the figure does not agree with.
        is_repetition: Whether the check only found the same figure printed elsewhere in the report.
        data: The data used from outside the report, each with its date.
        issue: The error in the claim's own row, if there is one.

    Raises:
        ValueError: The kind is unknown, or cannot have this verdict.
    """

    id: str
    section: str
    claim: str
    printed_as: str
    printed: float | None
    unit: str
    verdict: VerdictStatus
    kind: FindingKind
    computed: float | None = None
    working: str = ""
    missing: str = ""
    note: str = ""
    conflict: str = ""
    is_repetition: bool = False
    data: tuple[str, ...] = ()
    issue: TableIssue | None = None

    def __post_init__(self) -> None:
        if self.kind not in VERDICTS_OF_KIND:
            choices = describe_choices(get_args(FindingKind))
            msg = f"{self.id}: {quote_value(self.kind)} is not a kind of finding: use {choices}"
            raise ValueError(msg)
        if self.verdict not in VERDICTS_OF_KIND[self.kind]:
            msg = f'{self.id}: "{self.kind}" cannot be "{self.verdict}"'
            raise ValueError(msg)

    @property
    def evidence(self) -> str:
        """The working, what limits it, what conflicts with it, and the data with their dates."""
        return _join_sentences(self.working, *self._limits)

    @property
    def explanation(self) -> str:
        """The working, what is missing, if anything, and the rest of the evidence."""
        missing = f"Missing: {self.missing}" if self.missing else ""
        return _join_sentences(self.working, missing, *self._limits)

    @property
    def is_undefined(self) -> bool:
        """Whether a figure was compared that the report leaves undefined."""
        return self.kind == NOT_CHECKABLE != self.verdict

    @property
    def _limits(self) -> tuple[str, ...]:
        data = f"Data: {'; '.join(self.data)}" if self.data else ""
        return self.note, self.conflict, data

    def as_dict(self) -> dict[str, Any]:
        """Give the verdict as ``claims --json`` prints it."""
        names = ("id", "claim", "printed", "computed", "verdict", "kind")
        fields = {name: getattr(self, name) for name in names}
        return {**fields, "working": self.evidence, "missing": self.missing}


def _join_sentences(*parts: str) -> str:
    """Join texts by full stops, without one at the end."""
    return ". ".join(part.rstrip(".") for part in parts if part)
