"""Uploads: pieces in any order, what is refused, what is kept and for how long."""

import base64
import io
import random
import zipfile
from collections.abc import Mapping
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.example_topic import INVALID_CSV, VALID_CSV, visits_schema
from workbook.tables import TableSchema
from workbook.widgets import uploads
from workbook.widgets.upload_pieces import MAX_PIECE_CHARACTERS
from workbook.widgets.upload_reports import MAX_LISTED_ISSUES
from workbook.widgets.uploads import (
    MAX_KEPT_TABLES,
    MAX_UPLOAD_BYTES,
    Uploads,
)

SENT = count()
"""A number for each file that is sent, as the page gives it."""

WANTED: Mapping[str, TableSchema] = {"data": visits_schema, "other": visits_schema}


def upload_pieces(
    content: bytes, name: str = "mine.csv", *, parameter: str = "data", size: int = 384 * 2**10
) -> list[dict[str, Any]]:
    """A file as the messages that the page sends."""
    parts = [content[start : start + size] for start in range(0, len(content), size)] or [b""]
    whole = {
        "parameter": parameter,
        "name": name,
        "file_id": f"upload-{next(SENT)}",
        "piece_count": len(parts),
    }
    return [
        {**whole, "piece": part, "data": base64.b64encode(content_part).decode()}
        for part, content_part in enumerate(parts)
    ]


def send_file(
    receiver: Uploads, content: bytes, name: str = "mine.csv", **options: Any
) -> dict[str, Any]:
    """The report on a file that was sent."""
    *_, report = [
        receiver.receive_piece(piece) for piece in upload_pieces(content, name, **options)
    ]
    assert report is not None
    return report


@given(st.integers(1, 60), st.randoms(use_true_random=False))
def test_pieces_in_any_order_and_twice_are_one_file(size: int, order: random.Random) -> None:
    receiver = Uploads(WANTED)
    parts = upload_pieces(VALID_CSV.encode(), size=size)
    twice = parts[:-1] * 2
    order.shuffle(twice)
    assert [receiver.receive_piece(piece) for piece in twice] == [None] * len(twice)
    report = receiver.receive_piece(parts[-1])
    assert report is not None
    assert report["value"] == "upload:mine.csv"
    assert receiver.tables["upload:mine.csv"]["visits"].sum() == 40


def test_a_table_that_was_read_is_kept_under_its_file_s_name() -> None:
    receiver = Uploads(WANTED)
    report = send_file(receiver, VALID_CSV.encode())
    assert report["summary"] == "mine.csv was read: 2 rows. It is kept for this visit only."
    assert receiver.values_for("data") == ["upload:mine.csv"]
    assert receiver.values_for("other") == []


def test_another_content_or_parameter_has_another_value_and_the_same_has_the_same() -> None:
    receiver = Uploads(WANTED)
    values = [
        send_file(receiver, VALID_CSV.encode())["value"],
        send_file(receiver, VALID_CSV.replace("30", "31").encode())["value"],
        send_file(receiver, VALID_CSV.encode(), parameter="other")["value"],
        send_file(receiver, VALID_CSV.encode())["value"],
    ]
    assert values == [
        "upload:mine.csv",
        "upload:mine.csv (2)",
        "upload:mine.csv (3)",
        "upload:mine.csv",
    ]


def test_only_the_newest_are_kept() -> None:
    receiver = Uploads(WANTED)
    for number in range(MAX_KEPT_TABLES + 2):
        send_file(receiver, VALID_CSV.encode(), f"{number}.csv")
    assert receiver.values_for("data") == [
        f"upload:{number}.csv" for number in range(2, MAX_KEPT_TABLES + 2)
    ]
    assert list(receiver.tables) == receiver.values_for("data")


def test_a_refused_table_is_reported_with_rows_and_columns_and_not_kept() -> None:
    receiver = Uploads(WANTED)
    report = send_file(receiver, INVALID_CSV.encode())
    assert report["summary"].startswith("mine.csv was rejected: 60 errors.")
    assert len(report["issues"]) == MAX_LISTED_ISSUES
    assert report["issue_count"] == 60
    assert report["issues"][0]["kind"] == "error"
    assert report["issues"][0]["text"].startswith("row 2, column visits: ")
    assert report["value"] == ""
    assert receiver.tables == {}


