"""Commands on an archive behind the protocol of S3."""

import json

import boto3
import pytest

from tests.snapshots.s3_server import make_bucket, serve_s3
from workbook.cli import main

RUN = ("snapshot", "--topic=digital_inclusion", "--overdue=The next survey is awaited")


@pytest.fixture(scope="module")
def s3():
    with serve_s3() as environment:
        yield environment


@pytest.fixture(scope="module")
def archive(s3):
    """An archive with the snapshots of two quarters."""
    store = f"s3://{make_bucket()}/snapshots"
    for quarter in ("2014-Q2", "2014-Q3"):
        assert run(*RUN, quarter, f"--store={store}") == 0
    return store


def run(*arguments):
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    return end.value.code or 0


@pytest.mark.slow
def test_snapshots_are_made_verified_and_compared_in_the_store(archive, capsys):
    assert run("verify", f"--store={archive}") == 0
    assert "2014-Q3/r1" in capsys.readouterr().out
    assert run("compare", "2014-Q2", "2014-Q3", f"--store={archive}") == 0
    page = f"{archive}/comparisons/2014-Q2_r1--2014-Q3_r1/index.html"
    assert page in capsys.readouterr().out.replace("\n", "")
    bucket, _, prefix = archive.removeprefix("s3://").partition("/")
    keys = {
        item["Key"]
        for item in boto3.client("s3").list_objects_v2(Bucket=bucket, Prefix=prefix)["Contents"]
    }
    assert f"{prefix}/comparisons/2014-Q2_r1--2014-Q3_r1/changes.json" in keys
    assert not [key for key in keys if "claim" in key or "check" in key]


def test_a_quarter_in_the_store_is_not_made_again(archive, capsys):
    assert run(*RUN, "2014-Q2", f"--store={archive}") == 2
    error = capsys.readouterr().err
    assert f"2014-Q2/r1 already exists in {archive}" in error


def test_a_changed_object_is_found(archive, capsys):
    bucket, _, prefix = archive.removeprefix("s3://").partition("/")
    client = boto3.client("s3")
    key = f"{prefix}/2014-Q3/r1/digital_inclusion/indicators.csv"
    content = client.get_object(Bucket=bucket, Key=key)["Body"].read()
    client.put_object(Bucket=bucket, Key=key, Body=content.replace(b"5", b"6", 1))
    try:
        assert run("verify", "2014-Q3", f"--store={archive}", "--json") == 1
        report = json.loads(capsys.readouterr().out)
        assert [entry["file"] for entry in report["mismatches"]] == [
            "digital_inclusion/indicators.csv"
        ]
    finally:
        client.put_object(Bucket=bucket, Key=key, Body=content)


@pytest.mark.parametrize(
    ("store", "sentence"),
    [
        ("s3://no-such-bucket/snapshots", "s3://no-such-bucket/snapshots cannot be "),
        ("nowhere://bucket", "is not a store that can be reached"),
    ],
)
def test_a_store_that_cannot_be_reached_is_said_before_the_run(s3, capsys, store, sentence):
    assert run(*RUN, "2014-Q2", f"--store={store}") == 2
    output = capsys.readouterr()
    assert sentence in output.err
    assert output.out == ""
