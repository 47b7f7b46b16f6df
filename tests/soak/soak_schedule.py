"""A scheduled run makes the snapshot of every topic, once."""

from datetime import date

from workbook.cli.alerts import Alerts
from workbook.cli.scheduled_run import run_scheduled_snapshot


def test_the_snapshot_of_the_quarter_that_has_just_ended(tmp_path, capsys):
    alert_file = tmp_path / "alert.txt"
    alerts = Alerts(f"tee {alert_file}")
    for _ in range(2):
        assert run_scheduled_snapshot(date(2014, 7, 1), str(tmp_path), alerts) == 0
    assert (tmp_path / "2014-Q2" / "r1" / "manifest.json").is_file()
    assert capsys.readouterr().out == f"2014-Q2 is already in {tmp_path}. Nothing to do.\n"
    assert not alert_file.exists()
