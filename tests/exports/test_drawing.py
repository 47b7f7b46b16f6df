"""The process that bundles Vega and draws the home page's pictures."""

import pytest

from workbook.exports.drawing import finish_drawing, start_drawing

BARS = {
    "mark": "bar",
    "data": {"values": [{"year": "2014"}]},
    "encoding": {"x": {"field": "year"}},
    "description": "One bar.",
}


def test_it_returns_the_bundle_and_the_pictures_in_their_order(capfd):
    with start_drawing() as process:
        drawings = finish_drawing(process, [BARS, {"mark": "unknown"}, {**BARS, "title": "Bars"}])
    assert "vegaEmbed" in drawings.vega_bundle
    first, failed, last = drawings.pictures
    assert failed is None
    assert "could not be drawn" in capfd.readouterr().err
    assert 'aria-label="One bar."' in first
    assert 'aria-label="Bars"' in last


def test_a_process_that_is_asked_nothing_ends_silently(capfd):
    with start_drawing() as process:
        output, _ = process.communicate("")  # as when the server stops while it starts
    assert (process.returncode, output, capfd.readouterr().err) == (0, "", "")


def test_a_process_that_fails_is_an_error(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "missing")
    monkeypatch.setattr("workbook.exports.drawing.__name__", "workbook.exports.missing")
    with start_drawing() as process, pytest.raises(RuntimeError, match="could not be prepared"):
        finish_drawing(process, [])
