"""The answer in sentences, what a reader must know beside it, and why a figure is missing."""

from collections.abc import Iterator

from workbook import words
from workbook.methods.backtest import Score
from workbook.methods.forecast import Forecast
from workbook.methods.interruption import LEAST_INDEPENDENT
from workbook.quarters import QUARTERS_A_YEAR, between, later, period_end, quarter_of
from workbook.topics.take_up.comparison import Comparison
from workbook.topics.take_up.detail import Detail
from workbook.topics.take_up.outlook import CURVES, Outlook
from workbook.topics.take_up.scenario import TakeUp
from workbook.topics.take_up.selection import Selection

PARTS = {
    "within": "Services themselves",
    "mix": "Mix of services",
    "interaction": "Both at once",
    "entry": "New to reporting",
    "exit": "Gone from reporting",
}
"""The parts of the change of take-up, and what a reader calls them."""

OFF = 0.08
"""How far the share inside the likely range may be from what it should be."""

ENOUGH = 8
"""Tested values from which that is worth saying."""

ONE_WINDOW = "that says nothing of where take-up is going"
OF_THE_CHANGE = ("take_up_matched", "volume_covered", *(f"change_{part}" for part in PARTS))


def month(window: str) -> str:
    """A window's last month in words: ``2014-06`` gives ``June 2014``."""
    return f"{period_end(window):%B %Y}"


def headline(compared: Comparison, ahead: Outlook) -> str:
    """The answer as a sentence that can be read out."""
    return f"{_went(compared)} {_comes(ahead)}"


def label(name: str, text: str, ahead: Outlook) -> str:
    """An indicator's label, with the target and the quarter that it is about."""
    if name == "target_quarter":
        return f"Quarter in which the forecast’s services reach {words.percent(ahead.target)}"
    if name == "probability_of_target":
        goal, end = words.percent(ahead.target), ahead.quarters[-1]
        return f"Chance that the forecast’s services are at {goal} or more in {end}"
    if name == "interval_coverage" and ahead.forecast.score.judged:
        return f"{text} ({ahead.forecast.score.judged} tested)"
    return text


def absent(name: str, ahead: Outlook) -> str:
    """What stands in place of an indicator's missing value."""
    return f"not by {ahead.quarters[-1]}" if name == "target_quarter" else "not known"


def remark(score: Score, forecast: Forecast) -> str | None:
    """What is to be said of a candidate in the record: why it failed, or why it is shown."""
    if score.failure:
        return score.failure
    if score.candidate == forecast.chosen:
        return forecast.reason
    if score.failed_origins:
        return f"failed in {score.failed_origins} of the tests"
    return None


def missing(compared: Comparison, ahead: Outlook) -> dict[str, str]:
    """Why an indicator would have no value, by its name."""
    nobody = "no service reports in both years"
    if compared.before is None:
        nobody = f"the table has no year that ends in {compared.quarter_before} to compare with"
    tested = ahead.forecast.score.cases > 0
    count = ahead.forecast.windows
    windows = "one window is" if count == 1 else f"{count} windows are"
    few = (
        "take-up had not moved in any window from which a forecast could be tested"
        if tested
        else f"{windows} too few to test a forecast against the past"
    )
    costs = nobody if compared.before is None else "no service has both costs"
    return {
        **dict.fromkeys(OF_THE_CHANGE, nobody),
        "cost_index": "the services cost nothing before" if compared.basket.services else costs,
        "total_cost_matched": costs,
        "median_cost_per_transaction": "no service has a cost per transaction",
        "target_quarter": "the central path does not come to stay there within the forecast",
        "probability_of_target": ONE_WINDOW,
        "forecast_error": few,
        "interval_coverage": few,
    }


def notes(  # noqa: PLR0913, PLR0917  a note may rest on anything that was worked out
    scenario: TakeUp,
    selection: Selection,
    compared: Comparison,
    everything: Comparison,
    ahead: Outlook,
    one: Detail,
) -> Iterator[str]:
    """What a reader must know beside the headline, a sentence each."""
    yield from _absent(compared)
    yield from _left_out(selection, compared, everything)
    yield from _unknown(selection)
    yield from _late(scenario, compared)
    yield from _overlapping(compared)
    yield _known(ahead)
    yield _chosen(scenario, ahead)
    yield from _as_shown_then(ahead)
    yield from _too_narrow(scenario, ahead)
    if ahead.panel.covered < 1:
        yield (
            f"The forecast follows the {ahead.panel.services} services that reported in every one "
            f"of its windows: {words.percent(ahead.panel.covered)} of the latest volume."
        )
    yield from _effect(one)
    yield _sources(selection)


def _went(compared: Comparison) -> str:
    change, end = compared.change, month(compared.window_after)
    if change.matched_before is None or change.matched_after is None:
        return (
            f"In the year to {end} take-up was {words.percent(change.headline_after or 0)} as "
            f"published; there is no earlier year to compare with like for like."
        )
    before, after, count = change.matched_before, change.matched_after, change.services_matched
    who = "one service" if count == 1 else f"{count:,} services"
    published = "" if change.headline_before is None else _published(compared)
    return (
        f"Like for like, digital take-up of {who} {_verb(before, after)} {words.percent(before)} "
        f"in the year to {month(compared.window_before)} to {words.percent(after)} in the year to "
        f"{end}{published}."
    )


def _published(compared: Comparison) -> str:
    change = compared.change
    before, after = change.headline_before or 0.0, change.headline_after or 0.0
    return f" (as published, {words.percent(before)} to {words.percent(after)})"


def _verb(before: float, after: float) -> str:
    if words.percent(before) == words.percent(after):
        return "stayed, from"
    return "rose from" if after > before else "fell from"


