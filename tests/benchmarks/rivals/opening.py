"""Time from opening the page until a key press is answered, compared with the fastest rival."""

import statistics
from collections.abc import Iterator, Sequence

from tests.benchmarks.rivals.pages import WORKBOOK, ComparedPage, ServedPage
from tests.benchmarks.rivals.visits import Visit, measure_pages, open_browser, visit_repeatedly
from tests.benchmarks.timing import comparison_line

VISITS = 20
PAUSE, LONG_PAUSE = 3, 6
"""Seconds after a visit. In the longer one a new page is made for the next visitor."""

AIMS = {"painted": "none", "ready": "at most 0.5", "answered": "none"}
LABELS = {
    "painted": "Open to painted figures and key chart",
    "ready": "Open to ready",
    "answered": "Open to the answer of the key that was pressed then",
}


def opening_lines(rivals: Sequence[ComparedPage], count: int = VISITS) -> Iterator[str]:
    """Lines with the medians of each page, and our ratios to the fastest rival."""
    yield f"Open to ready, median of {count} visits {PAUSE} s apart, a key pressed in each:"
    with open_browser() as browser:

        def measure(compared: ComparedPage, served: ServedPage) -> list[Visit]:
            return visit_repeatedly(browser, compared, served, count, PAUSE)

        results = yield from measure_pages([WORKBOOK, *rivals], measure, describe_visits)
    yield from compare_visits(results, f"visits {PAUSE} s apart")


def warm_pool_lines(_: Sequence[ComparedPage], count: int = VISITS) -> Iterator[str]:
    """The line of our page alone, with longer pauses between visits."""
    yield f"Open to ready, median of {count} visits {LONG_PAUSE} s apart, a key pressed in each:"
    with open_browser() as browser:

        def measure(compared: ComparedPage, served: ServedPage) -> list[Visit]:
            return visit_repeatedly(browser, compared, served, count, LONG_PAUSE)

        yield from measure_pages([WORKBOOK], measure, describe_visits)


def compare_visits(results: dict[str, list[Visit]], condition: str) -> Iterator[str]:
    """Compare the medians of our page with those of the fastest rival."""
    own_visits = results.pop(WORKBOOK.name, [])
    for step, label in LABELS.items():
        medians = {name: median_step(visits, step) for name, visits in results.items()}
        if own_visits and medians:
            fastest = min(medians, key=medians.__getitem__)
            own_median = median_step(own_visits, step)
            yield comparison_line(
                f"{label}, {condition}", own_median, medians[fastest], fastest, AIMS[step]
            )


def describe_visits(visits: Sequence[Visit]) -> str:
    """The median of each step."""
    painted, ready, answered = (median_step(visits, step) for step in LABELS)
    return f"painted {painted:,.0f} ms, ready {ready:,.0f} ms, key answered {answered:,.0f} ms"


def median_step(visits: Sequence[Visit], step: str) -> float:
    """Median time of a step."""
    return statistics.median(getattr(visit, step) for visit in visits)
