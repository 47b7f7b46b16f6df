"""Time from discovery to live: medians in June 2014 and later, and services left out."""

from datetime import date

from tests.topics.delivery.bundled_tables import load_bundled
from tests.topics.delivery.exemplars.examples import (
    JUNE,
    QUARTERS,
)
from workbook.periods import last_day_of_quarter
from workbook.topics.delivery.exemplars.data import (
    exemplar_milestones_schema,
)
from workbook.topics.delivery.exemplars.phase_history import (
    last_known_month,
    months_to_live,
)
from workbook.topics.delivery.exemplars.survival import estimate_survival


def estimate_from_milestones(milestones, day):
    return estimate_survival(months_to_live(milestones, day))


class TestTimeToLive:
    def months_of_live(self, day):
        durations = months_to_live(load_bundled(exemplar_milestones_schema), day)
        return sorted(durations.loc[durations["completed"], "months"])

    def test_june_2014(self):
        assert self.months_of_live(JUNE) == [22, 27, 28]
        result = estimate_from_milestones(load_bundled(exemplar_milestones_schema, "2014-Q2"), JUNE)
        assert (result.subject_count, result.completed_count, result.median) == (25, 3, 27)

    def test_february_2015_with_the_median_of_completed_services(self):
        day = date(2015, 2, 28)
        assert self.months_of_live(day) == [12, 13, 14, 19, 22, 26, 27, 27, 28]
        result = estimate_from_milestones(load_bundled(exemplar_milestones_schema), day)
        assert (result.subject_count, result.median, result.median_completed_only) == (25, 27, 22)

    def test_later_days_add_no_milestones(self):
        dated = load_bundled(exemplar_milestones_schema)
        first, last = (months_to_live(dated, date(year, 12, 31)) for year in (2015, 2018))
        assert first.equals(last)
        assert last_known_month(dated, date(2018, 12, 31)) == "2015-02"

    def test_within_a_month_the_month_before_is_the_last_known(self):
        assert (
            last_known_month(load_bundled(exemplar_milestones_schema), date(2014, 6, 29))
            == "2014-05"
        )
        assert (
            last_known_month(load_bundled(exemplar_milestones_schema), date(2014, 1, 30))
            == "2013-12"
        )

    def test_a_service_without_a_discovery_has_no_duration(self):
        result = months_to_live(load_bundled(exemplar_milestones_schema), JUNE)
        assert "Make a claim to an employment tribunal" not in set(result["title"])

    def test_without_milestones_there_is_no_curve(self):
        assert (
            estimate_from_milestones(
                load_bundled(exemplar_milestones_schema, "2011-Q4"), date(2011, 12, 31)
            )
            is None
        )

    def test_later_rows_do_not_affect_a_quarter(self):
        for quarter in QUARTERS[4:]:
            day = last_day_of_quarter(quarter)
            seen_then = months_to_live(load_bundled(exemplar_milestones_schema, quarter), day)
            assert seen_then.equals(months_to_live(load_bundled(exemplar_milestones_schema), day))
