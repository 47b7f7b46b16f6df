"""Content items of GOV.UK: consultations in every state, placeholders, and other content."""

import json

import pandas as pd
import pytest

from tests.importers.published.consultation_files import (
    PUBLISHED_FOLDER,
    days_between,
    issue_lines,
    read_report,
    requires_published_files,
    valid_frame,
)
from workbook.importers.data_frames import read_data_frame
from workbook.topics.policymaking.data import consultations_schema

GOVUK = PUBLISHED_FOLDER / "govuk"
BIS = {"content_id": "b1", "title": "Department for Business", "analytics_identifier": "D3"}
AGENCY = {"content_id": "e1", "title": "Environment Agency", "analytics_identifier": "EA199"}


def build_item(document_type="closed_consultation", *, organisations=(BIS,), top=None, **details):
    """Content item of a consultation from April to June 2014."""
    dates = {
        "opening_date": "2014-04-01T09:30:00+01:00",
        "closing_date": "2014-06-24T23:45:00.000+01:00",
    }
    return {
        "content_id": "c1",
        "base_path": "/government/consultations/wood-fires",
        "document_type": document_type,
        "title": "Wood fires",
        "withdrawn_notice": {},
        "details": dates | details,
        "links": {"organisations": list(organisations)},
        **(top or {}),
    }


def read_item(*arguments, **changes):
    return read_report(build_item(*arguments, **changes))


class TestItems:
    def test_an_item_is_read_without_warnings(self):
        report = read_item()
        assert report.warnings == ()
        row = valid_frame(report).iloc[0].dropna().to_dict()
        assert row == {
            "id": "c1",
            "title": "Wood fires",
            "organisation": "Department for Business",
            "department": "Department for Business",
            "opened": "2014-04-01",
            "closed": "2014-06-24",
            "answered": "no",
            "link": "https://www.gov.uk/government/consultations/wood-fires",
        }

    @pytest.mark.parametrize(
        ("document_type", "details", "answered"),
        [
            ("consultation", {}, "no"),
            ("open_consultation", {}, "no"),
            ("closed_consultation", {}, "no"),
            ("closed_consultation", {"public_feedback_detail": "<p>Thanks</p>"}, "yes"),
            ("closed_consultation", {"public_feedback_publication_date": "2014-09-01"}, "yes"),
            ("consultation_outcome", {}, "yes"),
        ],
    )
    def test_feedback_or_an_outcome_is_an_answer(self, document_type, details, answered):
        frame = valid_frame(read_item(document_type, **details))
        assert frame["answered"].tolist() == [answered]
        assert frame["outcome_published"].isna().all()

    def test_the_department_of_another_body_is_not_known(self):
        row = valid_frame(read_item(organisations=[AGENCY])).iloc[0]
        assert row["organisation"] == "Environment Agency"
        assert row.isna()["department"]

    def test_of_several_organisations_the_leading_one_is_taken(self):
        emphasised = read_item(organisations=[AGENCY, BIS], emphasised_organisations=["b1"])
        assert valid_frame(emphasised)["organisation"].tolist() == ["Department for Business"]
        primary = {
            "links": {"organisations": [BIS], "primary_publishing_organisation": [AGENCY]},
        }
        assert valid_frame(read_item(top=primary))["organisation"].tolist() == [
            "Environment Agency"
        ]

    def test_html_in_a_title_is_removed(self):
        report = read_item(top={"title": "Wood &amp; <b>coal</b>"})
        assert valid_frame(report)["title"].tolist() == ["Wood & coal"]
        message = 'holds HTML, which is removed: read as "Wood & coal"'
        assert issue_lines(report.warnings) == [(2, "title", message)]

    def test_a_placeholder_is_not_known(self):
        report = read_item("open_consultation", closing_date="2216-12-16T16:00:00+01:00")
        message = "2216-12-16 is a placeholder for a date that is not set: treated as not known"
        assert issue_lines(report.warnings) == [(2, "details.closing_date", message)]
        assert valid_frame(report)["closed"].isna().all()

    def test_an_item_without_dates_stands_as_incomplete(self):
        without_details = build_item()
        del without_details["details"]
        for item in (build_item(opening_date=None, closing_date=None), without_details):
            report = read_report([item])
            assert valid_frame(report)[["opened", "closed"]].isna().all(axis=None)
            message = '"Wood fires" has no opening or closing date in details: both are not known'
            assert issue_lines(report.warnings) == [(2, "details", message)]

    def test_one_that_has_closed_on_an_unknown_day_does_not_count_as_open(self):
        report = read_item(closing_date=None)
        message = "has closed, but its closing date is not known: its opening date is not used"
        assert issue_lines(report.warnings) == [(2, "details.opening_date", message)]
        assert valid_frame(report)[["opened", "closed"]].isna().all(axis=None)
        assert read_item("open_consultation", closing_date=None).warnings == ()


