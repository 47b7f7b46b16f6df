"""What an investment is worth: present value, benefit-cost ratio, payback (the Green Book's).

Flows are an amount a year, shape (years + 1, …): year 0 first, years on the first axis, and after
it any others, draws for instance. Cash falls at the year's end, so that flow k belongs to time k.
"""

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray


def discount_factors(rates: npt.ArrayLike) -> FloatArray:
    """Factors of years 0 to n, shape (n + 1,), from the yearly rates of years 1 to n, shape (n,).

    Year 0 is 1, year k the product of 1 / (1 + rate) up to year k. Rates are fractions of 1.
    Raises ValueError where a rate is −1 or less.
    """
    yearly_rates = np.asarray(rates, np.float64)
    if yearly_rates.ndim != 1:
        raise ValueError(
            f"discount rates are one a year, shape (years,), and not {yearly_rates.shape}"
        )
    for year, rate in enumerate(yearly_rates, start=1):
        if not rate > -1:
            raise ValueError(f"a discount rate of {rate:g} in year {year}: it must be above −1")
    return np.cumprod(np.concatenate([[1.0], 1 / (1 + yearly_rates)]))


def annuity_factor(factors: npt.ArrayLike) -> float:
    """Present value of 1 in each of years 1 to n, from the ``factors`` of years 0 to n."""
    return float(np.asarray(factors, np.float64)[1:].sum())


def net_present_value(flows: npt.ArrayLike, factors: npt.ArrayLike) -> FloatArray:
    """Sum of the flows × their years' factors, shape (…).

    Raises ValueError where the two do not have the same years.
    """
    # Year by year, and not as a matrix product: a draw's sum is the same to the last digit however
    # many others there are, and however many threads.
    pairs = zip(*_align_years(flows, factors), strict=True)
    return np.asarray(sum(flow * factor for flow, factor in pairs), np.float64)


def benefit_cost_ratio(
    benefits: npt.ArrayLike, costs: npt.ArrayLike, factors: npt.ArrayLike
) -> FloatArray:
    """Present value of the benefits over that of the costs, NaN where the latter is 0.

    Raises ValueError as ``net_present_value`` does.
    """
    benefit_value, cost_value = (
        net_present_value(benefits, factors),
        net_present_value(costs, factors),
    )
    return benefit_value / np.where(cost_value == 0, np.nan, cost_value)


def payback_years(flows: npt.ArrayLike) -> FloatArray:
    """Years until the cumulative position is at or above 0 for good, shape (…).

    A straight line is drawn within the year. 0 where it never is below, inf where it is below at
    the end, NaN where a flow is.
    """
    yearly = np.asarray(flows, np.float64)
    position = years = np.zeros(yearly.shape[1:])
    for year, flow in enumerate(yearly):
        previous, position = position, position + flow
        recovered = (previous < 0) & (position >= 0)
        years = np.where(recovered, year - position / np.where(recovered, flow, 1.0), years)
    return np.select([position < 0, np.isnan(position)], [np.inf, np.nan], years)


def discounted_payback_years(flows: npt.ArrayLike, factors: npt.ArrayLike) -> FloatArray:
    """The payback of the flows × their years' factors, shape (…).

    Raises ValueError as ``net_present_value`` does.
    """
    yearly, yearly_factors = _align_years(flows, factors)
    return payback_years(yearly * yearly_factors.reshape(-1, *[1] * (yearly.ndim - 1)))


def _align_years(flows: npt.ArrayLike, factors: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    yearly, yearly_factors = np.asarray(flows, np.float64), np.asarray(factors, np.float64)
    if yearly_factors.ndim != 1 or yearly.shape[:1] != yearly_factors.shape:
        raise ValueError(
            f"flows of shape {yearly.shape} and discount factors of shape {yearly_factors.shape}: "
            "the factors are one a year, and the flows' first axis is those years"
        )
    return yearly, yearly_factors
