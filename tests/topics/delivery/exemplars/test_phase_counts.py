"""Services by phase: the published, listed and dated counts, in June 2014 and later."""

import pytest

from tests.topics.delivery.bundled_tables import load_bundled
from tests.topics.delivery.exemplars.examples import (
    JUNE,
    QUARTERS,
    compare_on_day,
    counts_on_day,
)
from workbook.topics.delivery.exemplars.phase_counts import (
    PHASE_COUNT_COLUMNS,
    published_phase_counts,
)
from workbook.topics.delivery.measures.data import progress_measures_schema


class TestSources:
    def test_june_2014_by_source(self):
        result = compare_on_day("2014-Q2")
        assert result.to_numpy().tolist() == [
            ["Published in the report", "2014-06-30", 0, 4, 18, 3, 25],
            ["Listed on the dashboard", "2014-06-12", 1, 5, 17, 3, 26],
            ["Derived from milestones", "2014-06-30", 2, 6, 15, 3, 26],
        ]

    def test_later_quarters_have_no_published_counts_and_count_a_public_beta_as_beta(self):
        assert counts_on_day("2014-Q3") == [[1, 3, 16, 6, 26], [2, 2, 16, 6, 26]]
        assert counts_on_day("2014-Q4") == [[1, 2, 15, 8, 26], [2, 2, 14, 8, 26]]

    def test_milestones_are_known_to_february_2015(self):
        result = compare_on_day("2018-Q4")
        assert result["as_of"].tolist() == ["2015-03-27", "2015-02-28"]
        assert result["live"].tolist() == [15, 9]

    def test_without_data_there_are_no_rows(self):
        result = compare_on_day("2011-Q4")
        assert result.empty
        assert tuple(result.columns) == PHASE_COUNT_COLUMNS

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_phases_add_up_to_the_services(self, quarter):
        for *phases, services in counts_on_day(quarter):
            assert sum(phases) == services


class TestPublished:
    def test_discovery_is_the_rest_of_all_services(self):
        message = published_phase_counts(load_bundled(progress_measures_schema, "2014-Q2"))
        assert message.counts == {"alpha": 4, "beta": 18, "live": 3, "discovery": 0}
        assert (message.day, message.services) == (JUNE, 25)

    @pytest.mark.parametrize("gone", ["exemplars_alpha", "exemplars_live", "exemplars_total"])
    def test_a_missing_phase_gives_no_counts(self, gone):
        rows = load_bundled(progress_measures_schema)
        assert published_phase_counts(rows[rows["indicator"] != gone]) is None
