"""Parameters of what a contact costs by each channel, and how much of a saving is cash."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from workbook.topics.reviews import reviewed_parameter
from workbook.topics.savings.parameters.sources import EFFICIENCY_REPORT
from workbook.topics.savings.parameters.take_up import TakeUpParameters

FACE_TO_FACE_SHARE = "face_to_face_share"
CHANNEL_SHARE_PARAMETERS = ("phone_share", "post_share", FACE_TO_FACE_SHARE)
"""Shares of the contacts that are not online. Only the share of face to face has a range."""

OTHER_CHANNELS = ("phone", "post", "face_to_face")
CHANNEL_COST_PARAMETERS = tuple(f"cost_{channel}" for channel in OTHER_CHANNELS)

_GROUP = "Contact costs"

_contact_cost = partial(
    reviewed_parameter,
    unit="GBP",
    bounds=(0, 10_000),
    source=(
        "Published costs of a contact for councils and one agency, 2008 to 2012 (table of channel"
        " costs); the value is in 2012 prices"
    ),
    quality="amber",
    group=_GROUP,
)
_offline_share = partial(
    reviewed_parameter,
    unit="share",
    bounds=(0, 1),
    source=EFFICIENCY_REPORT,
    quality="green",
    group=_GROUP,
)


class ContactCostParameters(TakeUpParameters):
    """What a contact costs."""

    cost_digital: float = _contact_cost(
        0.15,
        label="Cost of a digital contact",
        meaning="One contact online, in pounds.",
        range=(0.08, 0.22),
    )
    cost_phone: float = _contact_cost(
        2.83,
        label="Cost of a phone contact",
        meaning="One contact by phone, in pounds.",
        range=(2.83, 4.11),
    )
    cost_post: float = _contact_cost(
        6.62,
        label="Cost of a postal contact",
        meaning="One contact by post, in pounds.",
        range=(6.62, 12.10),
    )
    cost_face_to_face: float = _contact_cost(
        8.62,
        label="Cost of a face-to-face contact",
        meaning="One contact face to face, in pounds.",
        range=(8.62, 10.53),
    )
    phone_share: float = _offline_share(
        0.8,
        label="Offline contacts by phone",
        meaning="Phone, post and face to face must add up to 100%.",
    )
    post_share: float = _offline_share(
        0.0,
        label="Offline contacts by post",
        meaning="Share of the contacts that are not online.",
    )
    face_to_face_share: float = _offline_share(
        0.2,
        label="Offline contacts face to face",
        meaning="Share of the contacts that are not online.",
        range=(0, 0.5),
    )
    realisable_share: float = reviewed_parameter(
        0.78,
        label="Cash-releasing share of the saving",
        unit="share",
        meaning=(
            "The part that can be taken out of a budget, which is staff. The rest is shown apart."
        ),
        bounds=(0, 1),
        range=(0.5, 1),
        source=f"{EFFICIENCY_REPORT}, figure 6: staff’s share of savings",
        quality="amber",
        group=_GROUP,
    )


def rescale_other_shares(values: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:  # noqa: ANN401  a number or draws
    """Rescale two shares of the other channels after a change of the third.

    Args:
        values: Each parameter by name.
        name: The share that changes.
        value: Its new value: one number, or simulations.

    Returns:
        The other two shares, in the same proportion as before; if both were 0, the first of them
        takes the remainder.
    """
    first, second = (other for other in CHANNEL_SHARE_PARAMETERS if other != name)
    previous_total = float(values[first]) + float(values[second])
    first_fraction = float(values[first]) / previous_total if previous_total else 1.0
    return {first: (1 - value) * first_fraction, second: (1 - value) * (1 - first_fraction)}