def test_errors_come_before_warnings() -> None:
    report = send_file(Uploads(WANTED), b"service,visits,remark\nA,-1,x\n")
    assert [problem["kind"] for problem in report["issues"]] == ["error", "warning"]
    assert "1 error, 1 warning" in report["summary"]


def zipped_table() -> bytes:
    """A zip file with a table in it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mine.csv", VALID_CSV)
    return content.getvalue()


@pytest.mark.parametrize(
    "content", [b"", zipped_table(), b"%PDF-1.4\n\x00\x01", b"\xff\x00\x12" * 99]
)
def test_what_is_no_table_is_refused_in_a_sentence(content: bytes) -> None:
    report = send_file(Uploads(WANTED), content)
    assert report["summary"].startswith("mine.csv was rejected: ")
    assert report["summary"].endswith("The scenario has not changed.")
    assert report["value"] == ""


def test_a_file_above_the_limit_is_refused_before_it_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "MAX_UPLOAD_BYTES", 30)
    receiver = Uploads(WANTED)
    first, second, *_ = [
        receiver.receive_piece(piece) for piece in upload_pieces(VALID_CSV.encode(), size=20)[:2]
    ]
    assert first is None
    assert second is not None
    assert "larger than 10 MB" in second["summary"]
    assert MAX_UPLOAD_BYTES == 10 * 2**20


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"parameter": "quarter"}, '"quarter" is not a parameter that takes an uploaded table'),
        ({"piece": 1}, "is not a piece of a file"),
        ({"piece": -1}, "is not a piece of a file"),
        ({"piece_count": 10**9}, "is not a piece of a file"),
        ({"piece": "0"}, "is not a piece of a file"),
        ({"file_id": None}, "is not a piece of a file"),
        ({"name": 3}, "is not a piece of a file"),
        ({"data": "A" * (MAX_PIECE_CHARACTERS + 1)}, "a piece is base64 of at most"),
        ({"data": "§"}, "is not base64"),
    ],
)
def test_what_our_page_never_sends_is_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Uploads(WANTED).receive_piece({**upload_pieces(VALID_CSV.encode())[0], **changes})


def test_pieces_that_disagree_on_how_many_they_are() -> None:
    receiver = Uploads(WANTED)
    first, second, *_ = upload_pieces(VALID_CSV.encode(), size=10)
    receiver.receive_piece(first)
    with pytest.raises(ValueError, match=r"has \d+ pieces, not 2"):
        receiver.receive_piece({**second, "piece_count": 2})


@pytest.mark.parametrize("content", [VALID_CSV, INVALID_CSV])
def test_a_piece_that_comes_again_after_the_report_is_answered_with_it(
    content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver = Uploads(WANTED)
    parts = upload_pieces(content.encode(), size=100)
    *_, report = [receiver.receive_piece(piece) for piece in parts]
    monkeypatch.setattr(uploads, "read_table_file", None)  # it is not checked again
    assert [receiver.receive_piece(piece) for piece in parts] == [report] * len(parts)


def test_a_piece_of_a_file_that_was_too_large_is_answered_as_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "MAX_UPLOAD_BYTES", 30)
    receiver = Uploads(WANTED)
    first, second, third, *_ = upload_pieces(VALID_CSV.encode(), size=20)
    receiver.receive_piece(first)
    refused = receiver.receive_piece(second)
    assert refused is not None
    assert receiver.receive_piece(third) == refused


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("C:\\Users\\me\\mine.csv", "upload:mine.csv"),
        ("../../etc/passwd", "upload:passwd"),
        ("a\nb\u202e.csv", "upload:ab.csv"),
        ("", "upload:file"),
        ("x" * 500, f"upload:{'x' * 80}"),
    ],
)
def test_only_a_file_s_own_name_is_kept(name: str, value: str) -> None:
    assert send_file(Uploads(WANTED), VALID_CSV.encode(), name)["value"] == value
