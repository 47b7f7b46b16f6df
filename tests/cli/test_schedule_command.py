"""Definitions of the quarterly run: each is accepted by the program that reads it."""

import getpass
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from workbook.cli import main

COMMAND = str(Path(sys.executable).with_name("workbook"))
ALERT = ("--alert-command", 'mail -s "100% of $HOME" analysts@example.org')


@pytest.fixture
def run_schedule(tmp_path, capsys, monkeypatch):
    """Run the command in an empty folder; returns its exit status and what it has printed."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        with pytest.raises(SystemExit) as stopped:
            main(["schedule", *arguments])
        return stopped.value.code, "".join(capsys.readouterr())

    return run


def test_it_prints_every_definition(run_schedule, tmp_path):
    status, text = run_schedule("--every", "quarter")
    assert status == 0
    headings = re.findall(r"^# (policy-workbook\S+)$", text, re.MULTILINE)
    assert [Path(name).suffix for name in headings] == [".service", ".timer", ".cron", ".yml"]
    assert f"User={getpass.getuser()}\n" in text
    assert f"{tmp_path}/snapshots" in text
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("arguments", [(), ALERT], ids=["plain", "alert"])
def test_systemd_accepts_the_units(run_schedule, tmp_path, arguments):
    run_schedule("--format", "systemd", "-o", "units", *arguments)
    units = sorted((tmp_path / "units").iterdir())
    assert [unit.suffix for unit in units] == [".service", ".timer"]
    verified = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_the_timer_elapses_on_the_day_after_each_quarter(run_schedule):
    _, text = run_schedule("--format", "systemd")
    (calendar,) = re.findall(r"^OnCalendar=(.*)$", text, re.MULTILINE)
    command = ["systemd-analyze", "calendar", "--iterations=5", "--base-time=2014-02-01", calendar]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    days = re.findall(r"(\d{4}-\d\d-\d\d) 06:00:00", listed)
    assert days == ["2014-04-01", "2014-07-01", "2014-10-01", "2015-01-01", "2015-04-01"]


def test_cron_runs_the_command_on_these_days(run_schedule, tmp_path):
    _, text = run_schedule("--format", "cron", "--store", "a store", *ALERT)
    _, line = text.strip().splitlines()
    *times, command = line.split(maxsplit=5)
    assert times == ["0", "6", "1", "1,4,7,10", "*"]
    assert not re.search(r"(?<!\\)%", command)
    words = shlex.split(command.replace(r"\%", "%"))
    expected = [COMMAND, "scheduled-snapshot", "--store", str(tmp_path / "a store"), *ALERT]
    assert words == expected


def test_github_finds_the_fields_that_it_needs(run_schedule):
    _, text = run_schedule("--format", "github", *ALERT, "--alert-url", "https://example.org/key")
    workflow = yaml.safe_load(text)
    triggers = workflow[True]  # YAML 1.1 reads the key "on" as true
    assert triggers == {"schedule": [{"cron": "0 6 1 1,4,7,10 *"}], "workflow_dispatch": None}
    assert workflow["concurrency"]["group"]
    (job,) = workflow["jobs"].values()
    assert job["runs-on"]
    assert all(("uses" in step) != ("run" in step) for step in job["steps"])
    (step,) = (step for step in job["steps"] if "env" in step)
    assert shlex.split(step["run"])[-2:] == list(ALERT)
    assert step["env"]["WORKBOOK_ALERT_URL"] == "${{ secrets.WORKBOOK_ALERT_URL }}"
    assert "https://example.org" not in text
    assert job["steps"][-1]["with"]["path"] == "snapshots"


def test_an_archive_with_an_address_stays_there(run_schedule):
    _, text = run_schedule("--store", "s3://bucket/snapshots")
    assert text.count("--store s3://bucket/snapshots") == 3
    assert "upload-artifact" not in text


def test_existing_files_are_kept(run_schedule, tmp_path):
    assert run_schedule("--format", "cron", "-o", "units")[0] == 0
    (file,) = (tmp_path / "units").iterdir()
    status, text = run_schedule("--format", "systemd", "--format", "cron", "-o", "units")
    assert (status, text.count("already exists")) == (2, 1)
    assert list((tmp_path / "units").iterdir()) == [file]


@pytest.mark.parametrize(
    ("option", "text", "variable"),
    [
        ("--store", "ftp://ada:hidden@example.org/archive", "AWS_SECRET_ACCESS_KEY"),
        ("--alert-command", "curl https://ada:hidden@example.org -d @-", "WORKBOOK_ALERT_URL"),
        ("--alert-command", "curl 'https://example.org/?token=hidden'", "WORKBOOK_ALERT_URL"),
    ],
)
def test_a_workflow_publishes_no_password(run_schedule, option, text, variable):
    status, message = run_schedule("--format", "systemd", "--format", "github", option, text)
    assert status == 2
    assert message.startswith(option)
    assert variable in message
    assert "EnvironmentFile" in message
    assert "hidden" not in message
    assert run_schedule("--format", "systemd", option, text)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--every", "week"), "'week' is not one of 'quarter'"),
        (("--format", "launchd"), "'launchd' is not one of 'systemd', 'cron', 'github'"),
        (("--alert-url", "ftp://example.org"), "must be a web address that begins with https://"),
        (("--alert-url", "http://[::"), "must be a web address that begins with https://"),
        (("--alert-command", "mail 'x"), "a quotation mark is open"),
        (("--alert-to", "nobody"), "is not an address that apprise knows"),
    ],
)
def test_an_invalid_request_is_said_in_a_sentence(run_schedule, arguments, words):
    status, text = run_schedule(*arguments)
    assert status == 2
    assert words in text
    assert text.count("\n") == 1
