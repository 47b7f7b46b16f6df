"""Cash flow by year: savings, costs of the move, and cumulative net cash flow."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from workbook.charts.axes import financial_year_axis, money_axis
from workbook.charts.figure import (
    AltairChart,
    ChartTemplate,
    Figure,
    build_once,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.marks import (
    DASHED,
    DOTTED,
    category_colour,
    place_on_free_side,
    point_labels,
    side_labels,
)
from workbook.charts.rows import by_width
from workbook.charts.theme import BLUE, GREY, ORANGE, PLUM, TEXT_COLOUR, TURQUOISE
from workbook.outcome import Outcome
from workbook.text.numbers import format_short_estimate
from workbook.topics.savings.charts.cash_flow_text import (
    describe_cash_flow,
    format_delay,
    write_cash_flow_title,
)

_KIND_COLOURS = {"Saving": TURQUOISE, "Transition": ORANGE, "Dual running": PLUM}
_AMOUNT_SIGNS = {"saving": 1, "transition_cost": -1, "dual_running_cost": -1}
"""Column of each kind, and its sign: 1 for a gain, −1 for a cost."""

_POSITION_LINES = {
    "cumulative": ("Cumulative", BLUE),
    "cumulative_present_value": ("Discounted", GREY),
}

_END_LABEL_STYLES: dict[str, dict[str, Any]] = {
    "over": {"baseline": "line-bottom", "dy": -16},
    "under": {"baseline": "line-top", "dy": 1},
}
"""Position of a label at the end of a line, by the column that contains it."""

_RIGHT_MARGIN, _SCALE_PADDING = 78, 34
"""Pixels right of the last year, and above and below the lines, for the labels of their ends."""

_PAYBACK_LABEL_THRESHOLD = 0.8
"""Fraction of the years after which the label of the payback is on its left."""

_YEAR_END_OFFSET = 0.5
"""Years from the middle of a bar to the end of its year, when its cash flows."""

_HALF_BAR_WIDTH = 0.4
"""Half the width of a bar, in years."""


def draw_cash_flow(outcome: Outcome) -> Figure:
    """Draw what each year saves and costs, and when the costs are paid back."""
    table = outcome.frame("cash_flow")
    starts = [int(year[:4]) for year in table["financial_year"]]
    prices = outcome.scenario.values()["price_year"]
    return make_figure(
        _build_template(),
        {
            "bars": _build_bar_rows(table, starts),
            "lines": table[["financial_year", *_POSITION_LINES]].assign(
                start=[start + _YEAR_END_OFFSET for start in starts]
            ),
            "ends": _build_line_ends(table),
            "payback": _build_payback_point(outcome, starts),
        },
        title=write_cash_flow_title(outcome, table),
        subtitle=(
            f"£ a year, {prices} prices, central assumptions. Lines: cumulative net cash flow, and"
            " discounted"
        ),
        description=describe_cash_flow(outcome, table),
    )


@build_once
def _build_template() -> ChartTemplate:
    x = alt.X(
        "start:Q",
        title=None,
        axis=financial_year_axis(),
        scale=alt.Scale(zero=False, nice=False, range=[0, alt.ExprRef(f"width - {_RIGHT_MARGIN}")]),
    )
    payback_marks, zero, foot = named_data("payback").encode(x=x), alt.datum(0), alt.value("height")
    return ChartTemplate(
        layer_charts(
            _build_bars(),
            *_build_position_lines(x),
            payback_marks.mark_rule(color=TEXT_COLOUR, strokeDash=DOTTED).encode(y=zero, y2=foot),
            payback_marks.mark_point(color=TEXT_COLOUR, fill="white", size=90, opacity=1).encode(
                y=zero
            ),
            *side_labels("payback", x=x, y=foot, lineBreak="\n", dy=-22),
        )
    )


def _build_bars() -> alt.Chart:
    """A bar for each year and kind."""
    colour = category_colour(
        "kind", _KIND_COLOURS, legend=alt.Legend(symbolType="square", columns=by_width(2, 3))
    )
    bars: alt.Chart = (
        named_data("bars")
        .transform_calculate(
            left=f"datum.start - {_HALF_BAR_WIDTH}", right=f"datum.start + {_HALF_BAR_WIDTH}"
        )
        .mark_rect()
        .encode(
            x="left:Q",
            x2="right:Q",
            y="from:Q",
            y2="to:Q",
            color=colour,
            tooltip=["financial_year:N", "kind:N", alt.Tooltip("amount:Q", format=",.0f")],
        )
    )
    return bars


def _build_position_lines(x: alt.X) -> list[AltairChart]:
    """Cumulative net cash flow, undiscounted and discounted, with labels at the ends."""
    y = alt.Y(
        "cumulative:Q",
        title=None,
        axis=money_axis("y"),
        scale=alt.Scale(nice=False, padding=_SCALE_PADDING),
    )
    lines = named_data("lines").encode(x=x)
    return [
        lines.mark_line(color=GREY, strokeDash=DASHED).encode(y="cumulative_present_value:Q"),
        lines.mark_line(color=BLUE, strokeWidth=3).encode(
            y=y, tooltip=["financial_year:N", alt.Tooltip("cumulative:Q", format=",.0f")]
        ),
        *_build_end_labels(),
    ]


def _build_end_labels() -> list[alt.Chart]:
    """Names and amounts at the ends of the lines, to the right of the bars."""
    edge = alt.value(alt.ExprRef(f"width - {_RIGHT_MARGIN} + 5"))
    style: dict[str, Any] = {"align": "left", "lineBreak": "\n"}
    return [
        layer
        for side, side_style in _END_LABEL_STYLES.items()
        for layer in point_labels(
            "ends", side, x=edge, y="position:Q", colour_field="colour", **style, **side_style
        )
    ]


def _build_bar_rows(table: pd.DataFrame, starts: list[int]) -> pd.DataFrame:
    """A bar for each year and kind, in pounds, ``from`` the end of the bar before it."""
    amounts = table[list(_AMOUNT_SIGNS)].to_numpy(float) * list(_AMOUNT_SIGNS.values())
    saved, spent, _ = amounts.T
    negative_savings = np.minimum(saved, 0)
    bar_starts = np.concatenate([np.zeros(len(saved)), negative_savings, negative_savings + spent])
    amount = amounts.T.ravel()
    return pd.DataFrame(
        {
            "start": starts * len(_KIND_COLOURS),
            "financial_year": table["financial_year"].tolist() * len(_KIND_COLOURS),
            "kind": [kind for kind in _KIND_COLOURS for _ in starts],
            "amount": amount,
            "from": bar_starts,
            "to": bar_starts + amount,
        }
    )


def _build_line_ends(table: pd.DataFrame) -> pd.DataFrame:
    """Labels of the ends of the lines: above the upper one, below the lower one."""
    ends = [(float(table[name].iloc[-1]), *line) for name, line in _POSITION_LINES.items()]
    rows = [
        {
            "position": position,
            "colour": colour,
            "over": "",
            "under": "",
            side: f"{line_name}\n{format_short_estimate(position)}",
        }
        for side, (position, line_name, colour) in zip(("under", "over"), sorted(ends), strict=True)
    ]
    return pd.DataFrame(rows)


def _build_payback_point(outcome: Outcome, starts: list[int]) -> pd.DataFrame:
    """Time of payback; no row if the costs are never paid back or there are none."""
    years = outcome["payback_years"].number
    if not years:
        return pd.DataFrame(columns=["start", "left", "right"])
    payback_time, text = starts[0] + _YEAR_END_OFFSET + years, f"Paid back\n{format_delay(years)}"
    return pd.DataFrame(
        [
            {
                "start": payback_time,
                **place_on_free_side(
                    text, payback_time, starts[0], starts[-1], _PAYBACK_LABEL_THRESHOLD
                ),
            }
        ]
    )
