"""What the dashboard has on a service of which a milestone comes from another source."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from workbook.text.dates import format_month
from workbook.text.grammar import join_items
from workbook.topics.delivery.exemplars.phases import LIVE
from workbook.topics.delivery.exemplars.services import ExemplarServices


def describe_listed_phase(listed: pd.DataFrame, milestone: Mapping[Any, Any]) -> str:
    """Describe the phase of a service on the dashboard's list.

    Args:
        listed: The newest list of services by phase; may have no rows.
        milestone: The milestone from another source.

    Returns:
        A sentence after a space; empty if the list does not have the service.
    """
    phases = listed.loc[listed["title"] == milestone["title"], "phase"]
    if phases.empty:
        return ""
    return f" The dashboard’s list has the service {_name_phase(phases.iloc[0])}."


def describe_dated_phases(services: ExemplarServices, milestone: Mapping[Any, Any]) -> str:
    """Describe the phase of a service and of its products by the dashboard's milestones.

    Args:
        services: The analysed services.
        milestone: The milestone from another source, which the dashboard does not have.

    Returns:
        A sentence on the latest phase of the service as a whole, and one on its products in the
        phase of the milestone.
    """
    title, phase = milestone["title"], str(milestone["phase"])
    timeline, products = services.timeline, services.product_milestones
    earlier = timeline[timeline["title"].eq(title) & timeline["phase"].ne(phase)]
    sentences = [f"Its milestones do not have the service as a whole {_name_phase(phase)}."]
    if len(earlier):
        earlier_phase, start = earlier[["phase", "start"]].iloc[-1]
        since = f"{_name_phase(earlier_phase)} from {format_month(start)}"
        sentences = [
            f"Its milestones have the service as a whole {since}, and not {_name_phase(phase)}."
        ]
    reached = products[products["title"].eq(title) & products["phase"].eq(phase)]
    if len(reached):
        dated_products = join_items(
            f"{product} from {format_month(month)}"
            for product, month in zip(reached["product"], reached["month"], strict=True)
        )
        sentences.append(f"They have single products {_name_phase(phase)}: {dated_products}.")
    return " ".join(sentences)


def _name_phase(phase: str) -> str:
    return phase if phase == LIVE else f"in {phase}"
