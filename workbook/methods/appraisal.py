"""Appraisal of an investment: present value, benefit-cost ratio and payback.

The definitions are those of the Green Book (HM Treasury). Flows are amounts a year of shape
(years + 1, …): the first axis is the year, starting with year 0. Further axes are free, for
example simulations. Cash falls at the end of a year, so flow k belongs to time k.
"""

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray


def discount_factors(rates: npt.ArrayLike) -> FloatArray:
    """Discount factor for each year, from yearly discount rates.

    The factor is 1 in year 0. In year k it is the product of 1 / (1 + rate) over years 1 to k, as
    in the Green Book, annex A6 (HM Treasury, 2022).

    Args:
        rates: Discount rates of years 1 to n as fractions of 1, shape (n,).

    Returns:
        Factors of years 0 to n, shape (n + 1,).

    Raises:
        ValueError: If ``rates`` is not one-dimensional, or a rate is −1 or less.

    Example:
        >>> discount_factors([0.035, 0.035]).round(6)
        array([1.      , 0.966184, 0.933511])
    """
    yearly_rates = np.asarray(rates, np.float64)
    if yearly_rates.ndim != 1:
        raise ValueError(
            f"discount rates have shape {yearly_rates.shape}: it must be (years,), one rate a year"
        )
    for year, rate in enumerate(yearly_rates, start=1):
        if not rate > -1:
            raise ValueError(f"discount rate in year {year} is {rate:g}: it must be above −1")
    return np.cumprod(np.concatenate([[1.0], 1 / (1 + yearly_rates)]))


def mid_year_factors(factors: npt.ArrayLike) -> FloatArray:
    """Discount factors for cash that falls in the middle of a year.

    The factor of year k is the geometric mean of those of years k − 1 and k. That is half a year at
    the year's own rate. Year 0 is not discounted.

    Args:
        factors: Discount factors at the end of years 0 to n, shape (n + 1,).

    Returns:
        Factors in the middle of years 0 to n, shape (n + 1,).

    Example:
        >>> mid_year_factors(discount_factors([0.035, 0.035])).round(6)
        array([1.      , 0.982946, 0.949707])
    """
    year_end = np.asarray(factors, np.float64)
    return np.concatenate([year_end[:1], np.sqrt(year_end[:-1] * year_end[1:])])


def annuity_factor(factors: npt.ArrayLike) -> float:
    """Present value of 1 in each of years 1 to n.

    Args:
        factors: Discount factors of years 0 to n, shape (n + 1,).

    Returns:
        Sum of the factors of years 1 to n.

    Example:
        >>> round(annuity_factor(discount_factors([0.035] * 10)), 6)
        8.316605
    """
    return float(np.asarray(factors, np.float64)[1:].sum())


def net_present_value(flows: npt.ArrayLike, factors: npt.ArrayLike) -> FloatArray:
    """Net present value: the sum of each year's flow times its discount factor.

    Args:
        flows: Amounts a year in £, shape (years + 1, …).
        factors: Discount factors of the same years, shape (years + 1,).

    Returns:
        Present value in £, shape (…).

    Raises:
        ValueError: If flows and factors do not cover the same years.

    Example:
        An outlay of £1 million, then £300,000 in each of five years:

        >>> factors = discount_factors([0.035] * 5)
        >>> float(net_present_value([-1_000_000] + [300_000] * 5, factors).round(2))
        354515.71
    """
    # A sum year by year gives each draw the same last digit whatever the number of draws or
    # threads. A matrix product does not.
    pairs = zip(*_align_years(flows, factors), strict=True)
    return np.asarray(sum(flow * factor for flow, factor in pairs), np.float64)


def benefit_cost_ratio(
    benefits: npt.ArrayLike, costs: npt.ArrayLike, factors: npt.ArrayLike
) -> FloatArray:
    """Benefit-cost ratio: present value of benefits divided by that of costs.

    Args:
        benefits: Benefits a year in £, shape (years + 1, …).
        costs: Costs a year in £, positive, in the same shape.
        factors: Discount factors of the same years, shape (years + 1,).

    Returns:
        Ratio, shape (…). NaN where the present value of the costs is 0.

    Raises:
        ValueError: If flows and factors do not cover the same years.

    Example:
        >>> factors = discount_factors([0.035] * 5)
        >>> benefits, costs = [0] + [300_000] * 5, [1_000_000] + [0] * 5
        >>> float(benefit_cost_ratio(benefits, costs, factors).round(6))
        1.354516
    """
    benefit_value, cost_value = (
        net_present_value(benefits, factors),
        net_present_value(costs, factors),
    )
    return benefit_value / np.where(cost_value == 0, np.nan, cost_value)


def payback_years(flows: npt.ArrayLike) -> FloatArray:
    """Years until the cumulative flow reaches 0 and stays there.

    Within a year the cumulative flow is taken as a straight line.

    Args:
        flows: Amounts a year in £, shape (years + 1, …).

    Returns:
        Years, shape (…). 0 where the cumulative flow is never negative, inf where it is negative at
        the end, NaN where a flow is NaN.

    Example:
        >>> float(payback_years([-1_000_000] + [300_000] * 5).round(4))
        3.3333
    """
    yearly = np.asarray(flows, np.float64)
    position = years = np.zeros(yearly.shape[1:])
    for year, flow in enumerate(yearly):
        previous, position = position, position + flow
        recovered = (previous < 0) & (position >= 0)
        years = np.where(recovered, year - position / np.where(recovered, flow, 1.0), years)
    return np.select([position < 0, np.isnan(position)], [np.inf, np.nan], years)


def discounted_payback_years(flows: npt.ArrayLike, factors: npt.ArrayLike) -> FloatArray:
    """Payback of the discounted flows.

    Args:
        flows: Amounts a year in £, shape (years + 1, …).
        factors: Discount factors of the same years, shape (years + 1,).

    Returns:
        Years, shape (…), with the special values of ``payback_years``.

    Raises:
        ValueError: If flows and factors do not cover the same years.

    Example:
        >>> factors = discount_factors([0.035] * 5)
        >>> float(discounted_payback_years([-1_000_000] + [300_000] * 5, factors).round(4))
        3.6101
    """
    yearly, yearly_factors = _align_years(flows, factors)
    return payback_years(yearly * yearly_factors.reshape(-1, *[1] * (yearly.ndim - 1)))


def _align_years(flows: npt.ArrayLike, factors: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Flows and factors as floats that cover the same years."""
    yearly, yearly_factors = np.asarray(flows, np.float64), np.asarray(factors, np.float64)
    if yearly_factors.ndim != 1 or yearly.shape[:1] != yearly_factors.shape:
        raise ValueError(
            f"flows have shape {yearly.shape} and discount factors {yearly_factors.shape}:"
            " both must cover the same years, with one factor a year"
        )
    return yearly, yearly_factors
