"""Small chart of the share answered in time by number of analysts, for the home page."""

import pandas as pd

from workbook.charts.figure import Figure
from workbook.charts.trend import draw_trend
from workbook.outcome import Outcome
from workbook.text.grammar import format_count
from workbook.text.numbers import format_share
from workbook.topics.policymaking.parameters import Policymaking


def draw_policymaking_trend(outcome: Outcome) -> Figure:
    """Draw the expected share answered in time against the target, by number of analysts."""
    table, scenario = outcome.frame("waiting"), outcome.scenario_of(Policymaking)
    return draw_trend(
        pd.DataFrame(
            {
                "period": [format_count(int(count), "analyst") for count in table["analysts"]],
                "value": table["share_in_time"],
                "reference": scenario.target_share,
            }
        ),
        title=f"Expected share answered within {scenario.standard_days} days, by analysts",
        format_text=format_share,
        subtitle=f"Dotted: the target of {format_share(scenario.target_share)}",
    )
