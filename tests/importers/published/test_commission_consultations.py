"""The European Commission's list of consultations: its figures, and how its cells are read."""

from functools import cache

import pytest

from tests.importers.published.consultation_files import (
    PUBLISHED_FOLDER,
    days_between,
    issue_lines,
    read_report,
    requires_published_files,
    valid_frame,
)
from tests.importers.table_files import WRITERS, to_csv

PUBLISHED = PUBLISHED_FOLDER / "eu-public-consultations-2016-2026.csv"
ROW = {
    "initiative_id": "13698",
    "initiative_name": "VAT package",
    "initiative_url": "https://ec.europa.eu/initiatives/13698-VAT-package",
    "consultation_url": "https://ec.europa.eu/initiatives/13698-VAT-package/public-consultation_en",
    "topic": "Taxation",
    "consultation_start_date": "24 July 2025",
    "consultation_end_date": "08 October 2025",
    "total_feedback": "244",
    "has_summary_report": "True",
}


def list_rows(*changes):
    """Rows of a list with these cells, each with an identifier of its own."""
    rows = [ROW | {"initiative_id": f"{number}"} | row for number, row in enumerate(changes, 1)]
    return [list(ROW), *([row[name] for name in ROW] for row in rows)]


def read_rows(*changes):
    return read_report(to_csv(list_rows(*changes)).encode(), "given.csv")


class TestCells:
    @pytest.mark.parametrize("format_", WRITERS)
    def test_a_row_is_read_from_every_format(self, format_):
        report = read_report(WRITERS[format_](list_rows({})), "given")
        assert report.warnings == ()
        assert valid_frame(report).iloc[0].to_dict() == {
            "id": "1",
            "title": "VAT package",
            "organisation": "European Commission",
            "department": "European Commission",
            "opened": "2025-07-24",
            "closed": "2025-10-08",
            "responses": 244,
            "answered": "yes",
            "link": ROW["consultation_url"],
        }

    def test_without_a_report_it_is_not_answered_and_a_blank_count_is_not_known(self):
        frame = valid_frame(read_rows({"has_summary_report": "False", "total_feedback": ""}))
        assert frame["answered"].tolist() == ["no"]
        assert frame["responses"].isna().tolist() == [True]

    def test_a_blank_title_is_read_from_the_address_with_a_warning(self):
        address = "https://ec.europa.eu/initiatives/13-Erasmus%2B-2021-evaluation"
        report = read_rows({"initiative_name": "", "initiative_url": address})
        title = "Erasmus+ 2021 evaluation"
        assert valid_frame(report)["title"].tolist() == [title]
        message = f'is blank: read from the address as "{title}"'
        assert issue_lines(report.warnings) == [(2, "initiative_name", message)]

    def test_a_blank_title_without_an_address_is_an_error(self):
        report = read_rows({"initiative_name": "", "initiative_url": ""})
        message = "is blank: a value is required"
        assert issue_lines(report.errors) == [(2, "initiative_name", message)]

    @pytest.mark.parametrize("day", ["31 June 2025", "24 Juli 2025", "soon"])
    def test_an_unreadable_date_is_an_error_in_the_file_s_own_column(self, day):
        report = read_rows({"consultation_start_date": day})
        message = f'"{day}" must be a day such as 2026-06-30'
        assert issue_lines(report.errors) == [(2, "consultation_start_date", message)]


@requires_published_files
class TestPublishedList:
    @staticmethod
    @cache
    def report():
        return read_report(PUBLISHED.read_bytes(), PUBLISHED.name)

    def test_657_consultations_were_open_for_a_median_of_84_days(self):
        frame = valid_frame(self.report())
        days = days_between(frame, "opened", "closed")
        assert len(frame) == 657
        assert (days.median(), days.min(), days.max()) == (84, 14, 186)
        assert (days >= 84).sum() == 579

    def test_578_have_a_count_of_responses(self):
        responses = valid_frame(self.report())["responses"]
        assert (responses.count(), responses.median()) == (578, 183)
        assert responses.sum() == 3_310_736
        assert responses.max() == 1_194_757

    def test_388_have_a_summary_report(self):
        counts = valid_frame(self.report())["answered"].value_counts()
        assert counts.to_dict() == {"yes": 388, "no": 269}

    def test_three_titles_are_blank_and_three_stand_twice(self):
        messages = [warning.message for warning in self.report().warnings]
        starts = sorted(message.partition(":")[0][:20] for message in messages)
        assert starts == ["is also the title of"] * 3 + ["is blank"] * 3