def test_a_data_frame_of_items_is_read_as_their_file():
    items = pd.DataFrame([build_item(), build_item(top={"content_id": "c2", "details": None})])
    _, frame = read_data_frame(consultations_schema, items)
    dates = frame[["id", "opened", "closed"]].fillna("").to_numpy().tolist()
    assert dates == [["c1", "2014-04-01", "2014-06-24"], ["c2", "", ""]]


class TestOtherItems:
    @pytest.mark.parametrize("document_type", ["guidance", "open_call_for_evidence", "redirect"])
    def test_another_type_of_content_is_an_error_that_names_it(self, document_type):
        other = build_item(document_type, top={"content_id": "c2"})
        report = read_report([build_item(), other])
        message = (
            f'"{document_type}" is another type of content than a consultation: take the item out'
            " of the file"
        )
        assert issue_lines(report.errors) == [(3, "document_type", message)]
        assert report.frame["id"].tolist() == ["c1"]

    def test_a_withdrawn_consultation_is_left_out_with_a_warning(self):
        notice = {"withdrawn_notice": {"withdrawn_at": "2014-11-12T09:52:00Z"}}
        report = read_report([build_item(top=notice), build_item(top={"content_id": "c2"})])
        message = '"Wood fires" was withdrawn on 12 November 2014: it is left out'
        assert issue_lines(report.warnings) == [(2, "withdrawn_notice.withdrawn_at", message)]
        assert valid_frame(report)["id"].tolist() == ["c2"]

    def test_the_same_item_twice_is_an_error(self):
        report = read_report([build_item(), build_item()])
        assert issue_lines(report.errors) == [
            (3, "content_id", 'repeats the id of row 2, "Wood fires"')
        ]

    def test_an_answer_before_the_closing_date_is_an_error(self):
        report = read_item(public_feedback_publication_date="2014-06-01T00:00:00+00:00")
        message = (
            "2014-06-01 is before the consultation closes (2014-06-24): write the closing date or a"
            " later one"
        )
        column = "details.public_feedback_publication_date"
        assert issue_lines(report.errors) == [(2, column, message)]


@requires_published_files
class TestPublishedItems:
    @staticmethod
    def items():
        return {path.stem: json.loads(path.read_bytes()) for path in sorted(GOVUK.glob("*.json"))}

    def test_best_practice_was_answered_169_days_after_closing(self):
        frame = valid_frame(read_report((GOVUK / "best-practice-consultation.json").read_bytes()))
        row = frame.iloc[0]
        dates = ["2014-08-07", "2014-10-07", "2015-03-25"]
        assert row[["opened", "closed", "feedback_published"]].tolist() == dates
        assert days_between(frame, "closed", "feedback_published").tolist() == [169]
        assert row.isna()["outcome_published"]
        assert (row["answered"], row["organisation"]) == (
            "yes",
            "Department for Business, Innovation & Skills",
        )

    @pytest.mark.parametrize("write", ["list", "lines"])
    def test_every_state_is_read_from_a_list_and_from_lines(self, write):
        items = self.items()
        # Two of the nine are versions of others.
        kept = [
            item
            for name, item in items.items()
            if name not in {"consultation_outcome_with_featured_attachments", "open_consultation"}
        ]
        text = json.dumps(kept) if write == "list" else "\n".join(map(json.dumps, kept))
        report = read_report(text.encode())
        frame = valid_frame(report).set_index("title")
        assert len(frame) == 6
        assert frame["answered"].value_counts().to_dict() == {"yes": 3, "no": 3}
        placeholders = [issue for issue in report.warnings if "placeholder" in issue.message]
        assert len(placeholders) == 3
        [withdrawn] = set(report.warnings) - set(placeholders)
        assert withdrawn.message.startswith('"Postgraduate doctoral loans" was withdrawn on 12')
        gcses = frame.loc["Setting the grade standards of new GCSEs in England: 2017 & 2018"]
        assert gcses["outcome_published"] == "2016-09-07"
        undated = frame.loc["Employee Share Schemes: NIC elections"]
        assert undated["answered"] == "yes"
        assert undated[["feedback_published", "outcome_published"]].isna().all()

    def test_a_file_of_one_withdrawn_consultation_has_no_rows(self):
        report = read_report((GOVUK / "consultation_withdrawn.json").read_bytes())
        assert (len(valid_frame(report)), len(report.warnings)) == (0, 1)
