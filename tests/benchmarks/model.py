"""Time of the model with 10,000 draws, compared with 50 ms and with 100 draws."""

from collections.abc import Iterator

from tests.benchmarks.timing import median_time, percentile_95, time_calls
from workbook.topics.digital_inclusion import topic

BUDGET = 50.0
REPEATS = 60


def model_lines() -> Iterator[str]:
    """Lines for a changed lever (cached draws) and a changed assumption (new draws)."""
    levers = [{"programme_starts": 300_000 + 1_000 * step} for step in range(-1, REPEATS)]
    assumptions = [{"dropout": 0.2 + 0.001 * step} for step in range(-1, REPEATS)]
    yield model_line("a lever moved", levers)
    yield model_line("an assumption moved", assumptions)


def model_line(change_label: str, changes: list[dict[str, float]]) -> str:
    """Line with the model's times for these changes, with 10,000 draws and with 100."""
    tables, default = topic.load_tables(topic.Scenario()), topic.Scenario()

    def time_with_draws(draws: int) -> list[float]:
        scenarios = [default.replace(draws=draws, **change) for change in changes]
        return time_calls(lambda step: topic.evaluate_model(tables, scenarios[step + 1]), REPEATS)

    times, baseline = time_with_draws(10_000), time_with_draws(100)
    return (
        f"Model, 10,000 draws, {change_label}: median {median_time(times):.1f} ms, 95th percentile"
        f" {percentile_95(times):.1f} ms: ratio {percentile_95(times) / BUDGET:.2f} to the 50 ms"
        f" aimed at (aim: under 1), {median_time(times) / median_time(baseline):.1f} to 100 draws"
    )
