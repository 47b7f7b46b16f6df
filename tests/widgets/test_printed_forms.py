"""What a terminal prints of a topic, a study and its views: what they show, in a line."""

import pytest

from workbook import Study
from workbook.topics.digital_inclusion import topic


@pytest.fixture(scope="module")
def study():
    return Study(topic, topic.Scenario(draws=100, unaided_gain=0))


def test_a_topic_and_a_study_say_what_they_are_about(study):
    assert repr(topic) == f"<Topic digital_inclusion: {topic.question}>"
    assert repr(study) == f"<Study: Digital inclusion. {study.outcome.headline}>"


@pytest.mark.parametrize(
    ("view", "text"),
    [
        ("form", "<FormWidget: 17 parameters>"),
        ("link", "<LinkWidget: ?unaided_gain=0&draws=100>"),
        ("notes", "<NotesWidget: {notes} notes>"),
        ("headline", "<HeadlineWidget: {headline}>"),
    ],
)
def test_a_view_says_what_it_shows(study, view, text):
    outcome = study.outcome
    expected = text.format(notes=len(outcome.warnings_and_notes), headline=outcome.headline)
    assert repr(getattr(study, view)) == expected


def test_charts_tables_and_tiles_say_what_they_show(study):
    title = topic.charts["path"](study.outcome).title
    assert repr(study.charts["path"]) == f"<ChartWidget: path: {title}>"
    assert repr(study.table("path")).startswith("<TableWidget: path: People without basic digital")
    assert repr(study.table("path")).endswith(", 7 rows>")
    target = study.select_tiles("target_people")
    assert repr(target) == "<TilesWidget: Target for 2020: 4.6 million>"


def test_a_figure_has_its_title_and_the_names_of_its_data(study):
    figure = topic.charts["path"](study.outcome)
    assert repr(figure).startswith(f"<Figure: {figure.title}. Data: lines (7 rows), ")
