"""Parse the headers of a wide file: the window and the measure of each column."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from workbook.importers.published.month_names import (
    YEAR_PATTERN,
    find_months,
    parse_month,
)
from workbook.importers.quarterly_counts import QUARTER_PATTERN, is_financial_quarter, quarter_end
from workbook.periods import MONTHS_PER_QUARTER, month_from_index, month_index
from workbook.tables.issues import TableIssue
from workbook.text.dates import format_span
from workbook.text.quoting import quote_text
from workbook.text.suggestions import nearest_name

WINDOW_MONTHS = 12
"""Months in a window."""

_ENDING_WORDS = re.compile(r"\b(?:year|months)\s+(?:to|ending|ended)\b", re.IGNORECASE)
_JOINING_WORDS = re.compile(
    r"\b(?:to|until|from|between|and|year|months|12|ending|ended|in|for|the)\b"
)

_NO_MEASURE = re.compile(
    r"%|percent|take[- ]?up|share|note"
    r"|\bnon\b|\bnot\b|without|exclud|except|off-?line"
    r"|paper|phone|\bcalls?\b|\bpost|mail|\bletters?\b|face[- ]to[- ]face|in[- ]person|counter"
    r"|(?:annual|total|overall).*cost(?!s? per)|cost.*(?:annual|total|overall)"
    r"|(?:digital|online|assisted).*cost|cost.*(?:digital|online|assisted)"
)
"""Words of headers whose measure the table does not have, such as shares and phone calls."""

_MEASURE_WORDS = {
    "assisted_volume": ("assisted",),
    "cost_per_transaction": ("cost", "cpt"),
    "digital_volume": ("digital", "online"),
    "volume": ("volume", "transactions", "vol"),
}
"""Words by which a header's measure is recognised. The first measure that matches is used."""

_MEASURE_NAMES = {
    **dict.fromkeys(
        ("volume", "vol", "transactions", "volume of transactions", "transaction volume"), "volume"
    ),
    **dict.fromkeys(("total volume", "total transactions", "all transactions"), "volume"),
    "number of transactions": "volume",
    "digital volume": "digital_volume",
    "digital transactions": "digital_volume",
    "number of digital transactions": "digital_volume",
    "cost per transaction": "cost_per_transaction",
    "assisted volume": "assisted_volume",
    "assisted transactions": "assisted_volume",
}
"""Known names of measures. Any other name gives a warning that says how it was read."""

_NAME_SIMILARITY = 0.75


@dataclass(frozen=True)
class WindowHeader:
    """Parsed header of a column.

    Args:
        column_index: Position of the column, from 0.
        text: The header as printed.
        measure: Column of the table that the figures belong to.
        start: First month of the window, in months since January of the year 0.
        end: Last month of the window, likewise.
        note: How the header was read if not as printed; empty otherwise.
        is_quarter: Whether the header names one quarter.
    """

    column_index: int
    text: str
    measure: str
    start: int
    end: int
    note: str = ""
    is_quarter: bool = False


@dataclass(frozen=True)
class WindowHeaders:
    """Window columns of a file, with their errors and warnings."""

    readable: tuple[WindowHeader, ...]
    errors: tuple[TableIssue, ...]
    warnings: tuple[TableIssue, ...]

    @property
    def is_quarterly(self) -> bool:
        """Whether each column is of one quarter."""
        return any(header.is_quarter for header in self.readable)

    @property
    def known_headers(self) -> set[str]:
        """Headers of all window columns, readable or not."""
        return {window_header.text for window_header in self.readable} | {
            str(issue.column) for issue in self.errors
        }


@lru_cache(maxsize=4)  # called once to recognise a file and once to read it
def read_window_headers(header: tuple[str, ...], row: int) -> WindowHeaders:
    """Parse the headers of all window columns.

    Args:
        header: The header of the file.
        row: Row number of the header, for messages.

    Returns:
        The window columns, with their errors and warnings.
    """
    errors: list[TableIssue] = []
    candidates: list[WindowHeader] = []
    for column_index, header_text in enumerate(header):
        try:
            window_header = _parse_window_header(column_index, header_text)
        except ValueError as error:
            errors.append(TableIssue(row, header_text, header_text, str(error)))
        else:
            candidates += [window_header] if window_header else []
    readable, rejected = _settle_windows(_leave_out_quarters(candidates, errors, row))
    errors += [TableIssue(row, head.text, head.text, head.note) for head in rejected]
    warnings = [TableIssue(row, head.text, head.text, head.note) for head in readable if head.note]
    return WindowHeaders(tuple(readable), tuple(errors), tuple(warnings))


def _leave_out_quarters(
    candidates: list[WindowHeader], errors: list[TableIssue], row: int
) -> list[WindowHeader]:
    """Leave out quarters, with an error for each, where other columns are windows."""
    windows = [header for header in candidates if not header.is_quarter]
    if not windows:
        return candidates
    message = "is one quarter, but other columns are windows of twelve months"
    errors += [
        TableIssue(row, header.text, header.text, message)
        for header in candidates
        if header.is_quarter
    ]
    return windows


