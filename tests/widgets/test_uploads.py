"""Uploads: pieces in any order, rejected files, and tables kept for the visit."""

import base64
import io
import json
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

FILE_NUMBERS = count()
"""Numbers that identify the files that are sent."""

TABLE_SCHEMAS: Mapping[str, TableSchema] = {"data": visits_schema, "other": visits_schema}


def upload_pieces(
    content: bytes, name: str = "mine.csv", *, parameter: str = "data", size: int = 384 * 2**10
) -> list[dict[str, Any]]:
    """Messages in which the page sends a file."""
    parts = [content[start : start + size] for start in range(0, len(content), size)] or [b""]
    file_fields = {
        "parameter": parameter,
        "name": name,
        "file_id": f"upload-{next(FILE_NUMBERS)}",
        "piece_count": len(parts),
    }
    return [
        {**file_fields, "piece": part, "data": base64.b64encode(content_part).decode()}
        for part, content_part in enumerate(parts)
    ]


def send_file(
    receiver: Uploads,
    content: bytes,
    name: str = "mine.csv",
    corrections: Mapping[str, Any] | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Send a file and return the report on it."""
    fields = {"corrections": {"accept_readings": False, **corrections}} if corrections else {}
    *_, report = [
        receiver.receive_piece({**piece, **fields})
        for piece in upload_pieces(content, name, **options)
    ]
    assert report is not None
    return report


@given(st.integers(1, 60), st.randoms(use_true_random=False))
def test_pieces_in_any_order_and_repeated_make_one_file(size: int, order: random.Random) -> None:
    receiver = Uploads(TABLE_SCHEMAS)
    parts = upload_pieces(VALID_CSV.encode(), size=size)
    repeated = parts[:-1] * 2
    order.shuffle(repeated)
    assert [receiver.receive_piece(piece) for piece in repeated] == [None] * len(repeated)
    report = receiver.receive_piece(parts[-1])
    assert report is not None
    assert report["value"] == "upload:mine.csv"
    assert receiver.tables["upload:mine.csv"]["visits"].sum() == 40


def test_a_valid_table_is_kept_under_the_name_of_its_file() -> None:
    receiver = Uploads(TABLE_SCHEMAS)
    report = send_file(receiver, VALID_CSV.encode())
    assert report["summary"] == "mine.csv was read: 2 rows. It is kept for this visit only."
    assert receiver.values_for("data") == ["upload:mine.csv"]
    assert receiver.values_for("other") == []


def test_a_table_in_a_json_file_is_kept() -> None:
    receiver = Uploads(TABLE_SCHEMAS)
    items = [{"service": "One", "visits": 10}, {"service": "Two", "visits": 30}]
    report = send_file(receiver, json.dumps(items).encode(), "mine.json")
    assert report["summary"] == "mine.json was read: 2 rows. It is kept for this visit only."
    assert receiver.tables["upload:mine.json"]["visits"].sum() == 40


def test_values_differ_by_content_and_parameter_and_are_the_same_otherwise() -> None:
    receiver = Uploads(TABLE_SCHEMAS)
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


def test_only_the_newest_tables_are_kept() -> None:
    receiver = Uploads(TABLE_SCHEMAS)
    for number in range(MAX_KEPT_TABLES + 2):
        send_file(receiver, VALID_CSV.encode(), f"{number}.csv")
    assert receiver.values_for("data") == [
        f"upload:{number}.csv" for number in range(2, MAX_KEPT_TABLES + 2)
    ]
    assert list(receiver.tables) == receiver.values_for("data")


def test_an_invalid_table_is_reported_with_rows_and_columns_and_not_kept() -> None:
    receiver = Uploads(TABLE_SCHEMAS)
    report = send_file(receiver, INVALID_CSV.encode())
    assert report["summary"].startswith("mine.csv was rejected: 60 errors.")
    assert report["issues"] == [
        {
            "kind": "error",
            "text": "rows 2 to 61, column visits: -1 must not be negative"
            " (row 2; the others alike)",
        }
    ]
    assert report["issue_count"] == 1
    assert report["value"] == ""
    assert receiver.tables == {}


def test_a_report_lists_a_limited_number_of_issues() -> None:
    names = [f"column {number}" for number in range(MAX_LISTED_ISSUES + 10)]
    header, row = ",".join(["service", "visits", *names]), ",".join(["A", "1", *names])
    report = send_file(Uploads(TABLE_SCHEMAS), f"sep=,\n{header}\n{row}\n".encode())
    assert len(report["issues"]) == MAX_LISTED_ISSUES
    assert report["issue_count"] == 1 + MAX_LISTED_ISSUES + 10  # the header's row, and each column


def test_columns_that_are_not_recognised_are_in_one_line() -> None:
    report = send_file(Uploads(TABLE_SCHEMAS), b"service,visits,Owner,Remarks\nA,1,x,y\n")
    [issue] = report["issues"]
    assert issue["text"] == "row 1, columns Owner and Remarks: unrecognised column, ignored"


def test_missing_columns_are_in_one_line() -> None:
    report = send_file(Uploads(TABLE_SCHEMAS), b"a,b\nA,1\n")
    assert report["issues"][0]["text"] == ('required column "service" is missing; so is "visits"')


OWN_CSV = b"Name,All visits\nPermits,1k\nBadges,30\n"


def test_a_file_is_read_with_the_headings_and_readings_that_its_owner_gives() -> None:
    receiver = Uploads(TABLE_SCHEMAS)
    report = send_file(receiver, OWN_CSV)
    assert report["unmatched_columns"] == [
        {"name": "service", "title": "Service", "is_required": True},
        {"name": "visits", "title": "Visits", "is_required": True},
    ]
    assert report["unmatched_headings"] == ["Name", "All visits"]
    headings = {"Name": "service", "All visits": "visits"}
    report = send_file(receiver, OWN_CSV, corrections={"headings": headings})
    assert report["suggestions"] == 1
    assert report["unmatched_columns"] == []
    corrections = {"headings": headings, "accept_readings": True}
    report = send_file(receiver, OWN_CSV, corrections=corrections)
    assert report["value"] == "upload:mine.csv"
    assert receiver.tables["upload:mine.csv"]["visits"].tolist() == [1000, 30]
    assert {"kind": "warning", "text": "row 2, column All visits: 1k is read as 1000"} in (
        report["issues"]
    )


def test_a_file_that_is_read_otherwise_has_another_value() -> None:
    receiver = Uploads(TABLE_SCHEMAS)
    content = b"service,visits,All of them\nPermits,20,40\n"
    first = send_file(receiver, content)
    again = send_file(receiver, content, corrections={"headings": {"All of them": "visits"}})
    assert (first["value"], again["value"]) == ("upload:mine.csv", "upload:mine.csv (2)")


def test_the_next_file_of_a_visit_has_the_same_headings() -> None:
    receiver = Uploads(TABLE_SCHEMAS)
    content = b"Name,All visits\nPermits,20\n"
    headings = {"Name": "service", "All visits": "visits"}
    send_file(receiver, content, corrections={"headings": headings})
    assert send_file(receiver, b"Name,All visits\nPermits,40\n")["value"] == "upload:mine.csv (2)"


@pytest.mark.parametrize(
    "corrections", [[1], {"headings": {"a": 1}, "accept_readings": True}, {"accept": True}]
)
def test_corrections_that_the_page_cannot_send_are_rejected(corrections: Any) -> None:
    [piece] = upload_pieces(OWN_CSV)
    with pytest.raises(ValueError, match="does not correct a file"):
        Uploads(TABLE_SCHEMAS).receive_piece({**piece, "corrections": corrections})


def test_errors_come_before_warnings() -> None:
    report = send_file(Uploads(TABLE_SCHEMAS), b"service,visits,remark\nA,-1,x\n")
    assert [problem["kind"] for problem in report["issues"]] == ["error", "warning"]
    assert "1 error, 1 warning" in report["summary"]


def zipped_table() -> bytes:
    """A ZIP file that contains a table."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mine.csv", VALID_CSV)
    return content.getvalue()


