"""Every topic gives the same bytes, whatever the time zone, locale, hash seed or user."""

from tests.snapshots.test_reproducibility import ELSEWHERE, HERE, make_snapshot, read_files
from workbook.topics.registry import TOPICS


def test_a_snapshot_of_every_topic_made_elsewhere_has_the_same_bytes(tmp_path):
    here = make_snapshot(tmp_path / "here", HERE, *TOPICS)
    elsewhere = make_snapshot(tmp_path / "elsewhere", ELSEWHERE, *TOPICS)
    expected, actual = read_files(here), read_files(elsewhere)
    assert {name.partition("/")[0] for name in expected} >= {*TOPICS}
    assert actual.keys() == expected.keys()
    assert [name for name in expected if actual[name] != expected[name]] == []
