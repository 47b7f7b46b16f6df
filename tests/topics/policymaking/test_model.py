"""The model of policymaking: figures by hand, what a quarter can see, and the originals."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.topics.policymaking.examples import (
    COMMISSION_FILE,
    GOVUK_FOLDER,
    consultations,
    evaluate,
    read_govuk,
)
from workbook.analysis.goal_seek import seek
from workbook.importers import read_table_file
from workbook.periods import last_day_of_quarter, shift_quarter
from workbook.scenario import ScenarioError
from workbook.topics.policymaking import topic
from workbook.topics.policymaking.data import consultations_schema
from workbook.topics.policymaking.status import (
    ANSWER_POSSIBLY_LATER,
    ANSWERED,
    ANSWERED_UNDATED,
    CLOSED_STATUSES,
    DATES_MISSING,
    OPEN,
    UNDATED_STATUSES,
    WAITING,
)

commission = pytest.mark.skipif(
    not COMMISSION_FILE.is_file(), reason="the published original is not here"
)
govuk = pytest.mark.skipif(not GOVUK_FOLDER.is_dir(), reason="the published originals are not here")

QUARTERS = [shift_quarter("2013-Q3", count) for count in range(8)]


def values(outcome):
    return {indicator.name: indicator.value for indicator in outcome}


def explanations(outcome):
    return {indicator.name: indicator.explanation for indicator in outcome}


def statuses(outcome):
    frame = outcome.frame("consultations")
    return dict(zip(frame["id"], frame["status"], strict=True))


class TestFiguresByHand:
    """The made-up consultations on 30 June 2014."""

    def test_the_status_of_each(self):
        assert statuses(evaluate()) == {
            "open": OPEN,
            "late": WAITING,
            "feedback": ANSWERED,
            "outcome": ANSWERED,
            "recent": ANSWERED,
            "undated": ANSWER_POSSIBLY_LATER,
            "waiting": WAITING,
            "blank": DATES_MISSING,
        }

    def test_the_status_follows_the_quarter_and_the_table(self):
        table = consultations()
        before = statuses(evaluate(table, quarter="2014-Q1"))["late"], statuses(evaluate(table))
        table.loc[table["id"] == "late", "feedback_published"] = "2014-06-30"
        after = statuses(evaluate(table))
        assert (before[0], before[1]["late"], after["late"]) == (WAITING, WAITING, ANSWERED)
        assert statuses(evaluate(table, quarter="2014-Q3"))["open"] == WAITING

    def test_every_figure_of_the_consultations(self):
        observed = values(evaluate())
        assert observed["consultations_open"] == 1
        assert observed["consultations_closed"] == 6
        assert observed["consultations_awaiting_response"] == 2
        assert observed["median_days_open"] == 61  # 28, 61, 61, 61, 84, 84
        assert observed["share_open_long_enough"] == pytest.approx(2 / 6)
        # 36 and 50 days in time; 188 and 121 days without an answer; 29 days since closing: not due
        assert observed["share_answered_in_time"] == pytest.approx(2 / 4)
        assert observed["responses_median"] == 40  # 7, 10, 30, 50, 100, 1000
        assert observed["responses_total"] == 1197
        assert observed["share_online"] == pytest.approx((100 + 80 + 25 + 5) / 1160)
        assert observed["proposals_changed_share"] == pytest.approx(3 / 14)

    def test_the_median_counts_those_still_waiting(self):
        # after 19 days 4/5, after 36 days 3/5, after 50 days 2/5
        outcome = evaluate()
        assert outcome["median_days_to_response"].value == 50
        first, last = outcome.frame("medians").to_dict("records")
        assert (first["median_answered"], first["consultations"], first["completed"]) == (36, 5, 3)
        # to the outcome: after 50 days 3/4, after 81 days 1/2; one left after 29 days
        assert (last["median"], last["consultations"], last["completed"]) == (81, 5, 2)

    def test_an_early_answer_does_not_count_before_its_days_are_over(self):
        # with 29 days, "recent" is due, and answered after 19; the others took 36 and 50
        assert evaluate(standard_days=29)["share_answered_in_time"].value == pytest.approx(1 / 5)
        assert evaluate(standard_days=30)["share_answered_in_time"].value == 0

    def test_channels_add_up(self):
        rows = evaluate().frame("channels").set_index("channel")
        assert rows["responses"].to_dict() == {"Online": 210, "By email": 20}
        assert rows["counted"].to_dict() == {"Online": 4, "By email": 1}

    def test_a_note_counts_one_without_dates_in_the_singular(self):
        assert (
            "One consultation has no usable dates and counts as neither open nor closed."
            in evaluate().notes
        )

    def test_a_department_alone(self):
        outcome = evaluate(department="Home Office")
        assert outcome["consultations_closed"].value == 2
        assert outcome["share_answered_in_time"].value == pytest.approx(1 / 2)

    def test_an_unknown_department_is_rejected_with_the_nearest(self):
        with pytest.raises(ScenarioError) as error:
            evaluate(department="Ministry of Justce")
        assert str(error.value) == (
            'department is "Ministry of Justce": it is not a department in the table of'
            ' consultations up to 30 June 2014. Did you mean "Ministry of Justice"?'
        )

    def test_another_spelling_is_the_same_department(self):
        assert evaluate(department="MOJ")["consultations_closed"].value == 4

    def test_a_department_without_consultations_has_one_line(self):
        assert evaluate(department="Cabinet Office").headline == (
            "Digital policymaking: no figures for the Cabinet Office."
        )


class TestQuarters:
    def test_a_later_answer_is_not_there_yet(self):
        before, after = evaluate(quarter="2014-Q2"), evaluate(quarter="2014-Q3")
        assert statuses(before)["late"] == WAITING
        assert statuses(after)["late"] == ANSWERED
        assert before["proposals_changed_share"].value == pytest.approx(3 / 14)
        assert after["proposals_changed_share"].value == pytest.approx(8 / 20)

    def test_a_consultation_that_closes_later_is_open_and_has_no_responses_yet(self):
        row = evaluate().frame("consultations").set_index("id").loc["open"]
        assert (row["status"], row["said"], row["did"]) == (OPEN, "Still open", "Not due yet")

    def test_one_that_opens_later_is_not_known(self):
        assert "later" not in statuses(evaluate())
        assert statuses(evaluate(quarter="2014-Q3"))["later"] == WAITING

    @settings(max_examples=25, deadline=None)
    @given(st.sampled_from(QUARTERS))
    def test_rows_of_the_future_change_nothing(self, quarter):
        table, day = consultations(), last_day_of_quarter(quarter).isoformat()
        past = table.copy()
        for name in ("feedback_published", "outcome_published"):
            past[name] = past[name].where(past[name].isna() | (past[name] <= day))
        past = past[past["opened"].isna() | (past["opened"] <= day)]
        # an answer without its later date would be an answer of unknown date
        assert past["answered"].isna().any()
        expected, result = evaluate(past, quarter=quarter), evaluate(table, quarter=quarter)
        assert values(result) == values(expected)
        # only whether an answer without a date was there by then depends on when the table was made
        expected_statuses, result_statuses = statuses(expected), statuses(result)
        undated = {expected_statuses.pop("undated", ""), result_statuses.pop("undated", "")}
        assert result_statuses == expected_statuses
        assert undated <= {*UNDATED_STATUSES, OPEN} or len(undated) == 1

    @given(st.sampled_from(QUARTERS))
    @settings(max_examples=8, deadline=None)
    def test_every_consultation_has_one_status(self, quarter):
        outcome = evaluate(quarter=quarter)
        found = list(statuses(outcome).values())
        observed = values(outcome)
        closed = sum(status in CLOSED_STATUSES for status in found)
        assert (observed["consultations_closed"] or 0) == closed
        assert (observed["consultations_awaiting_response"] or 0) == found.count(WAITING)
        assert (observed["consultations_open"] or 0) == found.count(OPEN)


class TestMissing:
    def test_the_bundled_table_says_what_the_report_does_not_give(self):
        outcome = topic.run()
        reasons = explanations(outcome)
        for name in (
            "share_answered_in_time",
            "median_days_to_response",
            "consultations_awaiting_response",
            "consultations_open",
            "consultations_closed",
            "median_days_open",
            "share_open_long_enough",
        ):
            assert outcome[name].value is None
            assert reasons[name] == (
                "the July 2014 report gives no dates for the 4 consultations listed"
            )
        assert reasons["responses_total"] == (
            "the July 2014 report gives no numbers of responses for the 4 consultations listed"
        )
        assert reasons["share_online"] == (
            "the July 2014 report gives no numbers of online responses for the 4 consultations"
            " listed"
        )
        assert outcome["analysts_for_target"].value == 3
        assert outcome.frame("consultations")["missing"].tolist() == 4 * [
            "opening and closing dates, responses, channels, answer and proposals changed"
        ]

    def test_an_indicator_without_a_value_cannot_be_sought(self):
        result = seek(topic, indicator="median_days_to_response", reach=60, by="standard_days")
        assert (result.status, result.reached) == ("cannot be reached", None)
        assert result.sentences == (
            (
                "“Median days from closing to the first answer” is not known, so no value of “Days"
                " allowed for an answer” can be sought for it: the July 2014 report gives no dates"
                " for the 4 consultations listed."
            ),
        )

    def test_a_median_needs_half_to_be_answered(self):
        table = consultations(
            "a,A,,2013-01-01,2013-03-01,,,,2013-04-01,,,,\n"
            "b,B,,2013-01-01,2013-03-01,,,,,,,,\n"
            "c,C,,2013-01-01,2013-03-01,,,,,,,,\n"
        )
        indicator = evaluate(table)["median_days_to_response"]
        assert (indicator.value, indicator.formatted_value) == (None, "not reached")
        assert indicator.explanation == (
            "1 of 3 has been answered on a known date, and a median needs half"
        )

    def test_answers_without_dates_are_counted_and_left_out(self):
        outcome = evaluate(quarter="2014-Q3")
        assert statuses(outcome)["undated"] == ANSWERED_UNDATED
        assert (
            "One answer has no date. It is left out of the time to answer and of the share answered"
            " in time, and does not count as waiting."
        ) in outcome.notes
        assert outcome["consultations_awaiting_response"].note == ""
        assert evaluate().frame("survival")["at_risk"].iloc[0] == 5

    def test_an_answer_without_a_date_may_be_later_than_an_earlier_quarter(self):
        outcome = evaluate()  # the table's newest day is 1 August 2014
        assert (
            "One answer has no date. It may have been published after 30 June 2014, so at least 2"
            " consultations wait. It is left out of the time to answer and of the share answered in"
            " time."
        ) in outcome.notes
        waiting = outcome["consultations_awaiting_response"]
        assert (waiting.value, waiting.note) == (2, "at least: 1 answer without a date left out")
        assert ", and at least 2 still wait." in outcome.headline
        row = outcome.frame("consultations").set_index("id").loc["undated"]
        assert row["did"] == "Answered, not known if by then"

    def test_what_such_an_answer_changed_is_not_known_either(self):
        table = consultations(
            "a,A,,2013-01-01,2013-03-01,,,,,,yes,4,1\nb,B,,2014-05-01,2014-08-01,,,,,,,,\n"
        )
        assert evaluate(table, quarter="2014-Q1")["proposals_changed_share"].value is None
        assert evaluate(table)["proposals_changed_share"].value == 0.25

    def test_one_that_has_opened_is_open_without_a_closing_date(self):
        outcome = evaluate(consultations("a,A,,2014-05-01,,,,,,,,,\n"))
        assert statuses(outcome) == {"a": OPEN}
        assert outcome["consultations_open"].value == 1
        assert "One consultation has opened and has no closing date. It counts as open." in (
            outcome.notes
        )
        assert outcome.frame("consultations")["missing"].tolist() == ["closing date"]

    @pytest.mark.parametrize(
        ("dates", "missing"),
        [("2014-05-01,", "closing dates"), (",2015-05-01", "opening dates"), (",", "dates")],
    )
    def test_sentences_name_the_dates_that_are_missing(self, dates, missing):
        outcome = evaluate(consultations(f"a,A,,{dates},,,,,,yes,,\n"))
        assert statuses(outcome) == {"a": DATES_MISSING}
        assert outcome.headline.startswith(
            f"The table gives no {missing} for the one consultation listed, so"
        )
        assert outcome.notes[0].startswith(f"The table gives no {missing} for this consultation.")

    def test_one_closed_consultation_is_written_of_in_the_singular(self):
        answered = consultations("a,A,,2013-01-01,2013-03-01,,,,2013-08-17,,,,\n")
        outcome = evaluate(answered)
        assert outcome.headline.startswith(
            "The one closed consultation was not answered within 84 days: it took 169."
        )
        assert outcome["median_days_to_response"].note == (
            "1 answered of 1; too few for a confidence interval"
        )
        waiting = evaluate(answered, quarter="2013-Q2")
        assert waiting.headline.startswith(
            "The one closed consultation has waited 121 days for an answer, longer than 84 days."
        )
        early = evaluate(answered, quarter="2013-Q1")
        assert early.headline.startswith(
            "One consultation had closed, not long enough ago to judge its answer."
        )
        undated = evaluate(consultations("a,A,,2013-01-01,2013-03-01,,,,,,yes,,\n"))
        assert undated.headline.startswith(
            "The one closed consultation was answered on a day that is not known."
        )
        assert undated["median_days_to_response"].explanation == (
            "the table gives no date for the one answer"
        )

    def test_no_time_is_estimated_where_most_answers_have_no_date(self):
        table = consultations(
            "a,A,,2013-01-01,2013-03-01,,,,2013-04-01,,,,\n"
            "b,B,,2013-01-01,2013-03-01,,,,,,yes,,\n"
            "c,C,,2013-01-01,2013-03-01,,,,,,yes,,\n"
        )
        outcome = evaluate(table)
        for name in ("median_days_to_response", "share_answered_in_time"):
            assert outcome[name].value is None
            assert outcome[name].explanation == "the table gives a date for 1 of 3 answers"
        assert outcome.headline.startswith(
            "All 3 consultations were answered, but only one answer has a date."
        )

    def test_a_quarter_before_every_consultation_is_warned_of(self):
        table = consultations("a,A,,2017-05-01,2017-08-01,,,,,,,,\n")
        outcome = evaluate(table)
        [warning] = outcome.parameter_warnings
        assert warning.message == (
            'quarter is "2014-Q2": no consultation in the table had opened by then. Its'
            " consultations opened in May 2017."
        )
        assert explanations(outcome)["consultations_open"] == (
            "no consultation had opened by 30 June 2014"
        )

    def test_a_table_of_required_columns_alone_is_enough(self):
        report = consultations_schema.check_csv(
            b"id,title,opened,closed\na,A,2014-01-01,2014-03-01\n"
        )
        assert not report.errors
        outcome = evaluate(report.frame)
        assert outcome["consultations_awaiting_response"].value == 1
        assert outcome["responses_total"].value is None


@pytest.fixture(scope="module")
def commission_outcome():
    """The Commission's consultations on 31 March 2026."""
    content = COMMISSION_FILE.read_bytes()
    report = read_table_file(consultations_schema, content, COMMISSION_FILE.name)
    return evaluate(report.frame, quarter="2026-Q1")


