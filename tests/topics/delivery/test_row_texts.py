"""The texts of bundled rows: plain English that a stranger to the report understands."""

import re

import pytest

from tests.topics.delivery.bundled_tables import ROW_TABLES, load_bundled
from workbook.resources import resource_folder
from workbook.topics.delivery.commitments.data import commitments_schema
from workbook.topics.delivery.events.data import events_schema
from workbook.topics.delivery.measures.data import progress_measures_schema

MOST_WORDS = 25
TEXT_COLUMNS = {
    "commitments": "commitment", "progress_measures": "measure", "events": "event",
}  # fmt: skip
ABBREVIATIONS = re.compile(
    r"\b(?:ALB|BIS|CESG|CHS|CTO|CTS|DaT|DCLG|DCMS|DECC|DEFRA|DH|DVLA|DWP|FCO|GDS|HMRC|HO|IDA|MOD|MOJ"
    r"|OCTO|SCS|SME)s?\b"
)
"""Abbreviations of the report that a stranger does not know."""


def row_texts():
    """Identifier and text of every bundled row."""
    return [
        pytest.param(table.name, text, id=f"{identifier}-{period}")
        for table in ROW_TABLES
        for identifier, period, text in load_bundled(table)[
            ["id", "period", TEXT_COLUMNS[table.name]]
        ].itertuples(index=False)
    ]


@pytest.mark.parametrize(("table", "text"), row_texts())
def test_a_row_reads_as_plain_english(table, text):
    assert len(text.split()) <= MOST_WORDS
    assert text[0].isupper()
    assert not text.endswith(".")
    assert not ABBREVIATIONS.search(text)
    assert "  " not in text


def first_words(table):
    return load_bundled(table)[TEXT_COLUMNS[table.name]].str.split().str[0]


def test_commitments_and_events_begin_with_a_verb():
    noun_endings = re.compile(r"(?:ed|ing|tion|ment|s)$")
    exceptions = {"Assess", "Bring", "Discuss", "Pass"}
    for table in (commitments_schema, events_schema):
        for word in set(first_words(table)) - exceptions:
            assert not noun_endings.search(word), word


def test_measures_name_what_is_counted_and_not_what_is_to_be_done():
    verbs = set(first_words(commitments_schema)) | set(first_words(events_schema))
    assert verbs & set(first_words(progress_measures_schema)) <= {"Share"}  # a verb and a noun


def test_a_commitment_says_by_when():
    for text in load_bundled(commitments_schema)["commitment"]:
        assert re.search(r"\b20\d\d\b", text), text


@pytest.mark.parametrize("table", ROW_TABLES)
def test_no_row_is_without_a_source_or_programme(table):
    rows = load_bundled(table)
    assert rows["source"].str.len().gt(10).all()
    assert rows["programme"].notna().all()


@pytest.mark.parametrize("table", ROW_TABLES)
def test_what_is_also_reported_is_in_whole_sentences(table):
    for text in load_bundled(table)["reported"].dropna():
        assert text.endswith(".")
        assert max(len(sentence.split()) for sentence in re.split(r"[.:] ", text)) <= MOST_WORDS


def test_a_row_of_a_department_names_the_body_that_acts():
    for table in ROW_TABLES:
        rows = load_bundled(table)
        assert rows.loc[rows["department"].notna(), "organisation"].notna().all()


def test_a_department_has_one_spelling():
    spellings = {
        name for table in ROW_TABLES for name in load_bundled(table)["department"].dropna()
    }
    folded = {re.sub(r"\W|and", "", name).casefold() for name in spellings}
    assert len(folded) == len(spellings)
    assert "Department for Business Innovation & Skills" in spellings
    listed = (resource_folder("data") / "exemplar_phases.csv").read_text(encoding="utf-8")
    assert len({name for name in spellings if name in listed}) >= 7


@pytest.mark.parametrize(
    ("department", "words"),
    [
        ("Ministry of Defence", ["Defence Gateway", "digital transformation team"]),
        ("Department for Education", ["academies"]),
        ("Foreign & Commonwealth Office", ["Chevening", "appointments online", "posts abroad"]),
        ("Ministry of Justice", ["jury summons", "prison visits", "legal aid", "Steering Group"]),
        ("Cabinet Office", ["Code Club", "Common Technology Services", "tech bars", "fast stream"]),
        ("Office for National Statistics", ["Digital Publishing Division", "new website"]),
        ("HM Revenue & Customs", ["tax credit renewals", "tax platform", "apprentices"]),
        ("Department for Culture Media & Sport", ["digital leader"]),
        ("Home Office", ["Recruit more people"]),
        ("Department of Energy & Climate Change", ["Brief teams"]),
        ("Department for Work & Pensions", ["Leeds"]),
    ],
)
def test_what_the_report_says_of_a_department_has_a_row(department, words):
    events = load_bundled(events_schema)
    texts = "\n".join(events.loc[events["department"] == department, "event"])
    for word in words:
        assert word in texts
