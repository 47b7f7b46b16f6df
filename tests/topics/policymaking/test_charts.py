"""Policymaking's charts: their rows, their titles, and what an empty one says."""

import pytest

from tests.topics.policymaking.examples import consultations, evaluate
from workbook.topics.policymaking import topic


def draw(name, outcome):
    return topic.charts[name](outcome)


class TestTimeline:
    def test_bars_before_and_after_closing(self):
        rows = draw("timeline", evaluate()).data["rows"]
        bars = {
            (row["title"], row["kind"]): (row["start"], row["end"])
            for row in rows.to_dict("records")
        }
        # open on 1 May, closes 24 days after 30 June
        assert bars["Still open", "Open"] == (-84, -24)
        assert bars["Feedback first", "Open"] == (-84, 0)
        assert bars["Feedback first", "Until the first answer"] == (0, 36)
        assert bars["No answer", "Still waiting"] == (0, 121)
        assert ("Date not given", "Still waiting") not in bars

    def test_the_title_is_the_finding_and_the_line_the_standard(self):
        figure = draw("timeline", evaluate())
        assert figure.title == "2 of 4 consultations were answered within 84 days of closing"
        assert figure.data["standard"]["day"].tolist() == [84]

    def test_a_long_wait_is_cut_and_told(self):
        table = consultations("a,A,,2010-01-01,2010-03-01,,,,,,,,\n")
        figure = draw("timeline", evaluate(table))
        assert figure.data["rows"]["end"].max() == 365
        assert figure.data["rows"]["name"].iloc[0] == "Waiting for 1,582 days: A"


class TestSurvival:
    def test_the_median_and_the_standard_are_marked(self):
        figure = draw("survival", evaluate())
        assert figure.title == "Half of consultations are answered within 50 days"
        medians = figure.data["medians"].set_index("kind")["days"].to_dict()
        assert medians == {"every": 50, "alone": 36}
        assert figure.data["mark"]["days"].tolist() == [84]
        assert "After 84 days 40% are not answered yet." in figure.description

    def test_too_few_answers_for_a_median(self):
        table = consultations(
            "a,A,,2014-01-01,2014-03-01,,,,2014-04-01,,,,\n"
            "b,B,,2014-01-01,2014-03-01,,,,,,,,\n"
            "c,C,,2014-01-01,2014-03-01,,,,,,,,\n"
        )
        figure = draw("survival", evaluate(table))
        assert figure.title == "1 of 3 consultations is answered, too few for a median"


class TestResponses:
    def test_the_median_and_the_most_are_told(self):
        figure = draw("responses", evaluate())
        assert figure.title == "Half of consultations had 40 responses or fewer; one had 1,000"
        assert len(figure.data["rows"]) == 6

    def test_no_response_at_all_has_no_place_on_a_logarithmic_scale(self):
        table = consultations(
            "a,A,,2014-01-01,2014-03-01,0,,,,,,,\nb,B,,2014-01-01,2014-03-01,5,,,,,,,\n"
        )
        figure = draw("responses", evaluate(table))
        assert figure.data["rows"]["title"].tolist() == ["B"]
        assert "One consultation without dates or without any response not drawn." in (
            figure.description
        )


class TestWaiting:
    @pytest.mark.parametrize(
        ("values", "title"),
        [
            ({}, "2 analysts would answer 66.6% in time; 3 would answer 94.7%"),
            ({"analysts": 3}, "3 analysts are enough to answer 90% in time"),
            ({"analysts": 1}, "1 analyst cannot keep up: 3 are needed to answer 90% in time"),
            ({"staff_days": 40}, "No number of analysts answers 90% of consultations in time"),
        ],
    )
    def test_the_title_is_the_finding(self, values, title):
        assert draw("waiting", evaluate(**values)).title == title

    def test_each_row_says_its_wait(self):
        names = draw("waiting", evaluate()).data["rows"]["name"].tolist()
        assert names[0] == "2 analysts (now): wait 50 days, 66.6% in time"
        assert names[3] == "5 analysts: wait under 1 day, 96.5% in time"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("timeline", "None of 4 consultations has dates"),
        ("survival", "None of 4 consultations has a date of its answer"),
        ("responses", "None of 4 consultations has both dates and a number of responses"),
    ],
)
def test_an_empty_chart_says_what_is_missing(name, title):
    figure = draw(name, topic.run())
    assert figure.is_empty
    assert figure.title == title
    assert "Upload your own table of consultations to draw it." in figure.description
    assert figure.to_altair().to_dict()["description"] == figure.description


def test_a_quarter_without_consultations_says_so():
    table = consultations("a,A,,2017-05-01,2017-08-01,,,,,,,,\n")
    figure = draw("timeline", evaluate(table))
    assert figure.title == "No consultation had opened by 30 June 2014"
