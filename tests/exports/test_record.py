"""A run as a record: the outcome and the hashes of what it rests on."""

import hashlib
import json

from tests.analysis.tiny import topic as rides
from workbook.exports.record import held, record
from workbook.resources import folder
from workbook.topics.digital_inclusion import topic


def test_the_held_tables_go_by_the_hashes_of_their_files():
    [table] = held(topic, topic.Scenario())
    content = (folder("data") / "inclusion_observed.csv").read_bytes()
    assert table == {"name": "inclusion_observed", "sha256": hashlib.sha256(content).hexdigest()}


def test_a_topic_without_tables_holds_none():
    found = record(rides, rides.run())
    assert (found["topic"], found["data"], found["tables"]) == ("rides", [], [])
    assert json.loads(json.dumps(found, allow_nan=False)) == found
