"""What delivery says in words: the headline, and what must be known beside it."""

from collections.abc import Iterator
from datetime import date

from workbook import words
from workbook.methods.survival import Survival
from workbook.quarters import period_end
from workbook.topics.delivery import sold
from workbook.topics.delivery.commitments import counts
from workbook.topics.delivery.course import NO, NOT_KNOWN, YES
from workbook.topics.delivery.phases import LIVE
from workbook.topics.delivery.remarks import many, services_notes
from workbook.topics.delivery.selection import Selection
from workbook.topics.delivery.services import Services


def headline(selection: Selection, services: Services) -> str:
    """The answer as a sentence or two that can be read out."""
    return " ".join([*_live(services), *_course(selection)])


def notes(selection: Selection, services: Services, *, brought: bool) -> Iterator[str]:
    """What must be known beside the headline, a sentence or two each."""
    yield from _off_course(selection)
    yield from _untold(selection)
    yield from services_notes(services, selection.day)
    yield from _sales(selection, brought=brought)


def _live(services: Services) -> Iterator[str]:
    """How many services are live, by the account that is nearest to what is published."""
    found = services.accounts
    if found.empty:
        return
    nearest = found.iloc[0]
    live, every = int(nearest[LIVE]), int(nearest["services"])
    one = "the one exemplar service was" if every == 1 else ""
    some = f"{live or 'none'} of {every} exemplar services {'was' if live == 1 else 'were'}"
    state = f"{one} {'' if live else 'not '}live" if one else f"{some} live"
    yield f"On {_day(period_end(str(nearest['as_of'])))}, {state}{_half(services.time)}."


def _half(time: Survival | None) -> str:
    if time is None or time.median is None:
        return ""
    if time.subjects == 1:
        return f", {words.number(time.median)} months after its discovery"
    return (
        f"; counting those still on their way, half take {words.number(time.median)} months or "
        "more from discovery to live"
    )


def _course(selection: Selection) -> Iterator[str]:
    """How many commitments are on course, of those that can be judged by a target."""
    every = len(selection.commitments)
    judged = selection.commitments[selection.commitments["target"].notna()]
    if not every:
        yield (
            "No commitment beside them is one of those chosen."
            if selection.filtered
            else f"No commitment had been reported by {selection.quarter}."
        )
    elif judged.empty:
        one = "The one commitment followed has no published target."
        yield one if every == 1 else f"None of {every} commitments has a published target."
    else:
        by = counts(judged)
        yield (
            f"Of {many(len(judged), 'commitment')} with a published target, {_are(by[YES])} on "
            f"course, {_are(by[NO])} off course, and {_are(by[NOT_KNOWN])} not known to be either"
            f"{_others(every - len(judged))}."
        )


def _others(count: int) -> str:
    if not count:
        return ""
    return f"; {count:,} {'others have' if count > 1 else 'other has'} none"


def _off_course(selection: Selection) -> Iterator[str]:
    rows = selection.commitments
    for row in rows[rows["on_course"] == NO].to_dict("records"):
        yield f"Off course: {row['commitment']}. {row['why']}"


def _untold(selection: Selection) -> Iterator[str]:
    """Why so many commitments cannot be judged; of when the newest of them is."""
    rows = selection.commitments
    unknown = rows[rows["on_course"] == NOT_KNOWN]
    none = int(unknown["target"].isna().sum())
    if none:
        yield (
            f"{_who(none, len(rows))} no published target: nothing published tells whether that is "
            "on course."
        )
    if len(unknown) > none:
        yield (
            f"{len(unknown) - none} more have a target, and no figure, date or pace that would "
            "tell whether it will be reached."
        )
    printed = rows[~rows["rests_on"].str.contains("exemplars.", regex=False)]["period"]
    if len(printed) and period_end(newest := str(printed.max())) < selection.day:
        yield f"The newest report here is of {sold.until(newest)}: nothing printed since is known."


def _who(count: int, every: int) -> str:
    """Who has something, with the verb: ``3 of 5 commitments have``."""
    if every == 1:
        return "The one commitment has"
    if count == every:
        return f"All {every} commitments have"
    return f"{count} of {every} commitments {'has' if count == 1 else 'have'}"


def _sales(selection: Selection, *, brought: bool) -> Iterator[str]:
    """What is printed of sales beside what was returned, or what it takes to know more."""
    printed = sold.said(selection.commitments)
    last = sold.compared_to(printed, selection.quarter)
    found = sold.returned(selection.returns, last) or sold.added_up(selection.totals)
    if found and printed:
        yield f"G-Cloud sales: printed {_sold(printed)}; returned {_sold(found)}."
    if printed and not brought:
        yield (
            "G-Cloud sales month by month, and by framework, are in the published file of returns: "
            "bring it. Until then the figures are as they are printed."
        )
    elif brought and selection.returns.empty and not selection.filtered:
        by = selection.quarter
        yield f"The table of G-Cloud sales has none of a month that had ended by {by}."


def _sold(told: sold.Said) -> str:
    shares = {"by value": told.small_sales_share, "by number of returns": told.small_returns_share}
    said = " and ".join(
        f"{words.percent(share)} {how}" for how, share in shares.items() if share is not None
    )
    small = f", with small firms {said}" if said else ""
    return f"{words.pounds(told.sales)} by {sold.until(told.month)}{small}"


def _are(count: int) -> str:
    return f"{count or 'none'} {'is' if count <= 1 else 'are'}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
