"""The verdict on a claim."""

from dataclasses import dataclass
from typing import Any, Final, Literal

from workbook.tables import TableIssue

VerdictStatus = Literal[
    "reproduced", "reproduced within rounding", "not reproduced", "not checkable"
]
REPRODUCED: Final = "reproduced"
REPRODUCED_WITHIN_ROUNDING: Final = "reproduced within rounding"
NOT_REPRODUCED: Final = "not reproduced"
NOT_CHECKABLE: Final = "not checkable"


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
        computed: The recomputed figure, or None where the claim is not checkable.
        working: How the figure was recomputed.
        missing: What is missing where the claim is not checkable.
        issue: The error in the claim's own row, if there is one.
        repeated: Whether the figure rests only on the same figure elsewhere in the report.
    """

    id: str
    section: str
    claim: str
    printed_as: str
    printed: float | None
    unit: str
    verdict: VerdictStatus
    computed: float | None = None
    working: str = ""
    missing: str = ""
    issue: TableIssue | None = None
    repeated: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Give the verdict as ``claims --json`` prints it."""
        names = ("id", "claim", "printed", "computed", "verdict", "working", "missing")
        return {name: getattr(self, name) for name in names}
