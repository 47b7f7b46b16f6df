"""Activities of Citizen Space: how fields are read, and what stands for what is not known."""

import pytest

from tests.importers.published.consultation_files import issue_lines, read_report, valid_frame

ACTIVITY = {
    "id": "wood-fires",
    "title": "Wood fires",
    "url": "https://consult.example.gov.uk/air/wood-fires",
    "status": "closed",
    "overview": "<p>About wood</p>",
    "startdate": "2014/04/01",
    "enddate": "2014/06/24",
    "activity_type": "consultation",
    "department": "Air quality",
    "response_count": 120,
    "feedbackdate": "2014/05/01",
}


def read_activities(*changes):
    activities = [ACTIVITY | {"id": f"a{number}"} | row for number, row in enumerate(changes, 1)]
    return read_report(activities)


class TestActivities:
    def test_an_activity_is_read_without_warnings_and_its_expected_dates_are_not(self):
        report = read_activities({})
        assert report.warnings == ()
        assert valid_frame(report).iloc[0].to_dict() == {
            "id": "a1",
            "title": "Wood fires",
            "department": "Air quality",
            "opened": "2014-04-01",
            "closed": "2014-06-24",
            "responses": 120,
            "link": ACTIVITY["url"],
        }

    def test_one_activity_by_itself_is_read(self):
        assert valid_frame(read_report(ACTIVITY))["id"].tolist() == ["wood-fires"]

    def test_fields_of_the_smallest_answer_suffice(self):
        names = ["id", "title", "url", "status", "overview", "startdate", "enddate"]
        report = read_report([{name: ACTIVITY[name] for name in names}])
        assert report.warnings == ()
        assert list(valid_frame(report)) == ["id", "title", "opened", "closed", "link"]

    def test_the_workspace_is_the_department_where_there_is_no_other(self):
        activity = {name: text for name, text in ACTIVITY.items() if name != "department"}
        frame = valid_frame(read_report([activity | {"workspace_title": "Air"}]))
        assert frame["department"].tolist() == ["Air"]

    @pytest.mark.parametrize("field", ["we_asked", "you_said", "we_did", "We did"])
    def test_a_text_of_what_was_said_and_done_is_an_answer(self, field):
        frame = valid_frame(read_activities({field: "<p>We kept it.</p>"}, {field: ""}))
        assert frame["answered"].tolist() == ["yes", "no"]

    def test_texts_in_an_object_are_found_too(self):
        frame = valid_frame(read_activities({"results": {"we_asked": "What?", "we_did": "That."}}))
        assert frame["answered"].tolist() == ["yes"]

    def test_an_identifier_is_unique_only_within_its_department(self):
        folders = [{"id": "a", "dept": "air"}, {"id": "a", "dept": "sea", "title": "Nets"}]
        assert valid_frame(read_activities(*folders))["id"].tolist() == ["air/a", "sea/a"]
        errors = read_activities({"id": "a"}, {"id": "a"}).errors
        assert issue_lines(errors) == [(3, "id", 'repeats the id of row 2, "Wood fires"')]

    def test_activities_of_other_types_are_kept_with_one_warning(self):
        survey = {"activity_type": "basic_survey"}
        report = read_activities(survey, {}, {**survey, "title": "Nets"}, {"title": "Oats"})
        message = (
            '"basic_survey" is no consultation but another type of activity. It is kept: delete'
            " what you do not count (2 activities, this is the first)"
        )
        assert issue_lines(report.warnings)[0] == (2, "activity_type", message)
        assert len(valid_frame(report)) == 4


class TestErrors:
    @pytest.mark.parametrize(
        ("change", "column", "message"),
        [
            (
                {"enddate": "2014/03/31"},
                "enddate",
                (
                    "2014-03-31 is before the consultation opens (2014-04-01): write the opening"
                    " date or a later one"
                ),
            ),
            (
                {"enddate": "2216/12/16"},
                "enddate",
                (
                    "2216-12-16 is a placeholder or a slip: write the date, or leave the cell blank"
                    " if it is not known"
                ),
            ),
            (
                {"startdate": "01/04/2014"},
                "startdate",
                (
                    '"01/04/2014" must be a day such as 2026-06-30: write 2014-04-01, if the day'
                    " comes first"
                ),
            ),
            (
                {"response_count": -1},
                "response_count",
                (
                    "-1 must not be negative: write 0 for none, or leave the cell blank if it is"
                    " not known"
                ),
            ),
            (
                {"response_count": "1.2k"},
                "response_count",
                '"1.2k" is not a whole number: write 1200 in full',
            ),
        ],
    )
    def test_an_invalid_field_is_told_by_its_own_name(self, change, column, message):
        assert issue_lines(read_activities(change).errors) == [(2, column, message)]

    @pytest.mark.parametrize(
        "start", ["<!DOCTYPE html>", "\n  <!doctype html>", "\ufeff<HTML lang>"]
    )
    def test_a_page_of_the_site_is_told_from_its_json(self, start):
        report = read_report(f"{start}<p>Closed activities</p>".encode(), "page.html")
        message = (
            "page.html: the file is a web page: save the table on it as CSV UTF-8. From a Citizen"
            " Space site, save the JSON at its address …/api/2.4/json_search_results?fields=all"
        )
        assert issue_lines(report.errors) == [(None, None, message)]
