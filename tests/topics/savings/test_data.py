"""Bundled tables: published figures in pounds and fractions, visible from their own quarter on."""

import csv

import pandas as pd
import pytest

from tests import ROOT
from tests.topics.savings.bundled_tables import TABLES, load_bundled
from workbook.resources import resource_folder
from workbook.tables.channel_costs import channel_costs
from workbook.tables.deflator import deflator
from workbook.topics.savings import data

FACTS = ROOT.parent / "shared" / "facts"
MILLION, PERCENT = 1e6, 0.01

needs_facts = pytest.mark.skipif(
    not FACTS.is_dir(), reason="the folder of facts is not beside the checkout"
)


def fact_rows(name, **columns):
    """Read columns of a file of facts, each multiplied by its unit."""
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        tuple(number_in_unit(row[column], unit) for column, unit in columns.items()) for row in rows
    ]


def bundled_rows(table, *columns):
    rows = load_bundled(table)[list(columns)].astype(object).to_numpy().tolist()
    return [
        tuple(number_in_unit(cell, 1 if isinstance(cell, float) else None) for cell in row)
        for row in rows
    ]


def number_in_unit(cell, unit):
    """Convert a cell to a number in its unit, to text if it has no unit, or to None if blank."""
    if cell == "" or pd.isna(cell):
        return None
    return round(float(cell) * unit, 9) if unit else str(cell)


def error_messages(table, content):
    return [str(problem) for problem in table.check_csv(content.encode()).errors]


class TestBundledTables:
    @pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
    def test_each_table_passes_its_check_without_warnings(self, table):
        report = table.check_csv((resource_folder("data") / f"{table.name}.csv").read_bytes())
        assert (report.errors, report.warnings) == ((), ())
        assert len(report.frame) > 1

    @pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
    def test_rows_have_sources_and_columns_have_descriptions(self, table):
        assert load_bundled(table)["source"].str.len().min() > 5
        assert all(column.title and column.description for column in table.schema.columns.values())
        assert table.sources

    def test_there_are_seven_tables(self):
        assert {table.name for table in TABLES} == {
            "channel_costs",
            "cost_ratios",
            "deflator",
            "discount_rates",
            "efficiency_rates",
            "efficiency_shares",
            "published_savings",
        }

    def test_the_world_banks_figures_have_their_licence(self):
        assert deflator.licence["name"] == "CC-BY-4.0"


class TestQuarters:
    def visible_years(self, quarter):
        return set(load_bundled(data.published_savings, quarter)["financial_year"])

    def test_2014_q2_includes_2013_14_but_not_2014_15(self):
        assert self.visible_years("2014-Q2") == {"2012-13", "2013-14"}

    def test_a_financial_year_is_visible_once_it_has_ended(self):
        assert "2013-14" not in self.visible_years("2013-Q4")
        assert "2013-14" in self.visible_years("2014-Q1")
        assert "2014-15" not in self.visible_years("2014-Q4")
        assert "2014-15" in self.visible_years("2015-Q1")

    def test_the_deflator_is_a_unit_of_account_and_never_cut(self):
        years = {"2010", "2011", "2012", "2013", "2014"}
        assert set(load_bundled(deflator, "2009-Q1")["year"]) == years

    def test_costs_in_2012_prices_are_not_visible_before_2012_ends(self):
        assert set(load_bundled(channel_costs, "2012-Q3")["year"]) == {"2008"}
        assert set(load_bundled(channel_costs, "2012-Q4")["year"]) == {"2008", "2012"}

    def test_a_dated_schedule_is_visible_in_every_quarter(self):
        assert len(load_bundled(data.discount_rates, "2000-Q1")) == 3


@needs_facts
class TestFacts:
    def test_channel_costs(self):
        result = bundled_rows(channel_costs, "source", "year", "channel", "cost")
        assert result == fact_rows(
            "channel_costs", source=None, year=None, channel=None, cost_per_transaction_gbp=1
        )

    def test_published_savings(self):
        result = bundled_rows(data.published_savings, "financial_year", "savings", "source")
        assert result == fact_rows(
            "savings_published", year=None, millions_gbp=MILLION, source=None
        )

    def test_components_are_named_as_published_and_every_other_row_is_a_total(self):
        frame = load_bundled(data.published_savings)
        for (name, basis), role, definition in zip(
            fact_rows("savings_published", component=None, basis=None),
            frame["role"],
            frame["definition"],
            strict=True,
        ):
            assert (role == data.COMPONENT_ROLE) == basis.startswith("component")
            assert (definition == name) == basis.startswith("a wider definition")
            assert (definition == data.NARROW_DEFINITION) != basis.startswith("a wider definition")

    def test_the_reports_rates(self):
        rates = "millions_gbp_per_point_of_take_up"
        result = bundled_rows(data.efficiency_rates, "dimension", "category", "saving_per_point")
        columns = {"dimension": None, "category": None, rates: MILLION}
        assert result == fact_rows("efficiency_report", **columns)[: len(result)]
        assert (
            bundled_rows(data.efficiency_rates, "low", "high")
            == fact_rows("efficiency_report", low=MILLION, high=MILLION)[: len(result)]
        )

    def test_the_reports_shares(self):
        result = bundled_rows(data.efficiency_shares, "category", "share")
        published = fact_rows(
            "efficiency_report", category=None, millions_gbp_per_point_of_take_up=PERCENT
        )
        assert result == published[-len(result) :]
        assert len(load_bundled(data.efficiency_rates)) + len(result) == len(published)

    def test_discount_rates(self):
        columns = ("schedule", "valid_from", "valid_to", "from_year", "to_year", "rate")
        texts = dict.fromkeys(columns[:-1])
        assert bundled_rows(data.discount_rates, *columns) == fact_rows(
            "discount_rates", **texts, rate_percent=PERCENT
        )

    def test_deflator(self):
        assert bundled_rows(deflator, "series", "year", "growth") == fact_rows(
            "deflator", series=None, year=None, growth_percent=PERCENT
        )


