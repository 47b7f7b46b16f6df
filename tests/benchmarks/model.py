"""The model with 10,000 draws, against the 50 ms that it may take and against itself with 100."""

from collections.abc import Iterator

from tests.benchmarks.timing import median, p95, times_of
from workbook.topics.digital_inclusion import topic

BUDGET = 50.0
REPEATS = 60


def lines() -> Iterator[str]:
    """A lever moved, whose draws are kept; an uncertain assumption moved, which is drawn anew."""
    tables = topic.load("2014-Q2")
    default = topic.Scenario()
    for what, name, start, step in (
        ("a lever moved", "programme_starts", 300_000, 1_000),
        ("an assumption moved", "dropout", 0.2, 0.001),
    ):

        def run(repeat: int, draws: int = 10_000) -> None:
            value = type(start)(start + step * repeat)
            topic.model(tables, default.replace(**{name: value, "draws": draws}))

        many = times_of(run, REPEATS)
        few = times_of(lambda repeat: run(repeat, draws=100), REPEATS)
        yield (
            f"Model, 10,000 draws, {what}: median {median(many):.1f} ms, 95th percentile {p95(many):.1f} ms: "
            f"ratio {p95(many) / BUDGET:.2f} to the 50 ms aimed at (aim: under 1), "
            f"{median(many) / median(few):.1f} to 100 draws"
        )
