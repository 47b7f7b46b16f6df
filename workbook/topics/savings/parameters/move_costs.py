"""Parameters of what the move costs: help, the transition and dual running."""

from workbook.scenario import NameList, parameter
from workbook.topics.reviews import reviewed_parameter
from workbook.topics.savings.parameters.contact_costs import ContactCostParameters
from workbook.topics.savings.parameters.sources import UNSOURCED_ASSUMPTION

PUBLISHED_OPTIMISM_BIAS = 2.0
"""Upper bound for equipment and development, before mitigation. Source: Mott MacDonald (2002)."""

_GROUP = "Cost of the move"


class MoveCostParameters(ContactCostParameters):
    """What the move costs."""

    assisted_share: float = reviewed_parameter(
        0.18,
        label="People moving online who need help",
        unit="share",
        meaning="Share who need someone’s help each time.",
        bounds=(0, 1),
        range=(0.10, 0.30),
        source="Assumption: the share of adults offline in 2012",
        quality="red",
        group=_GROUP,
    )
    assisted_cost: float = reviewed_parameter(
        2.83,
        label="Cost of help each time",
        unit="GBP",
        meaning="Added to the cost of the digital contact, in pounds.",
        bounds=(0, 10_000),
        range=(1, 6),
        source="Assumption: the cost of a phone contact",
        quality="red",
        group=_GROUP,
    )
    transition_cost: int = reviewed_parameter(
        500_000_000,
        label="Transition cost",
        unit="GBP",
        meaning="Building and changing the services, before optimism bias, in pounds.",
        bounds=(0, 1_000_000_000_000),
        range=(400_000_000, 600_000_000),
        source=f"{UNSOURCED_ASSUMPTION}; range: 20% either way, beside the optimism bias",
        quality="red",
        follows="ratio",
        group=_GROUP,
    )
    transition_years: int = parameter(
        3,
        label="Years of transition",
        unit="years",
        meaning="The cost is spread equally over these years, from year 0.",
        bounds=(1, 10),
        group=_GROUP,
    )
    dual_running_years: float = reviewed_parameter(
        1.0,
        label="Years of running old and new services together",
        unit="years",
        meaning="Dual running: how long the old channel is paid for after a transaction moves.",
        bounds=(0, 10),
        range=(0, 2),
        source=UNSOURCED_ASSUMPTION,
        quality="red",
        group=_GROUP,
    )
    optimism_bias: float = reviewed_parameter(
        0.5,
        label="Optimism bias left after mitigation",
        unit="share",
        meaning=(
            "How much more than planned the transition is expected to cost. The published starting"
            " value is 200%. Name the measures that reduce it below."
        ),
        bounds=(0, 5),
        range=(0.10, 2.00),
        source=(
            "Assumption of what is left of the 200% upper bound of Mott MacDonald, Review of Large "
            "Public Procurement: equipment and development"
        ),
        quality="red",
        group=_GROUP,
    )
    optimism_mitigations: NameList = parameter(
        "",
        label="Measures that mitigate optimism bias",
        unit="list",
        meaning="Separated by semicolons: “alpha tested; fixed price”. They change no figure.",
        group=_GROUP,
    )
