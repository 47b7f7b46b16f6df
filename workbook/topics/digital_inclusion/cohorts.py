"""Age-structured comparison: cohorts that grow older, and learn in proportion to those left.

The projection takes a constant number of people who gain the skills on their own. Here that number
holds in the first year only. Part of it is the change of generations: older people, who lack the
skills most often, die, and young people take their place. The rest learn, and that is a constant
share of the people who are left.
"""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import expit, logit

from workbook.methods.arrays import FloatArray
from workbook.topics.digital_inclusion.data import DEATHS, OLDER_ADULTS
from workbook.topics.digital_inclusion.projection import Values, net_per_start

_BAND_PATTERN = re.compile(r"UK adults aged (\d+)(?:-\d+| and over)")
_USES_INTERNET = "uses the internet"
_LEAST_SHARE = 1e-6
"""Published shares are kept this far from 0 and 1, where odds have no meaning."""
_SHARE_DECIMALS = 10
"""Decimals of a share, so that 1 − 0.97 is 0.03."""
_ODDS_LIMIT = 50.0
"""Largest shift of the logarithm of the odds, enough for any number of people."""


@dataclass(frozen=True)
class AgeProfile:
    """Published figures by age.

    Attributes:
        band_labels: Labels of the age bands, from young to old; the last has no upper end.
        band_starts: First age of each band, in years.
        offline_shares: Share of each band who do not use the internet.
        older_adults: People in the last band.
        deaths: Deaths in a year, all taken to be of people in the last band.
    """

    band_labels: tuple[str, ...]
    band_starts: tuple[int, ...]
    offline_shares: tuple[float, ...]
    older_adults: float
    deaths: float

    @property
    def band_positions(self) -> list[int]:
        """Position of each band's first age among the single years of age."""
        return [start - self.band_starts[0] for start in self.band_starts]


@dataclass(frozen=True)
class AgeProjection:
    """People without the skills by year and age.

    Attributes:
        profile: Published figures by age.
        people: People of each year (rows) and single year of age (columns, the last one open).
        adults: Adults at the start by single year of age.
        learning_rate: Share of the people left who learn on their own in a year.
    """

    profile: AgeProfile
    people: FloatArray
    adults: FloatArray
    learning_rate: float

    @property
    def totals(self) -> FloatArray:
        """People of all ages in each year."""
        totals: FloatArray = self.people.sum(axis=1)
        return totals

    def band_totals(self, by_age: FloatArray) -> FloatArray:
        """Sum single years of age within each age band."""
        totals: FloatArray = np.add.reduceat(by_age, self.profile.band_positions)
        return totals


def read_age_profile(observed: pd.DataFrame, ageing: pd.DataFrame) -> AgeProfile | None:
    """Read the published figures by age.

    Args:
        observed: The table of observed figures.
        ageing: The table of figures on the ageing of the population.

    Returns:
        The latest figures, or None if a figure is missing.
    """
    bands: dict[int, tuple[str, float]] = {}
    columns = (observed[name].tolist() for name in ("measure", "population", "share"))
    for measure, population, share in zip(*columns, strict=True):
        match = _BAND_PATTERN.fullmatch(population) if measure == _USES_INTERNET else None
        if match and not pd.isna(share):
            bands[int(match[1])] = (
                population.removeprefix("UK adults aged "),
                round(1 - share, _SHARE_DECIMALS),
            )
    counts = dict(zip(ageing["measure"], ageing["people"], strict=True))
    starts = sorted(bands)
    if len(starts) < 2 or not counts.keys() >= {OLDER_ADULTS, DEATHS}:  # noqa: PLR2004  young, old
        return None
    return AgeProfile(
        tuple(bands[start][0] for start in starts),
        tuple(starts),
        tuple(bands[start][1] for start in starts),
        float(counts[OLDER_ADULTS]),
        float(counts[DEATHS]),
    )


def project_by_age(values: Values, profile: AgeProfile) -> AgeProjection:
    """Project the people without the skills by single year of age.

    The adults below the last band are spread evenly over their ages. The ages differ at the start
    by the odds published for internet use, shifted alike so that the total is the scenario's. Each
    year everybody grows a year older, and the youngest enter with the share of the youngest at the
    start. Those who die are as likely to lack the skills as their band.

    Args:
        values: The scenario's value of each parameter, by name.
        profile: Published figures by age.

    Returns:
        The projection, a row for each year from the baseline to the target year.
    """
    adults = _adults_by_age(values["adults"], profile)
    shares = _shares_at_start(values["baseline_people"], adults, profile)
    people, entrants = shares * adults, shares[0] * adults[0]
    death_rate = min(1.0, profile.deaths / profile.older_adults)
    lost_by_ageing = people.sum() - _grow_older(people, entrants, death_rate).sum()
    learning_rate = float(
        np.clip((values["unaided_gain"] - lost_by_ageing) / max(people.sum(), 1.0), 0.0, 1.0)
    )
    net_helped, still_helped = values["programme_starts"] * net_per_start(values), 0.0
    rows = [people]
    for _ in range(values["baseline_year"], values["target_year"]):
        relapsed = values["relapse_rate"] * still_helped
        older = _grow_older(people, entrants, death_rate)
        total = max(0.0, older.sum() - learning_rate * people.sum() - net_helped + relapsed)
        people = older * (total / older.sum()) if older.sum() else older
        still_helped += net_helped - relapsed
        rows.append(people)
    return AgeProjection(profile, np.array(rows), adults, learning_rate)


def _adults_by_age(adults: float, profile: AgeProfile) -> FloatArray:
    """Adults by single year of age, the last one open."""
    older = min(profile.older_adults, adults)
    younger_ages = profile.band_starts[-1] - profile.band_starts[0]
    return np.array([*[(adults - older) / younger_ages] * younger_ages, older])


def _shares_at_start(total: float, adults: FloatArray, profile: AgeProfile) -> FloatArray:
    """Share without the skills by age: the published odds, shifted alike to give the total."""
    if not 0 < total < adults.sum():
        return np.full(len(adults), 1.0 if total else 0.0)
    widths = np.diff([*profile.band_positions, len(adults)])
    band_shares = np.clip(profile.offline_shares, _LEAST_SHARE, 1 - _LEAST_SHARE)
    log_odds = logit(np.repeat(band_shares, widths))
    shift = brentq(
        lambda shift: float(adults @ expit(log_odds + shift)) - total, -_ODDS_LIMIT, _ODDS_LIMIT
    )
    shares_at_start: FloatArray = expit(log_odds + shift)
    return shares_at_start


def _grow_older(people: FloatArray, entrants: float, death_rate: float) -> FloatArray:
    """People by age a year later, before anybody learns."""
    older = np.concatenate([[entrants], people[:-1]])
    older[-1] += people[-1] * (1 - death_rate)
    return older
