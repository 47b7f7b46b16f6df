"""A topic class made for tests of scenario files: two releases of one policy question."""

from workbook.scenario import Scenario, parameter
from workbook.topic import Topic


class OldLamps(Scenario):
    """Street lamps, as the earlier release declared them."""

    lamps: int = parameter(
        500, label="Lamps", unit="count", meaning="Lamps in town.", bounds=(0, 100_000)
    )
    price: float = parameter(
        2.5, label="Price", unit="GBP", meaning="Of a lamp.", bounds=(0, 100), range=(1, 4)
    )
    hours: float = parameter(9.0, label="Hours", unit="count", meaning="A night.", bounds=(0, 24))
    fuel: str = parameter("gas", label="Fuel", unit="text", meaning="What burns.")


class Lamps(Scenario):
    """Street lamps today: ``price`` is called ``unit_price``, ``fuel`` is gone, hours are fewer."""

    lamps: int = parameter(
        600, label="Lamps", unit="count", meaning="Lamps in town.", bounds=(0, 100_000)
    )
    unit_price: float = parameter(
        2.5,
        label="Price",
        unit="GBP",
        meaning="Of a lamp.",
        bounds=(0, 100),
        range=(1, 4),
        former_names=("price", "cost"),
    )
    hours: float = parameter(6.0, label="Hours", unit="count", meaning="A night.", bounds=(0, 8))
    dimmed: float = parameter(
        0.0, label="Dimmed", unit="share", meaning="Share dimmed.", bounds=(0, 1)
    )
    table: str = parameter(
        "kerbs",
        label="Table",
        unit="text",
        meaning="Where they stand.",
        choice_of="kerbs",
        former_names=("kerb_table",),
    )


def _count_nothing(_tables, _scenario):
    raise NotImplementedError


LAMPS_TOPIC = Topic(
    name="lamps",
    title="Lamps",
    question="How bright are the streets?",
    Scenario=Lamps,
    model=_count_nothing,
)
"""A topic whose model never runs."""
