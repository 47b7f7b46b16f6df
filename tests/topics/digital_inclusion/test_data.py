"""Tests of the bundled figures of digital inclusion, and when they are known."""

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
    def test_2014_q2_has_no_figures_for_periods_after_30_june_2014(self):
        periods = {period for _, period in visible_figures("2014-Q2")}
        assert periods == {"2012-08", "2013-03", "2014-03", "2014-04", "2014-06"}

    def test_2014_q1_has_no_figures_for_april(self):
        assert ("lacks basic digital skills", "2014-04") not in visible_figures("2014-Q1")
        assert ("lacks basic digital skills", "2014-04") in visible_figures("2014-Q2")

    def test_figures_for_a_year_are_known_when_the_year_has_ended(self):
        assert ("lacks basic digital skills", "2015") not in visible_figures("2015-Q3")
        assert ("lacks basic digital skills", "2015") in visible_figures("2015-Q4")

    def test_a_later_quarter_has_all_the_figures_of_an_earlier_one(self):
        quarters = [f"{year}-Q{n}" for year in range(2012, 2026) for n in range(1, 5)]
        actual = [visible_figures(quarter) for quarter in quarters]
        assert all(before <= after for before, after in pairwise(actual))

    def test_there_are_no_figures_before_the_first_survey(self):
        assert inclusion_observed_table.load_table("2012-Q2").empty


class TestFigures:
    def test_populations_are_separate(self):
        frame = inclusion_observed_table.load_table("2014-Q2").dropna(subset=["people"])
        result = frame.set_index("measure")["people"].to_dict()
        assert result == {
            "lacks basic digital skills": 11_000_000,
            "never used the internet": 6_400_000,
        }

    def test_the_sample_size_is_that_of_the_whole_survey(self):
        # so that it is no band's own: 1,298 were asked, each age band is a part of them
        frame = inclusion_observed_table.load_table("2014-Q2")
        assert frame["sample_size"].dropna().unique().tolist() == [1298]

    @pytest.mark.skipif(
        not FACTS.is_file(), reason="the folder of facts is not beside the checkout"
    )
    def test_the_figures_are_those_of_the_sources(self):
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
