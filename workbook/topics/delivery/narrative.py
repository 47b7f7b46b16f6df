"""What delivery says in words: the headline, and what must be known beside it."""

from collections.abc import Iterator

from workbook.methods.survival import SurvivalCurve
from workbook.periods import period_end
from workbook.text.dates import format_day, format_month
from workbook.text.grammar import choose_form, format_count, join_items
from workbook.text.numbers import format_money, format_number, format_share
from workbook.topics.delivery import gcloud
from workbook.topics.delivery.commitments import OFF_TRACK, ON_TRACK, STATUS_UNKNOWN, count_statuses
from workbook.topics.delivery.exemplars import LIVE, ExemplarServices, exemplar_service_notes
from workbook.topics.delivery.selection import DeliverySelection


def write_delivery_headline(selection: DeliverySelection, services: ExemplarServices) -> str:
    """The answer as a sentence or two that can be read out."""
    return " ".join([*_live_sentence(services), *_status_sentence(selection)])


def write_delivery_notes(
    selection: DeliverySelection, services: ExemplarServices, *, has_uploaded_sales: bool
) -> Iterator[str]:
    """What must be known beside the headline, a sentence or two each."""
    yield from _off_track_notes(selection)
    yield from _unknown_status_notes(selection)
    yield from exemplar_service_notes(services, selection.day)
    yield from _sales_notes(selection, has_uploaded_sales=has_uploaded_sales)


def _live_sentence(services: ExemplarServices) -> Iterator[str]:
    """How many services are live, by the account that is nearest to what is published."""
    phase_counts = services.phase_counts
    if phase_counts.empty:
        return
    nearest = phase_counts.iloc[0]
    live_count, service_count = int(nearest[LIVE]), int(nearest["services"])
    state = (
        f"the one exemplar service was {'' if live_count else 'not '}live"
        if service_count == 1
        else f"{live_count or 'none'} of {service_count} exemplar services"
        f" {choose_form(live_count, 'was', 'were')} live"
    )
    yield (
        f"On {format_day(period_end(str(nearest['as_of'])))},"
        f" {state}{_median_clause(services.time_to_live)}."
    )


def _median_clause(time_to_live: SurvivalCurve | None) -> str:
    if time_to_live is None or time_to_live.median is None:
        return ""
    if time_to_live.subject_count == 1:
        return f", {format_number(time_to_live.median)} months after its discovery"
    return (
        f"; counting those still on their way, half take {format_number(time_to_live.median)}"
        " months or more from discovery to live"
    )


def _status_sentence(selection: DeliverySelection) -> Iterator[str]:
    """How many commitments are on course, of those that can be judged by a target."""
    commitment_count = len(selection.commitments)
    with_target = selection.commitments[selection.commitments["target"].notna()]
    if not commitment_count:
        yield (
            "No commitment beside them is one of those chosen."
            if selection.is_filtered
            else f"No commitment had been reported by {selection.quarter}."
        )
    elif with_target.empty:
        single_commitment = "The one commitment followed has no published target."
        yield (
            single_commitment
            if commitment_count == 1
            else f"None of {commitment_count} commitments have a published target."
        )
    else:
        on_track, off_track, unknown = (
            format_count(count_statuses(with_target)[status], "is", "are", none="none")
            for status in (ON_TRACK, OFF_TRACK, STATUS_UNKNOWN)
        )
        yield (
            f"Of {format_count(len(with_target), 'commitment', one='one')} with a published target,"
            f" {on_track} on course, {off_track} off course, and {unknown} not known to be"
            f" either{_without_target_clause(commitment_count - len(with_target))}."
        )


def _without_target_clause(count: int) -> str:
    if not count:
        return ""
    return f"; {format_count(count, 'other has', 'others have')} none"


def _off_track_notes(selection: DeliverySelection) -> Iterator[str]:
    rows = selection.commitments
    for row in rows[rows["on_course"] == OFF_TRACK].to_dict("records"):
        yield f"Off course: {row['commitment']}. {row['why']}"


def _unknown_status_notes(selection: DeliverySelection) -> Iterator[str]:
    """Why so many commitments cannot be judged; of when the newest of them is."""
    rows = selection.commitments
    status_unknown = rows[rows["on_course"] == STATUS_UNKNOWN]
    without_target = int(status_unknown["target"].isna().sum())
    if without_target:
        yield (
            f"{_commitments_with_verb(without_target, len(rows))} no published target: nothing"
            " published tells whether that is on course."
        )
    if len(status_unknown) > without_target:
        yield (
            f"{len(status_unknown) - without_target} more have a target, and no figure, date or"
            " pace that would tell whether it will be reached."
        )
    published_periods = rows[~rows["rests_on"].str.contains("exemplars.", regex=False)]["period"]
    if (
        len(published_periods)
        and period_end(newest := str(published_periods.max())) < selection.day
    ):
        yield (
            f"The newest report here is of {format_month(newest)}: nothing printed since is known."
        )


def _commitments_with_verb(count: int, commitment_count: int) -> str:
    """Who has something, with the verb: ``3 of 5 commitments have``."""
    if commitment_count == 1:
        return "The one commitment has"
    if count == commitment_count:
        return f"All {commitment_count} commitments have"
    return f"{count} of {commitment_count} commitments {choose_form(count, 'has', 'have')}"


def _sales_notes(selection: DeliverySelection, *, has_uploaded_sales: bool) -> Iterator[str]:
    """What is printed of sales beside what was returned, or what it takes to know more."""
    published = gcloud.published_sales(selection.commitments)
    comparison_month = gcloud.comparison_month(published, selection.quarter)
    returned = gcloud.returned_sales(selection.returns, comparison_month) or gcloud.bundled_sales(
        selection.totals
    )
    if returned and published:
        yield (
            f"G-Cloud sales: printed {_describe_sales(published)}; returned"
            f" {_describe_sales(returned)}."
        )
    if published and not has_uploaded_sales:
        yield (
            "G-Cloud sales month by month, and by framework, are in the published file of returns: "
            "bring it. Until then the figures are as they are printed."
        )
    elif has_uploaded_sales and selection.returns.empty and not selection.is_filtered:
        quarter = selection.quarter
        yield f"The table of G-Cloud sales has none of a month that had ended by {quarter}."


def _describe_sales(sales: gcloud.SalesToMonth) -> str:
    shares = {
        "by value": sales.small_sales_share,
        "by number of returns": sales.small_returns_share,
    }
    share_text = join_items(
        f"{format_share(share)} {measure}" for measure, share in shares.items() if share is not None
    )
    small_firms_text = f", with small firms {share_text}" if share_text else ""
    return f"{format_money(sales.sales)} by {format_month(sales.month)}{small_firms_text}"
