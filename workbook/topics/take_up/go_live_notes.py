"""Facts and notes on the effect of going live, in words."""

from collections.abc import Iterator

import numpy as np

from workbook.methods.interrupted_time_series import EffectEstimate
from workbook.periods import QUARTERS_PER_YEAR
from workbook.text.dates import format_month
from workbook.text.grammar import capitalise_first, format_count, join_items
from workbook.text.numbers import format_share
from workbook.topics.take_up.go_live import EFFECT_LEVEL, ControlComparison, GoLiveEffect

_LABEL = "Effect of going live"
_LEVEL_TEXT = f"{EFFECT_LEVEL:.0%} confidence interval"


def describe_go_live_effect(effect: GoLiveEffect | None) -> Iterator[tuple[str, str]]:
    """Describe how the odds of a digital transaction changed, alone and against controls.

    Args:
        effect: The effect, None if no public phase is dated.

    Yields:
        A label and its value in words.
    """
    if effect is None:
        return
    if effect.series is None:
        yield _LABEL, f"cannot be estimated: {effect.outside}"
        return
    series = effect.series
    if series.level_change is None or series.slope_change is None or series.counterfactual is None:
        yield _LABEL, f"cannot be told: {series.failure}"
    else:
        yield (
            "Change in the odds of a digital transaction, over the year after going live",
            _describe_odds(series.level_change, 1),
        )
        yield (
            "Further change in the odds, each year",
            _describe_odds(series.slope_change, QUARTERS_PER_YEAR),
        )
        without = series.counterfactual
        fitted_text, trend_text, low_text, high_text = (
            format_share(share)
            for share in (series.fitted[-1], without.estimate, without.low, without.high)
        )
        trend = f"{trend_text} on the trend before going live"
        value = f"{fitted_text}, compared with {trend} ({_LEVEL_TEXT}: {low_text} to {high_text})"
        yield "Latest fitted take-up", value
    if effect.controls is not None and (
        not series.failure or effect.controls.estimated_effect is not None
    ):
        yield "Compared with control services", _describe_controls(effect.controls)


def go_live_notes(label: str, effect: GoLiveEffect | None) -> Iterator[str]:
    """Note why an effect cannot be told, or what its interval allows for.

    Args:
        label: The service's name.
        effect: The effect, None if no public phase is dated.

    Yields:
        A note, or none.
    """
    if effect is None:
        return
    if effect.series is None:
        yield (
            f"{label}: the effect of going live ({effect.phase}, {format_month(effect.month)})"
            f" cannot be estimated. {capitalise_first(effect.outside)}."
        )
    elif effect.series.failure:
        reason = capitalise_first(effect.series.failure)
        yield f"{label}: the effect of going live cannot be told. {reason}."
    else:
        yield (
            f"{label}: the effect of going live is estimated from"
            f" {len(effect.series.fitted)} periods, which overlap. They hold as much information as"
            f" {effect.series.independent_years:g} separate years. Its interval allows for that,"
            " but not for anything else that happened at the same time."
        )


def _describe_odds(effect: EffectEstimate, quarters: int) -> str:
    """Odds ratio of an effect in logits a quarter, with its interval and whether it tells."""
    ratio, low, high = (
        float(np.exp(quarters * logits)) for logits in (effect.estimate, effect.low, effect.high)
    )
    verdict = ", which includes no change" if low <= 1 <= high else ""
    return (
        f"× {_format_ratio(ratio)} ({_LEVEL_TEXT}: {_format_ratio(low)} to"
        f" {_format_ratio(high)}{verdict})"
    )


_LARGEST_RATIO = 100.0
"""Odds ratio above which, or below 1 over which, only the order of size is told."""


def _format_ratio(ratio: float) -> str:
    if ratio > _LARGEST_RATIO:
        return f"more than {_LARGEST_RATIO:.0f}"
    if ratio < 1 / _LARGEST_RATIO:
        return f"less than {1 / _LARGEST_RATIO:.2f}"
    return f"{ratio:.2f}"


def _describe_controls(controls: ControlComparison) -> str:
    if controls.difference is None:
        return (
            "there are none: no other service of its department or function reports in all these"
            " periods without going live itself, with 1% to 99% of transactions digital"
        )
    names = f"{format_count(len(controls.labels), 'service')}: {join_items(controls.labels)}"
    if controls.difference.effect is None:
        return f"cannot be told: {controls.difference.failure} ({names})"
    return f"odds changed {_describe_odds(controls.difference.effect, 1)} relative to {names}"
