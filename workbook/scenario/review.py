"""Reviews of assumptions: who owns an assumption, when it was reviewed, and when it is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Review:
    """Review of an assumption.

    Args:
        owner: Who reviews it.
        reviewed: Day of the last review.
        due: Day of the next review.

    Example:
        >>> review = Review("policy team", date(2014, 7, 24), date(2015, 7, 24))
        >>> review.is_overdue(date(2015, 9, 30))
        True
    """

    owner: str
    reviewed: date
    due: date

    def is_overdue(self, day: date) -> bool:
        """Whether the next review was due before a day."""
        return self.due < day

    def as_schema(self) -> dict[str, Any]:
        """The review as it stands in a scenario's JSON schema."""
        return {
            "owner": self.owner,
            "reviewed": self.reviewed.isoformat(),
            "due": self.due.isoformat(),
        }

    @classmethod
    def from_schema(cls, schema: Mapping[str, str]) -> "Review":
        """Read a review from a scenario's JSON schema."""
        return cls(
            schema["owner"],
            date.fromisoformat(schema["reviewed"]),
            date.fromisoformat(schema["due"]),
        )
