"""What a figure of savings covers, where two quarters may cover different years or horizons."""

from workbook.outcome import Outcome
from workbook.topics.savings.forecast_indicators import FORECAST_INDICATORS

_PUBLISHED_SAVING = "published_saving"
_FORECAST_NAMES = frozenset(definition.name for definition in FORECAST_INDICATORS)


def list_covered_years(outcome: Outcome, indicator: str) -> frozenset[str]:
    """List what an indicator covers.

    Args:
        outcome: An outcome of the topic.
        indicator: Name of the indicator.

    Returns:
        The year of a published saving, and how far ahead the forecast behind a figure is tested;
        nothing for other indicators.
    """
    if indicator == _PUBLISHED_SAVING:
        return frozenset(filter(None, [outcome[indicator].as_of]))
    return frozenset([_held_level(outcome)]) if indicator in _FORECAST_NAMES else frozenset()


def describe_other_years(previous: Outcome, current: Outcome, indicator: str) -> str:
    """Describe why a figure cannot be compared with the one of an earlier quarter.

    Args:
        previous: The outcome of the earlier quarter.
        current: The outcome of the later quarter.
        indicator: Name of the indicator.

    Returns:
        A few words.
    """
    if indicator == _PUBLISHED_SAVING:
        before, after = previous[indicator], current[indicator]
        return f"first figure for {after.as_of}; {before.formatted_value} is for {before.as_of}"
    held_level = _held_level(current) or "the whole of the forecast has been tested"
    return f"not comparable: {held_level}"


def _held_level(outcome: Outcome) -> str:
    """From when on the forecast is held level, because it is not tested further ahead."""
    return outcome[FORECAST_INDICATORS[0].name].note
