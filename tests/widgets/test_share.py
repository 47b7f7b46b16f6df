"""Sharing a scenario: the text to forward, the record of a print, and notes on the link."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.analysis.example_topic import topic as own_topic
from tests.snapshots.example_topic import topic as small_topic
from workbook.analysis.pins import PinStore
from workbook.exports import outcome_content
from workbook.topics.take_up import topic as take_up
from workbook.widgets.share import ShareWidget


@pytest.fixture
def share():
    return ShareWidget(small_topic, "study", PinStore(Path("unused")))


def show(share, headline="3 people. It was 2. It will be 4.", **values):
    share.show(replace(small_topic.run(**values), headline=headline))
    return share


def test_the_text_to_forward_is_the_answer_in_two_sentences_with_quarter_and_scenario(share):
    assert show(share).forward_text == (
        f"{small_topic.title}: 3 people. It was 2.\n\n"
        "Figures to 30 June 2014. Published assumptions."
    )


def test_it_says_how_many_assumptions_are_changed(share):
    text = show(share, people=5).forward_text
    assert text.endswith("1 change from the published assumptions.")
    assert share.query == "people=5"


def test_the_record_has_scenario_day_and_data(share):
    assert show(share, quarter="2013-Q4", people=5).record == {
        "Scenario": "2 changes from the published assumptions",
        "Figures to": "31 December 2013",
        "Data": share.record["Data"],
    }


def test_it_describes_itself_in_a_line(share):
    assert repr(show(share)) == ("<ShareWidget: Published assumptions, figures to 30 June 2014>")


def test_the_release_of_the_data_is_of_all_tables_together(monkeypatch):
    def describe_data(digest):
        hashes = [{"name": "first", "sha256": "1" * 64}, {"name": "second", "sha256": digest * 64}]
        monkeypatch.setattr("workbook.widgets.share.hash_source_tables", lambda *_: hashes)
        share = ShareWidget(take_up, "study", PinStore(Path("unused")))
        share.show(take_up.run())
        return share.record["Data"]

    releases = [describe_data(digest) for digest in "223"]
    assert all(re.fullmatch(r"2 tables, release [0-9a-f]{8}", release) for release in releases)
    assert releases[0] == releases[1] != releases[2]


def test_a_topic_without_tables_has_no_release(share):
    assert show(share).record["Data"] == ""


def test_a_scenario_with_an_upload_says_that_its_link_is_for_this_visit():
    upload = take_up.Scenario().replace(kpi_data="upload:figures.csv")
    share = ShareWidget(take_up, "study", PinStore(Path("unused")))
    share.show(replace(take_up.run(), scenario=upload))
    assert "during this visit only, because figures.csv is not stored" in share.sharing_note
    assert "The server does not store figures.csv" in share.download_note
    assert share.record["Data"] == "Uploaded file: figures.csv"


def test_a_report_gives_the_link_as_text(share):
    html = show(share, people=5).to_static_html()
    assert "To open this scenario, add ?people=5 to the page’s address." in html
    assert "<dt>Figures to</dt><dd>30 June 2014</dd>" in html
    assert "<input" not in html


def test_a_report_of_the_published_scenario_has_no_link(share):
    html = show(share).to_static_html()
    assert "Published assumptions" in html
    assert "<dt>Link</dt>" not in html


def test_a_public_address_is_that_of_the_topic_s_page(monkeypatch):
    monkeypatch.setenv("WORKBOOK_PUBLIC_URL", "https://workbook.example.gov.uk/")
    share = ShareWidget(take_up, "study", PinStore(Path("unused")))
    assert share.address == "https://workbook.example.gov.uk/take_up"
    own = replace(take_up, name="a_topic_of_a_notebook")
    assert not ShareWidget(own, "study", PinStore(Path("unused"))).address


@pytest.fixture
def messages(share, monkeypatch):
    """What the widget sends to the browser: each message with its buffers."""
    sent = []
    monkeypatch.setattr(share, "send", lambda *message: sent.append(message))
    return sent


def test_a_file_is_sent_to_a_notebook(share, messages):
    show(share, people=5)
    share._send_file(share, {"export": "toml"}, [])
    [(message, [content])] = messages
    assert message == {"exported": "toml", "name": f"{small_topic.name}.toml"}
    assert b"people = 5" in content


@pytest.mark.parametrize("error", [KeyError("missing"), ValueError("Vega: invalid expression")])
def test_what_cannot_be_made_is_said_to_a_notebook(share, messages, monkeypatch, caplog, error):
    def fail(*_, **__):
        raise error

    show(share)
    monkeypatch.setattr("workbook.exports.export_outcome.make_file", fail)
    share._send_file(share, {"export": "xlsx"}, [])
    [(message, content)] = messages
    assert "Vega" not in message["failure"]
    number = re.search(r"Report incident ([0-9A-F]{6})\.", message["failure"])[1]
    assert content == []
    assert number in caplog.text


def test_a_topic_without_charts_says_so_and_is_no_incident(monkeypatch, caplog):
    share = ShareWidget(own_topic, "study", PinStore(Path("unused")))
    sent = []
    monkeypatch.setattr(share, "send", lambda *message: sent.append(message))
    monkeypatch.setattr(outcome_content, "gather_results", lambda *_: ({}, ()))
    share.show(own_topic.run())
    share._send_file(share, {"export": "zip"}, [])
    assert sent == [({"exported": "zip", "failure": "This topic has no charts."}, [])]
    assert "incident" not in caplog.text


def test_a_scenario_file_that_would_name_an_upload_is_refused_to_a_notebook(monkeypatch):
    share, sent = ShareWidget(take_up, "study", PinStore(Path("unused"))), []
    monkeypatch.setattr(share, "send", lambda *message: sent.append(message))
    upload = take_up.Scenario().replace(kpi_data="upload:figures.csv")
    share.show(replace(take_up.run(), scenario=upload))
    share._send_file(share, {"export": "toml"}, [])
    [(message, content)] = sent
    assert message["failure"].startswith("This scenario uses figures.csv, which is kept for this")
    assert content == []


def test_nothing_is_made_on_a_served_page_or_in_an_unknown_form(share, messages, monkeypatch):
    show(share)
    share._send_file(share, {"export": "exe"}, [])
    monkeypatch.setenv("WORKBOOK_SERVED_SCRIPTS", "1")
    share._send_file(share, {"export": "toml"}, [])
    assert messages == []
