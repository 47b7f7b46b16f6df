"""Mixtures of two releases of a table: the earlier rows with the later one's new periods."""

import pandas as pd

from tests.topics.take_up.example_tables import small_table
from workbook.analysis.table_mixture import add_new_periods
from workbook.importers.catalogue import open_table
from workbook.topics.savings.data import efficiency_rates
from workbook.topics.take_up.data import take_up_table


def mix(earlier, later, quarter="2014-Q1"):
    return add_new_periods(take_up_table, small_table(*earlier), quarter, small_table(*later))


def rows_of(frame: pd.DataFrame) -> list[tuple]:
    columns = ["service", "window_end", "volume", "digital_volume"]
    return [*frame[columns].astype(object).itertuples(index=False, name=None)]


def test_earlier_rows_stay_and_new_periods_come():
    earlier = [("Boat", "2014-03", 10, 5), ("Car", "2014-03", 30, 9)]
    later = [("Boat", "2014-03", 12, 6), ("Boat", "2014-06", 14, 7), ("Dog", "2014-06", 1, 1)]
    assert rows_of(mix(earlier, later)) == [
        ("Boat", "2014-03", 10, 5),
        ("Boat", "2014-06", 14, 7),
        ("Dog", "2014-06", 1, 1),
        ("Car", "2014-03", 30, 9),
    ]


def test_a_renamed_service_stays_one_service():
    earlier = [("Boat", "2013-12", 8, 4), ("Boat", "2014-03", 10, 5)]
    later = [("Ship", "2013-12", 8, 4), ("Ship", "2014-03", 10, 5), ("Ship", "2014-06", 14, 7)]
    assert rows_of(mix(earlier, later)) == [*earlier, ("Boat", "2014-06", 14, 7)]


def test_an_earlier_name_that_another_service_has_now_is_not_used():
    earlier = [("Boat", "2013-12", 8, 4), ("Boat", "2014-03", 10, 5)]
    later = [("Ship", "2013-12", 8, 4), ("Ship", "2014-03", 10, 5)]
    new = [("Boat", "2014-06", 3, 1), ("Ship", "2014-06", 14, 7)]
    assert sorted(rows_of(mix(earlier, [*later, *new]))) == sorted([*earlier, *new])


def test_a_period_that_was_held_but_had_not_ended_is_new():
    earlier = [("Boat", "2014-03", 10, 5), ("Boat", "2014-06", 13, 6)]
    later = [("Boat", "2014-03", 10, 5), ("Boat", "2014-06", 14, 7)]
    assert rows_of(mix(earlier, later)) == later


def test_without_a_revision_the_later_table_itself_is_used():
    earlier = small_table(("Boat", "2014-03", 10, 5))
    later = small_table(("Boat", "2014-03", 10, 5), ("Boat", "2014-06", 14, 7))
    assert add_new_periods(take_up_table, earlier, "2014-Q1", later) is later


def test_a_table_without_periods_has_no_new_ones():
    earlier = efficiency_rates.load_table("2014-Q2")
    assert add_new_periods(efficiency_rates, earlier, "2014-Q1", earlier.iloc[1:]) is earlier


def test_columns_keep_their_data_types():
    frame = open_table(take_up_table, "take_up").frame
    revised = frame.assign(volume=frame["volume"] + 1)
    mixture = add_new_periods(take_up_table, revised, "2014-Q1", frame)
    assert mixture.dtypes.astype(str).to_dict() == frame.dtypes.astype(str).to_dict()
    assert mixture["window_end"].cat.ordered
    known = mixture["window_end"].astype(str) <= "2014-03"
    assert mixture[["organisation", "service", "window_end"]].equals(
        frame[["organisation", "service", "window_end"]]
    )
    expected = revised["volume"].where(known, frame["volume"])
    assert mixture["volume"].equals(expected)
