"""Run record: the outcome and the hashes of its source tables."""

import hashlib
import json

from tests.analysis.example_topic import topic as rides
from workbook.exports.run_record import build_run_record, hash_source_tables
from workbook.resources import resource_folder
from workbook.topics.digital_inclusion import topic


def test_bundled_tables_are_recorded_with_the_hashes_of_their_files():
    assert hash_source_tables(topic, topic.Scenario()) == [
        {"name": name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
        for name in ("inclusion_observed", "population_ageing")
        for file in [resource_folder("data") / f"{name}.csv"]
    ]


def test_a_topic_without_tables_records_none():
    result = build_run_record(rides, rides.run())
    assert (result["topic"], result["data"], result["tables"]) == ("rides", [], [])
    assert json.loads(json.dumps(result, allow_nan=False)) == result
