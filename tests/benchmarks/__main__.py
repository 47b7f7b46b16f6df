"""Print every ratio, or some: ``python -m tests.benchmarks keypress opening``.

A part is a group of lines; ``rivals`` stands for those that compare the page with the same page
in other tools. ``--help`` lists them.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks import (
    first_paint,
    interpreter,
    keypress,
    model,
    page_load,
    papermill_runs,
    savings,
    snapshot_comparison,
    sweep,
    take_up,
)
from tests.benchmarks.rivals import arrivals, changes, memory, opening
from tests.benchmarks.rivals.pages import RIVALS
from tests.chromium import CHROMIUM_FLAGS, chromium_path

MODEL_PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "model": model.model_lines,
    "savings": savings.savings_lines,
    "take_up": take_up.take_up_lines,
    "sweep": sweep.sweep_lines,
    "papermill": papermill_runs.papermill_lines,
    "comparison": snapshot_comparison.comparison_lines,
}
PAGE_PARTS: dict[str, Callable[[Browser], Iterator[str]]] = {
    "keypress": keypress.key_press_lines,
    "interpreter": interpreter.interpreter_lines,
    "first_paint": first_paint.first_paint_lines,
    "page_load": page_load.page_load_lines,
}
RIVAL_PARTS = {
    "opening": opening.opening_lines,
    "warm_pool": opening.warm_pool_lines,
    "changes": changes.change_lines,
    "arrivals": arrivals.arrival_lines,
    "memory": memory.memory_lines,
}
PARTS = (*MODEL_PARTS, *PAGE_PARTS, *RIVAL_PARTS)


def benchmark_lines(
    parts: Sequence[str], rivals: Sequence[str], count: int | None
) -> Iterator[str]:
    """Yield each line as soon as it is measured."""
    counts = [] if count is None else [count]
    for part in parts:
        if part in MODEL_PARTS:
            yield from MODEL_PARTS[part]()
        elif part in RIVAL_PARTS:
            yield from RIVAL_PARTS[part]([RIVALS[rival] for rival in rivals], *counts)
        else:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
                )
                yield from PAGE_PARTS[part](browser)
                browser.close()


def read_arguments(
    arguments: Sequence[str] | None = None,
) -> tuple[list[str], list[str], int | None]:
    """Read the parts, the rivals and the count from the command line; all of them by default."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description="Print every ratio, or some."
    )
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; rivals: the last five"
    )
    parser.add_argument(
        "--rivals", nargs="+", choices=RIVALS, default=list(RIVALS), help="rivals to compare with"
    )
    parser.add_argument(
        "--count",
        type=int,
        help="visits, presses, rounds or sessions of each page beside the rivals",
    )
    chosen = parser.parse_args(arguments)
    parts = [
        name
        for part in chosen.parts or PARTS
        for name in (RIVAL_PARTS if part == "rivals" else [part])
    ]
    if unknown := [part for part in parts if part not in PARTS]:
        parser.error(f"unknown part {', '.join(unknown)}; the parts are {', '.join(PARTS)}, rivals")
    return parts, chosen.rivals, chosen.count


if __name__ == "__main__":
    for line in benchmark_lines(*read_arguments()):
        print(line, flush=True)
