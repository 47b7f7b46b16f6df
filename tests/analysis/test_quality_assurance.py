"""The quality assurance log: who has checked what, and what is no record of a check."""

import datetime as dt
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from workbook.analysis.quality_assurance import (
    AssuranceCheck,
    quality_assurance_log,
    record_check,
)
from workbook.scenario import ScenarioFolderError
from workbook.topics.digital_inclusion import topic

DAY = dt.date(2026, 11, 2)
CHECK = AssuranceCheck("A. Analyst", "B. Assurer", "Figures recalculated", DAY, "None differs")


def log_folder(folder):
    return folder / "digital_inclusion" / "quality_assurance"


def test_a_recorded_check_is_in_the_log_newest_first(tmp_path):
    earlier = AssuranceCheck("A. Analyst", "C. Assurer", "Sources read", dt.date(2026, 10, 1))
    for check in (earlier, CHECK):
        path = record_check(topic, check, tmp_path)
        assert path.parent == log_folder(tmp_path)
    log = quality_assurance_log(topic, tmp_path)
    assert log.frame.to_dict("records") == [
        {**vars(check), "date": check.date.isoformat()} for check in (CHECK, earlier)
    ]


def test_a_topic_without_checks_says_how_to_record_one(tmp_path):
    log = quality_assurance_log(topic, tmp_path)
    assert log.frame.empty
    assert "workbook assurance record" in log.empty_text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"assurer": " "}, "Assurer is missing"),
        ({"assurer": "a. analyst"}, "somebody other than the analyst"),
        ({"checked": ""}, "What was checked is missing"),
        ({"checked": "x" * 1_001}, "longer than 1,000 characters"),
        ({"finding": "two\nlines"}, "more than one line"),
        ({"finding": "\x1b[31m"}, "cannot be seen"),
        ({"analyst": 7}, "Analyst must be a text"),
    ],
)
def test_what_is_no_check_is_rejected(changes, message):
    with pytest.raises(ValueError, match=message):
        AssuranceCheck(**{**vars(CHECK), **changes})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"not TOML", "Expected"),
        (b"\xff\xfe", "UTF-8"),
        (b"a=" + b"[" * 30_000, "recursion"),
        (b"date = 2026-11-02", "checked is missing"),
        (CHECK.to_toml().replace("2026-11-02", '"today"').encode(), "not a day"),
    ],
)
def test_a_file_that_is_no_record_is_reported_in_the_log(tmp_path, content, message):
    record_check(topic, CHECK, tmp_path)
    (log_folder(tmp_path) / "damaged.toml").write_bytes(content)
    frame = quality_assurance_log(topic, tmp_path).frame
    assert frame["finding"][0] == CHECK.finding
    assert "damaged.toml is no record of a check" in frame["finding"][1]
    assert message in frame["finding"][1]


def test_a_check_of_the_future_is_not_recorded_but_read_whatever_the_clock_says(tmp_path):
    future = replace(CHECK, date=dt.date(9999, 1, 1))
    with pytest.raises(ValueError, match="cannot be in the future"):
        record_check(topic, future, tmp_path)
    log_folder(tmp_path).mkdir(parents=True)
    (log_folder(tmp_path) / "future.toml").write_text(future.to_toml())
    assert quality_assurance_log(topic, tmp_path).frame["date"].tolist() == ["9999-01-01"]


def test_a_pipe_is_reported_without_waiting(tmp_path):
    log_folder(tmp_path).mkdir(parents=True)
    os.mkfifo(log_folder(tmp_path) / "pipe.toml")
    assert "pipe" in quality_assurance_log(topic, tmp_path).frame["finding"][0]


def test_twenty_people_who_record_at_once_lose_nothing(tmp_path):
    checks = [AssuranceCheck("A", "B", f"Check {number}", DAY) for number in range(20)]
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda check: record_check(topic, check, tmp_path), checks))
    recorded = quality_assurance_log(topic, tmp_path).frame["checked"]
    assert set(recorded) == {check.checked for check in checks}


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "digital_inclusion").write_text("a file")
    with pytest.raises(ScenarioFolderError, match=r"Nothing was recorded. The folder .* cannot"):
        record_check(topic, CHECK, tmp_path)
