"""What must be known of the exemplar services beside the headline, in words."""

from collections.abc import Iterator
from datetime import date

from workbook import words
from workbook.methods.survival import Survival
from workbook.quarters import period_end
from workbook.topics.delivery import sold
from workbook.topics.delivery.accounts import LISTED, PRINTED
from workbook.topics.delivery.phases import LIVE, PHASES
from workbook.topics.delivery.rows import Row, by_account
from workbook.topics.delivery.services import Services


def services_notes(services: Services, day: date) -> Iterator[str]:
    """Why the accounts differ, what the median rests on, and of when what is known is."""
    yield from _accounts(services)
    yield from _took(services)
    yield from _known(services, day)


def many(count: int, noun: str) -> str:
    """So many of something: ``one service``, ``3 services``."""
    return f"one {noun}" if count == 1 else f"{count:,} {noun}s"


def _accounts(services: Services) -> Iterator[str]:
    """What is printed beside what is recounted, where both are of this day, and why they differ."""
    found = by_account(services.accounts)
    if PRINTED not in found:
        return
    told = [f"As published: {_phases(found[PRINTED])}."]
    if LISTED in found:
        told.append(f"As the dashboard listed them that day: {_phases(found[LISTED])}.")
    yield " ".join([*told, *services.differences["difference"]])


def _phases(row: Row) -> str:
    counted = ", ".join(
        f"{row[phase]} in {phase}" for phase in PHASES if row[phase] and phase != LIVE
    )
    return f"{counted}, {row[LIVE]} live, of {row['services']}"


def _took(services: Services) -> Iterator[str]:
    """The median of the completed alone, and who is in neither."""
    time, without = services.time, services.without_discovery
    if time is None or time.subjects == 1:
        return
    alone, every = time.median_completed, time.median
    if alone is not None and alone != every:
        stands = "is not reached" if every is None else f"is {words.number(every)}"
        took = f"{words.number(alone)} months{'' if time.completed == 1 else ' at the median'}"
        yield (
            f"The {many(time.completed, 'service')} that went live took {took}; counting the "
            f"{time.subjects - time.completed} still on their way the median {stands}. The "
            "completed alone are the quick ones."
        )
    elif alone is not None:
        yield (
            f"The median of the {many(time.completed, 'service')} that went live alone is "
            f"{words.number(alone)} months too: so few that the next one may move either."
        )
    yield from _band(time)
    if without > 0:
        have = "has" if without == 1 else "have"
        who = "One service" if without == 1 else f"{without} services"
        yield f"{who} {have} no dated discovery, and no part in these months."


def _band(time: Survival) -> Iterator[str]:
    """How far the median may be wrong, and how few it rests on."""
    if time.median is None:
        return
    at_risk = int(time.at_risk[time.times == time.median][0])
    ends = [
        "what is not known yet" if end is None else f"{words.number(end)} months"
        for end in (time.median_low, time.median_high)
    ]
    known = time.median_low is not None or time.median_high is not None
    band = f"begins at {ends[0]} and ends at {ends[1]}" if known else "is not known"
    yield (
        f"At {words.number(time.median)} months {many(at_risk, 'service')} "
        f"{'was' if at_risk == 1 else 'were'} still at risk: the 95% band of the median {band}."
    )


def _known(services: Services, day: date) -> Iterator[str]:
    if len(services.timeline) and period_end(services.known) < day:
        now = services.timeline[services.timeline["going_on"].astype(bool)]
        live = int((now["phase"] == LIVE).sum())
        month = sold.until(services.known)
        yield (
            f"Milestones are known to {month}: by them {many(live, 'service')} "
            f"{'was' if live == 1 else 'were'} live then, and what is dated by them is of then."
        )
