"""What the pages say: short sentences, a headline with a number, and plain words."""

import re
from collections.abc import Iterator
from functools import cache

import nbformat
import pytest
import textstat

from workbook.charts.figure import Figure
from workbook.outcome import Outcome
from workbook.resources import resource_folder
from workbook.scenario import Scenario
from workbook.topics.registry import TOPICS

MOST_WORDS_OF_A_HEADLINE = 35
MOST_WORDS_OF_A_SENTENCE = 25
MOST_WORDS_OF_A_CHART_TITLE = 15
LEAST_READING_EASE = 50  # Flesch: what GOV.UK's own guidance reaches
QUARTERS = ("2014-Q2", "2015-Q1", "2021-Q4")

EXCEPTIONS: dict[str, str] = {}
"""Sentences that may be longer, each with its reason."""

PARAGRAPH_END = re.compile(r"\n\n|\n(?=- )")
SENTENCE_END = re.compile(r"(?<=[.?!])[”)]?\s+(?=[A-Z“(£−\d])|; ")
MARKDOWN = re.compile(r"[*_`]|^(?:#+|-) ", re.MULTILINE)


def split_sentences(text: str) -> list[str]:
    """The sentences of a text without its marks; each item of a list is a sentence."""
    return [
        MARKDOWN.sub("", sentence)
        for paragraph in PARAGRAPH_END.split(text)
        for sentence in SENTENCE_END.split(paragraph)
        if sentence
    ]


def long_sentences(texts: Iterator[str]) -> list[str]:
    """Sentences with too many words that have no reason to be so long."""
    return [
        f"{len(sentence.split())} words: {sentence}"
        for text in texts
        for sentence in split_sentences(text)
        if len(sentence.split()) > MOST_WORDS_OF_A_SENTENCE and sentence not in EXCEPTIONS
    ]


def scenarios(name: str) -> Iterator[Scenario]:
    """A topic's published scenarios, and its default in other quarters."""
    topic = TOPICS[name]
    yield from topic.scenarios.published.values()
    for quarter in QUARTERS:
        yield topic.Scenario(quarter=quarter)


@cache
def outcomes(name: str) -> list[Outcome]:
    """The outcomes of these scenarios."""
    return [TOPICS[name].run(scenario) for scenario in scenarios(name)]


def notebook_prose(name: str) -> list[str]:
    """The texts of a notebook's Markdown cells."""
    notebook = nbformat.read(resource_folder("notebooks") / f"{name}.ipynb", as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def page_texts(name: str) -> Iterator[str]:
    """What a page says, apart from its tables."""
    topic = TOPICS[name]
    yield from notebook_prose(name)
    yield from (parameter.meaning for parameter in topic.Scenario.parameters().values())
    for outcome in outcomes(name):
        yield outcome.headline
        yield from outcome.warnings_and_notes
        for indicator in outcome.indicators:
            yield from (indicator.label, indicator.explanation)
        for figure in topic.draw_charts(outcome).values():
            assert isinstance(figure, Figure)
            yield from (figure.title, figure.subtitle, figure.description)


@pytest.mark.parametrize("name", TOPICS)
def test_a_headline_is_short_and_has_a_number(name: str) -> None:
    for outcome in outcomes(name):
        assert len(outcome.headline.split()) <= MOST_WORDS_OF_A_HEADLINE, outcome.headline
        assert re.search(r"\d", outcome.headline), outcome.headline


@pytest.mark.parametrize("name", TOPICS)
def test_no_sentence_is_long(name: str) -> None:
    found = long_sentences(page_texts(name))
    assert not found, "\n".join(dict.fromkeys(found))


@pytest.mark.parametrize("name", TOPICS)
def test_a_chart_s_title_is_short(name: str) -> None:
    titles = {
        str(figure.title)
        for outcome in outcomes(name)
        for figure in TOPICS[name].draw_charts(outcome).values()
    }
    assert not [title for title in titles if len(title.split()) > MOST_WORDS_OF_A_CHART_TITLE]


@pytest.mark.parametrize("name", TOPICS)
def test_the_introduction_headline_and_notes_are_easy_to_read(name: str) -> None:
    for outcome in outcomes(name):
        introduction = MARKDOWN.sub("", notebook_prose(name)[0])
        text = " ".join((introduction, outcome.headline, *outcome.warnings_and_notes))
        assert textstat.flesch_reading_ease(text) >= LEAST_READING_EASE, text
