"""Passwords of addresses are masked, and nothing else."""

import pytest

from workbook.text.passwords import mask_passwords


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("s3://key:secret@bucket/x", "s3://***@bucket/x"),
        ("s3://key:sec/re+t==@bucket/x is full", "s3://***@bucket/x is full"),
        ("s3://AKIA:12/abc+x@bucket/x", "s3://***@bucket/x"),
        ("https://host/o?sig=0f&auth=1", "https://host/o?sig=***&auth=***"),
        ("ftp://token@example.org/a", "ftp://***@example.org/a"),
        ("ftp://ada:p@ss@example.org/a", "ftp://***@example.org/a"),
        ('"sftp://a:b@one/x" or "sftp://c:d@two/y"', '"sftp://***@one/x" or "sftp://***@two/y"'),
        ("https://host/hook?api_key=abc&x=1", "https://host/hook?api_key=***&x=1"),
        ("https://host/o?X-Amz-Signature=0f#top", "https://host/o?X-Amz-Signature=***#top"),
    ],
)
def test_what_is_secret_is_masked_once(text: str, masked: str) -> None:
    assert mask_passwords(text) == masked
    assert mask_passwords(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        "s3://bucket/snapshots",
        "s3://bucket/a@b",
        "http://127.0.0.1:8866/a@b",
        "https://host/page?quarter=2014-Q2",
        "Ada <ada@example.org>: savings=0.3",
        "file:///srv/snapshots",
        "",
    ],
)
def test_other_texts_are_unchanged(text: str) -> None:
    assert mask_passwords(text) == text
