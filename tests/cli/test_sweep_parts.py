"""A sweep that is killed or interrupted: the file is complete or absent, and what is done stays."""

import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from workbook.cli import main

SWEEP = ("digital_inclusion", "--over", "dropout=0:1:600", "--set", "draws=100")
"""Six parts of 100 scenarios."""


@pytest.fixture
def run_sweep(tmp_path, capsys, monkeypatch):
    """Run the command in an empty folder; returns its exit status and what it has printed."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        with pytest.raises(SystemExit) as stopped:
            main(["sweep", *arguments])
        return stopped.value.code, "".join(capsys.readouterr())

    return run


@pytest.fixture(scope="module")
def whole_file(tmp_path_factory):
    """What the sweep writes if nothing stops it."""
    target = tmp_path_factory.mktemp("whole") / "b.parquet"
    with pytest.raises(SystemExit):
        main(["sweep", *SWEEP, "-o", str(target)])
    return target.read_bytes()


def stop_sweep(folder, stop_signal):
    """Start the command, stop it after its first part; returns its status and its errors."""
    process = subprocess.Popen(
        [sys.executable, "-m", "workbook.cli", "sweep", *SWEEP, "-o", "a.parquet"],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not find_parts(folder):
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    process.send_signal(stop_signal)
    _, errors = process.communicate()
    return process.returncode, errors


def find_parts(folder):
    return sorted(folder.glob("a.parquet.partial/*/*.parquet"))


@pytest.mark.parametrize(
    ("stop_signal", "status", "words"),
    [
        (signal.SIGKILL, -9, ""),
        (signal.SIGINT, 1, "of 6 parts are done in a.parquet.partial. The same command continues"),
        (signal.SIGTERM, 1, "of 6 parts are done in a.parquet.partial. The same command continues"),
    ],
)
def test_a_sweep_that_was_stopped_continues(
    run_sweep, tmp_path, whole_file, stop_signal, status, words
):
    stopped_status, errors = stop_sweep(tmp_path, stop_signal)
    assert stopped_status == status
    assert words in errors
    assert not (tmp_path / "a.parquet").exists()
    done = len(find_parts(tmp_path))
    code, text = run_sweep(*SWEEP, "-o", "a.parquet")
    assert code == 0
    assert f"Continuing: {done} of 6 parts are done." in text
    assert [path.name for path in tmp_path.iterdir()] == ["a.parquet"]
    assert (tmp_path / "a.parquet").read_bytes() == whole_file


def test_a_damaged_part_is_run_again(run_sweep, tmp_path):
    stop_sweep(tmp_path, signal.SIGKILL)
    part = find_parts(tmp_path)[0]
    part.write_bytes(part.read_bytes()[:-9])
    assert run_sweep(*SWEEP, "-o", "a.parquet")[0] == 0
    assert len(pd.read_parquet(tmp_path / "a.parquet")) == 600


def test_the_parts_of_another_request_are_not_mixed_in(run_sweep, tmp_path):
    stop_sweep(tmp_path, signal.SIGKILL)
    parts = find_parts(tmp_path)
    code, text = run_sweep(*SWEEP, "--set", "unaided_gain=700000", "-o", "a.parquet")
    assert code == 0
    assert "Continuing" not in text
    assert find_parts(tmp_path) == parts
