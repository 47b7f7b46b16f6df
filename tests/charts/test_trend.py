"""The small chart of one figure over time."""

import pandas as pd
import pytest

from workbook.charts.trend import draw_trend
from workbook.exports.static_svg import to_static_svg
from workbook.text.numbers import format_share

SHARES = pd.DataFrame({"period": ["2012", "2013", "2014"], "value": [0.5, 0.6, 0.72]})


def draw(rows):
    return draw_trend(rows, title="Take-up", format_text=format_share)


def test_it_is_described_by_its_first_and_last_value():
    assert draw(SHARES).description == "Take-up: 50% (2012) to 72% (2014)."


def test_periods_without_a_value_are_left_out():
    later = pd.DataFrame({"period": ["2015", "2016"], "value": [None, None]})
    assert draw(pd.concat([SHARES, later])).description == draw(SHARES).description


def test_one_period_gives_one_label():
    assert draw(SHARES.tail(1)).description == "Take-up: 72% (2014)."


def test_a_chart_without_a_value_is_an_error():
    with pytest.raises(ValueError, match="“Take-up” has no values"):
        draw(SHARES.assign(value=None))


def test_the_picture_shows_both_ends_with_their_periods_and_no_others():
    picture = to_static_svg(draw(SHARES), 280, titled=False)
    assert all(text in picture for text in (">50%<", ">72%<", ">2012<", ">2014<"))
    assert ">2013<" not in picture


def test_an_interval_and_a_target_are_drawn_only_where_there_are_any():
    def marks(rows):
        return [layer["mark"]["type"] for layer in draw(rows).to_dict()["layer"]]

    assert marks(SHARES) == ["line", "circle"]
    with_target = SHARES.assign(low=0.4, high=0.9, reference=0.8)
    assert marks(with_target) == ["area", "line", "line", "circle"]