def _comes(ahead: Outlook) -> str:
    goal, end = words.percent(ahead.target), ahead.quarters[-1]
    reached = ahead.target_quarter()
    held = ahead.panel
    all_of_them = held.covered == 1
    covered = "" if all_of_them else f" throughout ({words.percent(held.covered)} of the volume)"
    now = f"at {words.percent(held.take_up[-1])} in {held.quarters[-1]}"
    who = f"Those that report{covered or ' now'}, {now},"
    if ahead.probability is None:
        return f"{who} have one window only, which says nothing of where they are going."
    chance = words.chance(ahead.probability)
    if reached is None:
        return (
            f"{who} are not forecast to be at {goal} by {end}; "
            f"the chance that they are is {chance}."
        )
    if reached <= held.quarters[-1]:
        return f"{who} have been at {goal} or more since {ahead.since(reached)}."
    return (
        f"{who} are forecast to reach {goal} in {reached}; "
        f"the chance that they are there in {end} is {chance}."
    )


def _absent(compared: Comparison) -> Iterator[str]:
    """Who reported in the window compared with, or a quarter ago, and does not in the latest."""
    counts, last, before = compared.counts, compared.after, compared.before
    if before is None:
        before = counts.ending_in(later(quarter_of(compared.window_after), -1))
    if before is None:
        return
    reported, reports = counts.reports[:, before], counts.reports[:, last]
    gone = reported & ~reports
    if gone.any():
        volume = counts.volume[:, before]
        share = float(volume[gone].sum() / volume[reported].sum())
        then, now = month(counts.windows[before]), month(compared.window_after)
        yield (
            f"{int(gone.sum()):,} of the {int(reported.sum()):,} services that reported in the "
            f"year to {then}, with {words.percent(share)} of its volume, do not in the year to "
            f"{now}: the answer is about the others."
        )


def _left_out(selection: Selection, compared: Comparison, everything: Comparison) -> Iterator[str]:
    names = list(selection.left_out.labels)
    if not names:
        return
    if not selection.left_out.reports[:, compared.after].any():
        end = month(compared.window_after)
        yield f"Left out: {'; '.join(names)}. None of them reports in the year to {end}."
        return
    with_them = everything.change.headline_after
    without = compared.change.headline_after
    if with_them is None or without is None:
        return
    yield (
        f"Left out: {'; '.join(names)}. With {'it' if len(names) == 1 else 'them'} take-up as "
        f"published is {words.percent(with_them)}, without {words.percent(without)}."
    )


def _unknown(selection: Selection) -> Iterator[str]:
    if selection.unknown:
        yield f"Not in the table, so not left out: {'; '.join(selection.unknown)}."


def _late(scenario: TakeUp, compared: Comparison) -> Iterator[str]:
    if quarter_of(compared.window_after) != scenario.quarter:
        yield (
            f"The latest figures of these services by {scenario.quarter} are those of the year to "
            f"{month(compared.window_after)}."
        )


def _known(ahead: Outlook) -> str:
    count = ahead.forecast.windows
    if count == 1:
        return f"The forecast rests on one window: {ONE_WINDOW}."
    return (
        f"The forecast rests on {count} windows that overlap by nine months: they hold what "
        f"{ahead.forecast.independent_years:.1f} independent years would."
    )


def _chosen(scenario: TakeUp, ahead: Outlook) -> str:
    forecast = ahead.forecast
    failed = f"The curve asked for is not shown: {forecast.failure}. " if forecast.failure else ""
    name = CURVES[forecast.chosen]
    if scenario.curve == forecast.chosen:
        return f"{failed}Forecast: {name}, as asked for."
    return f"{failed}Forecast: {name}. {forecast.reason[:1].upper()}{forecast.reason[1:]}."


def _as_shown_then(ahead: Outlook) -> Iterator[str]:
    """The winner was picked by its record, which flatters it; the choice itself has one too."""
    shown, own = ahead.forecast.shown.error_relative, ahead.forecast.score.error_relative
    if shown is not None and own is not None and round(shown, 2) > round(own, 2):
        yield (
            f"What would have been shown at the time, by what was known then, had an error of "
            f"{shown:.2f} of “no change”: the curve shown looks better ({own:.2f}) because it was "
            "picked by its record."
        )


def _too_narrow(scenario: TakeUp, ahead: Outlook) -> Iterator[str]:
    """The record of the likely range beside its aim, where it is off."""
    score = ahead.forecast.score
    if score.coverage is None or score.judged < ENOUGH:
        return
    low, high = (max(0.0, scenario.interval - OFF), min(1.0, scenario.interval + OFF))
    if not low <= score.coverage <= high:
        said = "narrow" if score.coverage < low else "wide"
        yield (
            f"The {words.percent(scenario.interval)} range held {words.percent(score.coverage)} of "
            f"{score.judged} past values (aim: {words.percent(low)} to {words.percent(high)}): it "
            f"is too {said} for these services."
        )


def _overlapping(compared: Comparison) -> Iterator[str]:
    if compared.before is None:
        return
    quarters = between(quarter_of(compared.window_before), quarter_of(compared.window_after))
    if quarters < QUARTERS_A_YEAR:
        shared = 12 - 3 * quarters
        yield f"The two years compared share {shared} months: their change is that of the rest."


def _effect(one: Detail) -> Iterator[str]:
    effect = one.effect
    if effect is None:
        return
    if effect.failure:
        yield f"{one.label}: the effect of going live is not known, because {effect.failure}."
    elif effect.too_narrow:
        yield (
            f"{one.label}: the effect of going live rests on {effect.independent:.1f} independent "
            f"points. Below {LEAST_INDEPENDENT} its interval is too narrow."
        )


def _sources(selection: Selection) -> str:
    sources = selection.chosen.sources
    return f"Read from: {'; '.join(sources)}." if sources else "The table names no source."
