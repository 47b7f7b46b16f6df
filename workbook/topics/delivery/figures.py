"""Every indicator of delivery: its figure, of when it is, and why one is not known."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from workbook.outcome import Better, Indicator, Unit
from workbook.quarters import quarter_of
from workbook.topics.delivery import sold
from workbook.topics.delivery.commitments import counts, total
from workbook.topics.delivery.course import NO, NOT_KNOWN, YES
from workbook.topics.delivery.phases import LIVE
from workbook.topics.delivery.selection import Selection
from workbook.topics.delivery.services import Services
from workbook.words import value_in

INDICATORS: Mapping[str, tuple[str, Unit, Better]] = {
    "exemplars_live": ("Exemplar services live, as published", "count", "higher"),
    "commitments_on_course": ("Commitments on course", "count", "higher"),
    "commitments_off_course": ("Commitments off course", "count", "lower"),
    "commitments_not_known": ("Commitments of which it is not known", "count", "lower"),
    "exemplars_discovery": ("Exemplar services in discovery, as published", "count", ""),
    "exemplars_alpha": ("Exemplar services in alpha, as published", "count", ""),
    "exemplars_beta": ("Exemplar services in beta, as published", "count", ""),
    "exemplars_live_recounted": ("Exemplar services live, as recounted", "count", "higher"),
    "median_months_to_live": ("Median months from discovery to live", "months", "lower"),
    "sites_moved": ("Agency sites moved to GOV.UK in the quarter", "count", "higher"),
    "sites_target": ("Websites to be on GOV.UK, more than", "count", ""),
    "mobile_share": ("Visits to GOV.UK by mobile", "share", ""),
    "tablet_share": ("Visits to GOV.UK by tablet", "share", ""),
    "service_assessments": ("Assessments against the Service Standard", "count", "higher"),
    "charter_signatories": ("Signatories of the Digital Inclusion Charter", "count", "higher"),
    "people_trained": ("People trained in basic digital skills", "people", "higher"),
    "gcloud_suppliers": ("Suppliers on G-Cloud", "count", "higher"),
    "gcloud_small_supplier_share": ("Small firms among them", "share", "higher"),
    "gcloud_services": ("Services on G-Cloud", "count", "higher"),
    "gcloud_sales": ("Sales through G-Cloud so far", "GBP", "higher"),
    "gcloud_small_sales_share": ("Of these sales with small firms", "share", "higher"),
    "framework_call_offs": ("Contracts by the Digital Services Framework", "count", "higher"),
    "framework_value": ("Value of these contracts", "GBP", "higher"),
    "identity_providers": ("Identity providers in the private beta", "count", "higher"),
    "hires": ("Digital leaders hired in the quarter", "people", "higher"),
    "dashboards": ("Performance dashboards", "count", "higher"),
}
"""What each indicator is called, its unit, and which way is the better one."""

COURSES = {
    "commitments_on_course": YES,
    "commitments_off_course": NO,
    "commitments_not_known": NOT_KNOWN,
}
IS_TARGET = {"sites_target"}
"""Indicators that are the target of their commitment, and not its value."""


class Found(NamedTuple):
    """A figure and the month or day of which it is; without one, why and what stands there."""

    value: float | None
    period: str = ""
    reason: str = ""
    absent: str = "not known"


def indicators(selection: Selection, services: Services) -> tuple[Indicator, ...]:
    """The figures with what they are called; one of an earlier quarter says of when it is."""
    found = {**_told(selection), **_counted(selection), **_recounted(selection, services)}
    found |= _sold(selection)
    return tuple(_indicators(found, selection.quarter))


def _indicators(found: Mapping[str, Found], quarter: str) -> Iterator[Indicator]:
    for name, (label, unit, better) in INDICATORS.items():
        value, period, reason, absent = found[name]
        earlier = period and value is not None and quarter_of(period) != quarter
        of_when = f" ({sold.until(period)})" if earlier else ""
        yield Indicator(
            name, label + of_when, unit, value, reason=reason, better=better, absent=absent
        )


def _told(selection: Selection) -> dict[str, Found]:
    """What commitments give; where several make up a figure, what they are."""
    rows = selection.commitments
    own = dict(iter(rows[rows["indicator"] != ""].groupby("indicator")))
    none = Found(None, reason=_absent(selection))
    return {name: _of_commitments(own[name], name) if name in own else none for name in INDICATORS}


def _of_commitments(own: pd.DataFrame, name: str) -> Found:
    value = total(own["target" if name in IS_TARGET else "value"])
    if value is None:
        return Found(None, reason="it is not published")
    return Found(value, str(own["period"].max()), _parts(own))


def _parts(own: pd.DataFrame) -> str:
    """What makes up a figure of several commitments."""
    if len(own) == 1:
        return ""
    told = (
        f"{value_in(value, unit)} {measure[:1].lower()}{measure[1:]}"
        for value, unit, measure in zip(own["value"], own["unit"], own["measure"], strict=True)
    )
    return "; ".join(told)


def _counted(selection: Selection) -> dict[str, Found]:
    by_course = counts(selection.commitments)
    return {name: Found(by_course[course]) for name, course in COURSES.items()}


def _recounted(selection: Selection, services: Services) -> dict[str, Found]:
    """What is computed of the services chosen."""
    listed, live = services.listed, Found(None, reason=_absent(selection))
    if not listed.empty:
        as_of = str(listed["as_of"].iloc[0])
        live = Found(int((listed["phase"] == LIVE).sum()), as_of)
    median = _median(selection, services)
    return {"exemplars_live_recounted": live, "median_months_to_live": median}


def _median(selection: Selection, services: Services) -> Found:
    time = services.time
    if time is None:
        return Found(None, reason=_absent(selection))
    if time.median is None:
        few = f"{time.completed} of {time.subjects} services were live: fewer than half"
        return Found(None, reason=few, absent="not reached")
    return Found(time.median, services.known)


def _sold(selection: Selection) -> dict[str, Found]:
    """Sales as returned, where the file is there."""
    printed = sold.said(selection.commitments)
    found = sold.returned(selection.returns, sold.compared_to(printed, selection.quarter))
    if found is None:
        return {}
    share = found.small_sales_share
    why = "" if share is not None else "credits are as much as sales"
    return {
        sold.SALES: Found(found.sales, found.month),
        sold.SMALL_SHARE: Found(share, found.month, why),
    }


def _absent(selection: Selection) -> str:
    if selection.filtered:
        return "none of the departments and programmes chosen has it"
    return f"nothing is told of it by {selection.quarter}"
