"""What a topic's page shows first: its key chart, a few indicators and the main levers."""

from dataclasses import dataclass

MAX_KEY_INDICATORS = 4
"""Most indicators on the first screen: more do not fit beside the answer and its chart."""

MAX_LEVERS = 4
"""Most levers that are open when the page is. The other parameters are in groups that open."""


@dataclass(frozen=True)
class FirstScreen:
    """What a reader sees before anything is scrolled or opened.

    Args:
        chart: Name of the key chart, empty for the topic's first.
        indicators: Names of the key indicators, the most important first. The first is the number
            on the home page. Empty for the topic's first four.
        levers: Names of the main levers. Empty for the topic's first four parameters.

    Raises:
        ValueError: There are more indicators or levers than fit.
    """

    chart: str = ""
    indicators: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for kind, names, most in (
            ("indicators", self.indicators, MAX_KEY_INDICATORS),
            ("levers", self.levers, MAX_LEVERS),
        ):
            if len(names) > most:
                msg = f"first_screen has {len(names)} {kind}, and at most {most} fit: {names}"
                raise ValueError(msg)