@pytest.mark.parametrize(
    "content", [b"", zipped_table(), b"%PDF-1.4\n\x00\x01", b"\xff\x00\x12" * 99]
)
def test_a_file_without_a_table_is_rejected_in_a_sentence(content: bytes) -> None:
    report = send_file(Uploads(TABLE_SCHEMAS), content)
    assert report["summary"].startswith("mine.csv was rejected: ")
    assert report["summary"].endswith("The scenario has not changed.")
    assert report["value"] == ""


def test_a_file_above_the_limit_is_rejected_before_it_is_complete(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "MAX_UPLOAD_BYTES", 30)
    receiver = Uploads(TABLE_SCHEMAS)
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
def test_a_message_that_the_page_cannot_send_is_rejected(
    changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        Uploads(TABLE_SCHEMAS).receive_piece({**upload_pieces(VALID_CSV.encode())[0], **changes})


def test_pieces_with_different_counts_are_rejected() -> None:
    receiver = Uploads(TABLE_SCHEMAS)
    first, second, *_ = upload_pieces(VALID_CSV.encode(), size=10)
    receiver.receive_piece(first)
    with pytest.raises(ValueError, match=r"has \d+ pieces, not 2"):
        receiver.receive_piece({**second, "piece_count": 2})


@pytest.mark.parametrize("content", [VALID_CSV, INVALID_CSV])
def test_a_repeated_piece_gets_the_same_report_again(
    content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver = Uploads(TABLE_SCHEMAS)
    parts = upload_pieces(content.encode(), size=100)
    *_, report = [receiver.receive_piece(piece) for piece in parts]
    monkeypatch.setattr(uploads, "read_table_file", None)  # it is not checked again
    assert [receiver.receive_piece(piece) for piece in parts] == [report] * len(parts)


def test_a_later_piece_of_a_file_that_is_too_large_gets_the_same_report(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "MAX_UPLOAD_BYTES", 30)
    receiver = Uploads(TABLE_SCHEMAS)
    first, second, third, *_ = upload_pieces(VALID_CSV.encode(), size=20)
    receiver.receive_piece(first)
    report = receiver.receive_piece(second)
    assert report is not None
    assert receiver.receive_piece(third) == report


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
def test_only_the_name_of_a_file_without_folders_is_kept(name: str, value: str) -> None:
    assert send_file(Uploads(TABLE_SCHEMAS), VALID_CSV.encode(), name)["value"] == value
