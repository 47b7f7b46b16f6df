"""The held figures: as published, and seen from their own quarter on."""

import csv
from itertools import pairwise

import pytest

from tests import ROOT
from workbook.resources import resource_folder
from workbook.topics.digital_inclusion.data import inclusion_observed_table

FACTS = ROOT.parent / "shared" / "facts" / "inclusion_observed.csv"


def visible_figures(quarter):
    frame = inclusion_observed_table.load_table(quarter)
    return set(zip(frame["measure"], frame["period"], strict=True))


class TestQuarters:
    def test_2014_q2_sees_nothing_that_ended_after_30_june_2014(self):
        periods = {period for _, period in visible_figures("2014-Q2")}
        assert periods == {"2012-08", "2013-03", "2014-03", "2014-04", "2014-06"}

    def test_2014_q1_does_not_see_april(self):
        assert ("lacks basic digital skills", "2014-04") not in visible_figures("2014-Q1")
        assert ("lacks basic digital skills", "2014-04") in visible_figures("2014-Q2")

    def test_a_year_is_seen_when_it_is_over(self):
        assert ("lacks basic digital skills", "2015") not in visible_figures("2015-Q3")
        assert ("lacks basic digital skills", "2015") in visible_figures("2015-Q4")

    def test_a_later_quarter_sees_all_that_an_earlier_one_saw(self):
        quarters = [f"{year}-Q{n}" for year in range(2012, 2026) for n in range(1, 5)]
        actual = [visible_figures(quarter) for quarter in quarters]
        assert all(before <= after for before, after in pairwise(actual))

    def test_before_the_first_survey_there_is_nothing(self):
        assert inclusion_observed_table.load_table("2012-Q2").empty


class TestFigures:
    def test_populations_are_kept_apart(self):
        frame = inclusion_observed_table.load_table("2014-Q2").dropna(subset=["people"])
        result = frame.set_index("measure")["people"].to_dict()
        assert result == {
            "lacks basic digital skills": 11_000_000,
            "never used the internet": 6_400_000,
        }

    def test_a_sample_is_that_of_the_whole_survey(self):
        # so that it is no band's own: 1,298 were asked, each age band is a part of them
        frame = inclusion_observed_table.load_table("2014-Q2")
        assert frame["sample_size"].dropna().unique().tolist() == [1298]

    @pytest.mark.skipif(
        not FACTS.is_file(), reason="the folder of facts is not beside the checkout"
    )
    def test_they_are_the_facts(self):
        def number(text, unit):
            return "" if not text else round(float(text) * unit, 6)

        with FACTS.open(encoding="utf-8", newline="") as file:
            facts = [
                {
                    "measure": row["measure"],
                    "population": row["population"],
                    "period": row["date"],
                    "people": number(row["people_millions"], 1e6),
                    "share": number(row["share_percent"], 0.01),
                    "sample_size": number(row["sample_size"], 1),
                    "source": row["source"],
                }
                for row in csv.DictReader(file)
            ]
        with (resource_folder("data") / "inclusion_observed.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            bundled = [
                row | {name: number(row[name], 1) for name in ("people", "share", "sample_size")}
                for row in csv.DictReader(file)
            ]
        assert bundled == facts
