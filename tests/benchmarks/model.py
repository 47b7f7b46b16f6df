"""The model with 10,000 draws, against the 50 ms that it may take and against itself with 100."""

from collections.abc import Iterator

from tests.benchmarks.timing import median_time, percentile_95, time_calls
from workbook.topics.digital_inclusion import topic

BUDGET = 50.0
REPEATS = 60


def model_lines() -> Iterator[str]:
    """A lever moved, whose draws are kept; an uncertain assumption moved, which is drawn anew."""
    levers = [{"programme_starts": 300_000 + 1_000 * step} for step in range(-1, REPEATS)]
    drawn = [{"dropout": 0.2 + 0.001 * step} for step in range(-1, REPEATS)]
    yield model_line("a lever moved", levers)
    yield model_line("an assumption moved", drawn)


def model_line(what: str, changes: list[dict[str, float]]) -> str:
    """The model's times over these changes, with 10,000 draws and with 100."""
    tables, default = topic.load_tables(topic.Scenario()), topic.Scenario()

    def time_with_draws(draws: int) -> list[float]:
        scenarios = [default.replace(draws=draws, **change) for change in changes]
        return time_calls(lambda step: topic.evaluate_model(tables, scenarios[step + 1]), REPEATS)

    many, few = time_with_draws(10_000), time_with_draws(100)
    return (
        f"Model, 10,000 draws, {what}: median {median_time(many):.1f} ms, 95th percentile"
        f" {percentile_95(many):.1f} ms: ratio {percentile_95(many) / BUDGET:.2f} to the 50 ms"
        f" aimed at (aim: under 1), {median_time(many) / median_time(few):.1f} to 100 draws"
    )