def _parse_window_header(column_index: int, header_text: str) -> WindowHeader | None:
    """Parse a header; None if it names no window. Raises ValueError if the window is unreadable."""
    if quarter := QUARTER_PATTERN.search(header_text):
        return _parse_quarter_header(column_index, header_text, quarter)
    month_matches = find_months(header_text)
    if not (month_matches or re.search(YEAR_PATTERN, header_text)):
        return None
    words = _measure_words(_text_without_months(header_text, month_matches))
    measure = _match_measure(header_text.lower(), words)
    if measure is None:
        return None
    parsed_months = [parse_month(date) for date in month_matches]
    months = [month for month, _ in parsed_months if month is not None]
    if len(months) != len(month_matches) or len(months) not in {1, 2}:
        msg = "the window cannot be read: write it as April 2013 to March 2014"
        raise ValueError(msg)
    end = months[-1]
    start = months[0] if len(months) > 1 else end - WINDOW_MONTHS + 1
    if start > end:
        msg = f"the window ends before it starts: {_format_window(start, end)}"
        raise ValueError(msg)
    notes = [note for _, note in parsed_months if note]
    if len(months) == 1 and not _ENDING_WORDS.search(header_text):
        notes.append(f"only one month is named: read as {_format_window(start, end)}")
    if words not in _MEASURE_NAMES:
        notes.append(f"is read as {measure}")
    return WindowHeader(column_index, header_text, measure, start, end, "; ".join(notes))


def _parse_quarter_header(
    column_index: int, header_text: str, quarter: "re.Match[str]"
) -> WindowHeader | None:
    """Parse a header with a quarter; None if it names no measure of the table."""
    words = _measure_words(_text_without_months(header_text, [quarter]))
    measure, last_month = _match_measure(header_text.lower(), words), quarter_end(quarter[0])
    if measure is None or last_month is None:
        return None
    end = month_index(last_month)
    is_quarter = not _ENDING_WORDS.search(header_text)
    start = end - (MONTHS_PER_QUARTER if is_quarter else WINDOW_MONTHS) + 1
    notes = [] if words in _MEASURE_NAMES else [f"is read as {measure}"]
    if is_financial_quarter(quarter[0]):
        notes.append(f"is a quarter of the financial year: read as {_format_window(start, end)}")
    return WindowHeader(
        column_index, header_text, measure, start, end, "; ".join(notes), is_quarter
    )


def _format_window(start: int, end: int) -> str:
    return format_span(month_from_index(start), month_from_index(end))


def _match_measure(text: str, words: str) -> str | None:
    """Measure that a header names, None if there is none."""
    if words in _MEASURE_NAMES:
        return _MEASURE_NAMES[words]
    if _NO_MEASURE.search(text):
        return None
    for measure, measure_words in _MEASURE_WORDS.items():
        if any(word in text for word in measure_words):
            return measure
    similar_name = nearest_name(words, _MEASURE_NAMES, _NAME_SIMILARITY)
    return _MEASURE_NAMES[similar_name] if similar_name else None


def _text_without_months(header_text: str, month_matches: Sequence["re.Match[str]"]) -> str:
    """Text of a header without its months."""
    for date in reversed(month_matches):
        header_text = f"{header_text[: date.start()]} {header_text[date.end() :]}"
    return header_text


@lru_cache(maxsize=16)  # the words are the same for every window of a file
def _measure_words(text: str) -> str:
    """Words that name the measure, in lower case: ``digital volume``."""
    return " ".join(re.sub(r"[^a-z]+", " ", _JOINING_WORDS.sub(" ", text.lower())).split())


def _settle_windows(
    candidates: Sequence[WindowHeader],
) -> tuple[list[WindowHeader], list[WindowHeader]]:
    """Separate headers with a unique window of twelve months from the rest, with the reasons."""
    headers_by_window: dict[tuple[str, int], WindowHeader] = {}
    for window_header in candidates:
        if _is_whole(window_header):
            headers_by_window.setdefault((window_header.measure, window_header.end), window_header)
    readable: list[WindowHeader] = []
    rejected: list[WindowHeader] = []
    for window_header in candidates:
        settled = (
            window_header
            if _is_whole(window_header)
            else _fit_to_year(window_header, headers_by_window)
        )
        if settled is None:
            reason = (
                f"the window lasts {_window_length(window_header)} months: it is not clear which"
                f" {WINDOW_MONTHS} are meant"
            )
            rejected.append(replace(window_header, note=reason))
        elif (
            first_header := headers_by_window.setdefault(
                (window_header.measure, settled.end), settled
            )
        ) is settled:
            readable.append(settled)
        else:
            reason = f"has the same window and measure as column {quote_text(first_header.text)}"
            rejected.append(replace(window_header, note=reason))
    return readable, rejected


def _fit_to_year(
    window_header: WindowHeader, headers_by_window: Mapping[tuple[str, int], WindowHeader]
) -> WindowHeader | None:
    """Correct a window to the only twelve months that fit between its neighbours, if any."""
    same_measure = [
        other for other in headers_by_window.values() if other.measure == window_header.measure
    ]
    previous_header = max(
        (other for other in same_measure if other.column_index < window_header.column_index),
        key=_column_index,
        default=None,
    )
    next_header = min(
        (other for other in same_measure if other.column_index > window_header.column_index),
        key=_column_index,
        default=None,
    )
    free_ends = [
        end
        for end in {window_header.start + WINDOW_MONTHS - 1, window_header.end}
        if (window_header.measure, end) not in headers_by_window
        and (previous_header is None or previous_header.end < end)
        and (next_header is None or end < next_header.end)
    ]
    if len(free_ends) != 1:
        return None
    start = free_ends[0] - WINDOW_MONTHS + 1
    length_note = (
        f"the printed window lasts {_window_length(window_header)} months: read as"
        f" {_format_window(start, free_ends[0])}"
    )
    notes = "; ".join(filter(None, (window_header.note, length_note)))
    return replace(window_header, start=start, end=free_ends[0], note=notes)


def _column_index(window_header: WindowHeader) -> int:
    return window_header.column_index


def _window_length(window_header: WindowHeader) -> int:
    return window_header.end - window_header.start + 1


def _is_whole(window_header: WindowHeader) -> bool:
    return window_header.is_quarter or _window_length(window_header) == WINDOW_MONTHS
