"""The figures that were printed, checked: a row for each claim, and how many came to what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import pandas as pd

from workbook.claims import Verdict, check, figures
from workbook.claims.verdicts import NOT_CHECKABLE, NOT_REPRODUCED, REPRODUCED, ROUNDED, Result

CLAIMS = ("id", "claim", "printed_as", "verdict", "because")
REFUTED = ("id", "claim", "printed_as", "because")
COUNTS: dict[Result, str] = {
    NOT_REPRODUCED: "not_reproduced",
    ROUNDED: "within_rounding",
    REPRODUCED: "reproduced",
    NOT_CHECKABLE: "not_checkable",
}
"""The verdicts, first what does not hold, each with the column that counts it."""

HOLD: tuple[Result, ...] = (REPRODUCED, ROUNDED)
"""Verdicts of a figure that holds."""


def verdicts(tables: Mapping[str, pd.DataFrame]) -> list[Verdict]:
    """A verdict on every claim that was printed by the quarter that the tables are of."""
    return check(tables["claims"], figures(tables))


@dataclass(frozen=True)
class Counted:
    """How many claims came to each verdict; ``repeated`` hold by the same report alone."""

    counts: Mapping[Result, int]
    repeated: int

    @classmethod
    def of(cls, found: Sequence[Verdict]) -> Self:
        """The counts of these verdicts."""
        said = [verdict.verdict for verdict in found]
        repeated = [each for each in found if each.repeated and each.verdict in HOLD]
        return cls({verdict: said.count(verdict) for verdict in COUNTS}, len(repeated))

    @property
    def holding(self) -> int:
        """How many come out as printed, or within rounding."""
        return sum(self.counts[verdict] for verdict in HOLD)


def reports(tables: Mapping[str, pd.DataFrame]) -> str:
    """The reports in which the claims were printed, blank where there is none."""
    return "; ".join(tables["claims"]["source"].unique())


def table(found: Iterable[Verdict]) -> pd.DataFrame:
    """Every claim with what came of it, and its working or what is missing for one."""
    return _frame(found, CLAIMS)


def refuted(found: Iterable[Verdict]) -> pd.DataFrame:
    """The claims that are not reproduced, with the working."""
    return _frame((each for each in found if each.verdict == NOT_REPRODUCED), REFUTED)


def sections(found: Sequence[Verdict]) -> pd.DataFrame:
    """How many claims of each section of the report came to each verdict, in the report's order."""
    rows = {}
    for section in dict.fromkeys(each.section for each in found):
        counted = Counted.of([each for each in found if each.section == section])
        rows[section] = (section, *(counted.counts[verdict] for verdict in COUNTS))
    columns = ["section", *COUNTS.values()]
    return pd.DataFrame(rows.values(), columns=columns).astype(dict.fromkeys(columns[1:], "int64"))


def _frame(found: Iterable[Verdict], columns: tuple[str, ...]) -> pd.DataFrame:
    rows = [{**vars(each), "because": each.working or f"Missing: {each.missing}"} for each in found]
    return pd.DataFrame(rows, columns=list(columns)).astype("str")
