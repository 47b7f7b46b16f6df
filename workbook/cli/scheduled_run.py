"""Scheduled run: the snapshot of the quarter that has just ended, and an alert if it fails."""

import subprocess
import sys
from collections import deque
from datetime import date
from pathlib import Path
from typing import Final

from workbook.cli.alerts import Alerts
from workbook.cli.output import print_errors
from workbook.periods import quarter_of, shift_quarter
from workbook.snapshots.remote_store import RemoteStore, is_store_address
from workbook.snapshots.signals import interrupt_on_signals
from workbook.snapshots.stored_snapshot import list_snapshots
from workbook.text.passwords import mask_passwords

_KEPT_LINES: Final = 5
"""Last lines of a failed run's errors that an alert quotes."""


def latest_ended_quarter(today: date) -> str:
    """Quarter that has ended last.

    Args:
        today: The day.

    Returns:
        The quarter.

    Example:
        >>> latest_ended_quarter(date(2014, 7, 1))
        '2014-Q2'
    """
    return shift_quarter(quarter_of(today.isoformat()), -1)


def run_scheduled_snapshot(today: date, store: str, alerts: Alerts) -> int:
    """Make the snapshot of the quarter that has just ended, unless the archive has it.

    Args:
        today: The day, which decides the quarter.
        store: Folder or address of the archive.
        alerts: Where to tell that the run failed.

    Returns:
        Exit status of ``workbook snapshot``; 0 if the archive has the quarter.

    Raises:
        KeyboardInterrupt: The process received a signal to stop. An alert has been sent.
    """
    quarter = latest_ended_quarter(today)
    if _has_snapshot(store, quarter):
        sys.stdout.write(f"{quarter} is already in {mask_passwords(store)}. Nothing to do.\n")
        return 0
    last_lines: deque[str] = deque(maxlen=_KEPT_LINES)
    try:
        status = _run_snapshot(quarter, store, last_lines)
    except KeyboardInterrupt:
        _send_alerts(alerts, f"The snapshot of {quarter} was interrupted.")
        raise
    if status:
        cause = "".join(last_lines).strip() or "It printed no cause."
        _send_alerts(alerts, f"The snapshot of {quarter} failed with exit code {status}. {cause}")
    return 1 if status < 0 else status  # a signal ended the run


def _has_snapshot(store: str, quarter: str) -> bool:
    """Whether the archive has the quarter; no if it cannot be read, which the run then says."""
    try:
        remote = is_store_address(store)
        names = RemoteStore(store).list_snapshots() if remote else list_snapshots(Path(store))
    except (OSError, ValueError):
        return False
    return any(name.startswith(f"{quarter}/") for name in names)


def _run_snapshot(quarter: str, store: str, last_lines: deque[str]) -> int:
    """Run the snapshot in a process of its own, whose errors are passed on as they come."""
    command = [sys.executable, "-m", "workbook.cli", "snapshot", quarter, "--store", store]
    with (
        interrupt_on_signals(),
        subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process,  # noqa: S603
    ):
        try:
            for line in process.stderr or ():
                sys.stderr.write(line)
                last_lines.append(line)
            return process.wait()
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            raise


def _send_alerts(alerts: Alerts, message: str) -> None:
    print_errors(alerts.send(message))
