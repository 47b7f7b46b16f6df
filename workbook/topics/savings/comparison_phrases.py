"""Phrases that compare benefits with costs, and that give the range of the simulations."""

from dataclasses import dataclass

from workbook.text.numbers import format_estimate, format_simulated_range

_BREAK_EVEN_SHARE = 0.1
"""Fraction of the distance from P10 to P90 within which a net present value is about zero."""

_EVEN_PROBABILITY = 0.5


@dataclass(frozen=True)
class NetBenefit:
    """A net present value in pounds, with what the simulations say about it.

    Attributes:
        npv: Net present value.
        low: P10 of the simulations.
        high: P90 of the simulations.
        gain_probability: Probability that it is positive, None where there is none.
        is_past: Whether its condition lies in the past.
    """

    npv: float
    low: float
    high: float
    gain_probability: float | None = None
    is_past: bool = False

    @property
    def is_about_zero(self) -> bool:
        """Whether it is too close to zero to tell a gain from a loss.

        It is if it lies within a tenth of the distance from P10 to P90, or if most simulations have
        the other sign.
        """
        if not self.low < 0 < self.high:
            return False
        most_disagree = self.gain_probability is not None and (self.npv > 0) != (
            self.gain_probability > _EVEN_PROBABILITY
        )
        return most_disagree or abs(self.npv) <= _BREAK_EVEN_SHARE * (self.high - self.low)

    @property
    def stated_range(self) -> tuple[float, float]:
        """P10 and P90 of what ``describe_difference`` states: of a loss where costs are higher."""
        return (-self.high, -self.low) if self.is_stated_as_loss else (self.low, self.high)

    def format_like(self, other: "NetBenefit") -> str:
        """Give the amount and its range after a sentence that has described another one.

        Args:
            other: The one described. Where it is a loss, a loss is positive here too.

        Returns:
            Such as ``£130 million (−£860 million to £1.9 billion)``.
        """
        npv, low, high = self.npv, self.low, self.high
        if other.is_stated_as_loss:
            npv, low, high = -npv, -high, -low
        range_text = format_simulated_range(low, high, "GBP")
        return f"{format_estimate(npv, 'GBP')} ({range_text})"

    def compare_again(self) -> str:
        """Say which is higher after a sentence that has named benefits and costs."""
        if self.is_about_zero:
            return "either could be higher"
        if not self.npv:
            return f"they would {self._be} equal"
        return self._compare_with_costs()

    def describe_difference(self) -> str:
        """Say by how much one exceeds the other, or the difference where neither clearly does."""
        amount = format_estimate(self.npv, "GBP")
        if self.is_about_zero:
            return f"benefits less costs would {self._be} {amount}"
        if not self.npv:
            return f"benefits would {self._be} equal to costs"
        return f"{self._compare_with_costs()} by {amount.removeprefix('−')}"

    def describe_simulations(self) -> str:
        """The range of the simulations in brackets, of what ``describe_difference`` states."""
        return describe_simulations(*self.stated_range)

    @property
    def is_stated_as_loss(self) -> bool:
        """Whether it is said by how much costs exceed benefits."""
        return self.npv < 0 and not self.is_about_zero

    @property
    def _be(self) -> str:
        return "have been" if self.is_past else "be"

    def _compare_with_costs(self) -> str:
        """Say whether benefits or costs are higher: ``costs would exceed benefits``."""
        higher, lower = ("benefits", "costs") if self.npv > 0 else ("costs", "benefits")
        return f"{higher} would {'have exceeded' if self.is_past else 'exceed'} {lower}"


def describe_simulations(low: float, high: float) -> str:
    """Give P10 and P90 of simulated pounds in brackets.

    Args:
        low: P10.
        high: P90.

    Returns:
        Such as ``(8 in 10 simulations: £150 million to £340 million)``.
    """
    if low == high:
        return "(the same in every simulation)"
    return f"(8 in 10 simulations: {format_simulated_range(low, high, 'GBP')})"


def describe_simulated_ends(low: float, high: float) -> str:
    """Say between which amounts most simulations lie.

    Args:
        low: P10.
        high: P90.

    Returns:
        Such as ``8 in 10 simulations lie between £150 million and £340 million``.
    """
    ends = format_simulated_range(low, high, "GBP").replace(" to ", " and ")
    return f"8 in 10 simulations lie between {ends}"
