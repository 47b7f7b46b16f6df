"""Definitions of the quarterly run: a systemd service and timer, a cron line, a workflow."""

import json
import re
import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workbook.cli.alerts import Alerts
from workbook.snapshots.remote_store import is_store_address

SCHEDULE_NAME: Final = "policy-workbook-snapshot"
_MONTHS: Final = "1,4,7,10"
"""Months on whose first day a quarter has just ended."""


_ALERT_SECRETS: Final = ("WORKBOOK_ALERT_URL", "WORKBOOK_ALERT_TO")
_STORE_SECRETS: Final = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL")
"""Secrets of a workflow: where alerts go, and access to an object store."""

_KEEP_ARTIFACT: Final = """\
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: snapshots
          path: snapshots
          include-hidden-files: true
"""
"""Step of a workflow that keeps the archive, where that has no place of its own."""


@dataclass(frozen=True)
class Schedule:
    """What a schedule runs.

    Args:
        program: Path of the ``workbook`` command.
        store: Folder of the archive, an absolute path, or its address.
        user: Name of the user who runs it.
        alerts: Where to tell that a run failed.
    """

    program: Path
    store: str
    user: str
    alerts: Alerts

    @property
    def words(self) -> list[str]:
        """The command's words."""
        options = {"--alert-command": self.alerts.command, "--alert-url": self.alerts.url}
        words = [str(self.program), "scheduled-snapshot", "--store", self.store]
        words += [word for option, value in options.items() if value for word in (option, value)]
        return words + [
            word for address in self.alerts.addresses for word in ("--alert-to", address)
        ]


def write_service(schedule: Schedule) -> str:
    """Write the systemd service."""
    command = " ".join(map(_quote_for_systemd, schedule.words))
    return f"""\
[Unit]
Description=Policy Workbook: snapshot of the quarter that has just ended
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={schedule.user}
ExecStart={command}
# Secret addresses of alerts, WORKBOOK_ALERT_URL=… and WORKBOOK_ALERT_TO=…, and access to a store
EnvironmentFile=-/etc/policy-workbook/alerts.env
PrivateTmp=yes
NoNewPrivileges=yes
# A notebook that exceeds the memory ends alone, so that the command can tell of it.
OOMPolicy=continue
TimeoutStartSec=6h
"""


def write_timer(_: Schedule) -> str:
    """Write the systemd timer."""
    return f"""\
[Unit]
Description=Policy Workbook: quarterly snapshot

[Timer]
OnCalendar=*-{_MONTHS}-01 06:00:00
# A run that was missed, because the machine was off, is made up for.
Persistent=yes

[Install]
WantedBy=timers.target
"""


def write_cron_line(schedule: Schedule) -> str:
    """Write the line of a crontab. Cron reads a percent sign as the end of the command."""
    command = shlex.join(schedule.words).replace("%", r"\%")
    return f"0 6 1 {_MONTHS} * {command}\n"


def write_workflow(schedule: Schedule) -> str:
    """Write the GitHub Actions workflow. Addresses of alerts and access are its secrets."""
    has_address = is_store_address(schedule.store)
    store = schedule.store if has_address else "snapshots"
    words = [".venv/bin/workbook", "scheduled-snapshot", "--store", store]
    if schedule.alerts.command:
        words += ["--alert-command", schedule.alerts.command]
    secrets = (*_ALERT_SECRETS, *(_STORE_SECRETS if has_address else ()))
    environment = "\n".join(f"          {name}: ${{{{ secrets.{name} }}}}" for name in secrets)
    return f"""\
name: Quarterly snapshot
on:
  schedule:
    - cron: "0 6 1 {_MONTHS} *"
  workflow_dispatch:
permissions:
  contents: read
# A second run waits until the first has ended.
concurrency:
  group: {SCHEDULE_NAME}
jobs:
  snapshot:
    runs-on: ubuntu-latest
    timeout-minutes: 350
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.11"
      - run: make install
      - run: {json.dumps(shlex.join(words), ensure_ascii=False)}
        env:
{environment}
{"" if has_address else _KEEP_ARTIFACT}"""


SCHEDULE_FILES: Final[Mapping[str, Mapping[str, Callable[[Schedule], str]]]] = {
    "systemd": {
        f"{SCHEDULE_NAME}.service": write_service,
        f"{SCHEDULE_NAME}.timer": write_timer,
    },
    "cron": {f"{SCHEDULE_NAME}.cron": write_cron_line},
    "github": {f"{SCHEDULE_NAME}.yml": write_workflow},
}
"""Files of each format, by name, with the function that writes the text."""


def write_schedule(schedule: Schedule, formats: Iterable[str]) -> dict[str, str]:
    """Write the definitions.

    Args:
        schedule: What is run.
        formats: Which definitions: ``systemd``, ``cron``, ``github``.

    Returns:
        Texts by file name.
    """
    return {
        name: write(schedule)
        for chosen in formats
        for name, write in SCHEDULE_FILES[chosen].items()
    }


def _quote_for_systemd(word: str) -> str:
    """Quote a word of ExecStart, in which systemd reads percent and dollar signs."""
    escaped = word.replace("%", "%%").replace("$", "$$")
    return escaped if re.fullmatch(r"[\w/.,:@%$=+-]+", escaped) else json.dumps(escaped)