@commission
class TestCommission:
    def test_the_published_figures(self, commission_outcome):
        observed = values(commission_outcome)
        assert observed["consultations_closed"] == 657
        assert observed["median_days_open"] == 84
        assert observed["share_open_long_enough"] == pytest.approx(579 / 657)
        assert observed["responses_median"] == 183
        assert observed["responses_total"] == 3_310_736
        assert observed["consultations_awaiting_response"] == 657 - 388
        assert commission_outcome["responses_total"].note == "578 consultations with a count"

    def test_answers_without_dates_give_no_time(self, commission_outcome):
        assert commission_outcome["median_days_to_response"].value is None
        assert commission_outcome["median_days_to_response"].explanation == (
            "the table gives a date for none of 388 answers"
        )
        assert commission_outcome.headline.startswith(
            "388 of 657 consultations were answered, but no answers have a date."
        )

    def test_at_an_earlier_quarter_at_least_those_not_marked_wait(self):
        content = COMMISSION_FILE.read_bytes()
        report = read_table_file(consultations_schema, content, COMMISSION_FILE.name)
        outcome = evaluate(report.frame, quarter="2020-Q1")
        assert outcome["consultations_awaiting_response"].value == 110
        assert outcome.headline.startswith(
            "At least 110 of 155 consultations wait for an answer: 45 answers have no date."
        )
        assert any(
            note.startswith(
                "45 answers have no date. They may have been published after 31 March 2020, so at"
                " least 110 consultations wait."
            )
            for note in outcome.notes
        )

    def test_the_timeline_shows_the_latest(self, commission_outcome):
        assert len(commission_outcome.frame("timeline")) == 20
        figure = topic.charts["timeline"](commission_outcome)
        assert figure.subtitle.startswith("The latest 20 of 657 consultations.")


@govuk
class TestGovuk:
    def test_feedback_169_days_after_closing(self):
        table = read_govuk("best-practice-consultation")
        outcome = evaluate(table, quarter="2015-Q1")
        [row] = outcome.frame("consultations").to_dict("records")
        assert (row["days_open"], row["days_to_answer"], row["in_time"]) == (61, 169, "no")
        assert row["did"] == "Feedback published 25 March 2015, 169 days after closing"
        assert outcome["share_answered_in_time"].value == 0
        assert outcome["median_days_to_response"].value == 169

    def test_an_open_one_with_a_placeholder_closing_date_is_open(self):
        outcome = evaluate(read_govuk("open_consultation"), quarter="2016-Q4")
        assert [*statuses(outcome).values()] == [OPEN]

    def test_the_quarter_before_it_is_waiting(self):
        outcome = evaluate(read_govuk("best-practice-consultation"), quarter="2014-Q4")
        [row] = outcome.frame("consultations").to_dict("records")
        assert (row["status"], row["days_waiting"], row["in_time"]) == (WAITING, 85, "no")
        assert outcome["median_days_to_response"].value is None