class TestReport:
    """The report's saving from moving take-up from 46.1% to 82%."""

    @pytest.mark.parametrize(
        ("ratios", "reduction", "saving"),
        [("3/33/100", 0.59034, 3.7e9), ("36/66/100", 0.23661, 1.4e9)],
    )
    def test_the_base_cost_reproduces_the_published_saving(self, ratios, reduction, saving):
        (row,) = load_bundled(data.cost_ratios).set_index("ratios").loc[[ratios]].itertuples()
        other = 0.8 * row.phone + 0.2 * row.face_to_face
        now, target = (
            share * row.digital + (1 - share) * other
            for share in (row.take_up_now, row.take_up_target)
        )
        assert 1 - target / now == pytest.approx(reduction, abs=5e-6)
        assert row.saving == saving
        assert row.base_cost * (1 - target / now) == pytest.approx(saving, rel=2e-4)

    def test_the_shares_of_the_saving_add_up_to_101_percent_as_published(self):
        assert load_bundled(data.efficiency_shares)["share"].sum() == pytest.approx(1.01)


PRICE_YEAR = "an amount of money needs the year of its prices"


class TestBadInput:
    COSTS = "source,year,channel,cost\n"
    RATES = "schedule,valid_from,valid_to,from_year,to_year,rate,source\n"
    SAVINGS = "financial_year,period,definition,role,component,savings,source\n"

    @pytest.mark.parametrize(
        ("row", "sentence"),
        [
            ("A,,phone,2", f"row 2, column year: is blank: {PRICE_YEAR}"),
            ("A,12,phone,2", 'row 2, column year: "12" must be a year such as 2012'),
            ("A,2012-06,phone,2", 'row 2, column year: "2012-06" must be a year such as 2012'),
            ("A,2012,phone,-2", "row 2, column cost: -2 must not be negative"),
            ("A,2012,phone,", "row 2, column cost: is blank: a value is required"),
        ],
    )
    def test_an_invalid_cost_is_an_error(self, row, sentence):
        assert error_messages(channel_costs, self.COSTS + row) == [sentence]

    def test_a_missing_price_year_column_is_an_error(self):
        result = error_messages(channel_costs, "source,channel,cost\nA,phone,2")
        assert result == ['required column "year" is missing']

    @pytest.mark.parametrize(
        ("row", "sentence"),
        [
            (
                "a,2003-02-30,,1,30,0.03,S",
                'row 2, column valid_from: "2003-02-30" must be a day such as 2026-06-30',
            ),
            (
                "a,2003-01-01,20260630,1,30,0.03,S",
                'row 2, column valid_to: "20260630" must be a day such as 2026-06-30',
            ),
            (
                "a,2003-01-01,,0,30,0.03,S",
                "row 2, column from_year: 0 must be 1 or more: year 0 is not discounted",
            ),
            (
                "a,2003-01-01,,1,30,3.5,S",
                "row 2, column rate: 3.5 must be a fraction of 1, so that 21% is 0.21",
            ),
        ],
    )
    def test_an_invalid_discount_rate_is_an_error(self, row, sentence):
        assert error_messages(data.discount_rates, self.RATES + row) == [sentence]

    def test_a_rate_without_a_last_day_is_valid(self):
        assert not error_messages(data.discount_rates, self.RATES + "a,2026-07-01,,1,30,0.03,S")

    @pytest.mark.parametrize(
        ("row", "sentence"),
        [
            (
                "2013-15,2014-03,D,total,T,1,S",
                'row 2, column financial_year: "2013-15" must be a financial year such as 2013-14',
            ),
            (
                "2013-14,2014,D,total,T,1,S",
                'row 2, column period: "2014" must be a month such as 2014-06',
            ),
            (
                "2013-14,2014-03,D,part,T,1,S",
                'row 2, column role: "part" must be one of total, component',
            ),
        ],
    )
    def test_an_invalid_published_saving_is_an_error(self, row, sentence):
        assert error_messages(data.published_savings, self.SAVINGS + row) == [sentence]

    def test_a_published_saving_may_be_a_loss(self):
        assert not error_messages(
            data.published_savings, self.SAVINGS + "2013-14,2014-03,D,total,T,-1,S"
        )

    def test_growth_in_percent_is_an_error(self):
        result = error_messages(deflator, "series,year,growth,source\nUK,2014,1.451,S")
        assert result == [
            "row 2, column growth: 1.451 must be a fraction of 1, so that 2.5% is 0.025"
        ]
