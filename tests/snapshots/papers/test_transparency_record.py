"""The draft algorithmic transparency record, as the declarations of the topics fill it in."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.snapshots.example_topic import People
from tests.snapshots.example_topic import topic as without_declarations
from workbook.snapshots.jobs import SnapshotJob, TopicRun
from workbook.snapshots.papers.transparency_record import build_record
from workbook.topics.registry import TOPICS

TIER_TWO = (
    "owner and responsibility",
    "description and rationale",
    "deployment context",
    "tool specification",
    "data specification",
    "risks, mitigations and impact assessments",
)


def make_job(*runs):
    return SnapshotJob("2014-Q2", runs, Path("store"))


def make_run(name, **values):
    topic = TOPICS[name]
    return TopicRun(topic, topic.Scenario(**values), topic.notebook_path)


def fields_of(job):
    return {
        (section.title, field.name): field
        for section in build_record(job)
        for field in section.fields
    }


@pytest.fixture
def fields():
    return fields_of(make_job(make_run("savings"), make_run("delivery")))


def test_the_sections_are_those_of_the_standard_with_a_specification_for_each_model():
    titles = [section.title for section in build_record(make_job(*map(make_run, TOPICS)))]
    assert titles[0] == "Tier 1: overview"
    assert [title for title in titles if "model" not in title][1:] == [
        f"Tier 2: {title}" for title in TIER_TWO
    ]
    models = [title for title in titles if "model specification" in title]
    assert models == [f"Tier 2: model specification of “{t.title}”" for t in TOPICS.values()]


def test_every_field_has_an_entry_or_names_who_must_fill_it_in():
    for job in (make_job(*map(make_run, TOPICS)), make_job(make_run("take_up"))):
        for name, field in fields_of(job).items():
            assert field.entries or field.missing, name
            if field.missing:
                who, colon, what = field.missing.partition(": ")
                assert who.startswith("the "), name
                assert colon, name
                assert what, name


def test_the_declarations_fill_in_the_fields(fields):
    savings = TOPICS["savings"]
    assert fields["Tier 1: overview", "Description"].entries[0] == f"Savings: {savings.question}"
    owner = "Tier 2: owner and responsibility"
    assert fields[owner, "Team"].entries == ("Declared owner of assumptions: policy team.",)
    model = "Tier 2: model specification of “Savings”"
    assert "Net present value" in fields[model, "Model output"].entries
    assert "Scenario: Published assumptions" in fields[model, "Model input"].entries
    assert fields["Tier 2: tool specification", "Maintenance"].entries == (
        "Savings: next review of assumptions by 24 July 2015.",
    )
    risks = "Tier 2: risks, mitigations and impact assessments"
    assert fields[risks, "Risks and mitigations"].entries[0].startswith("Savings: quality of ")


def test_what_nothing_declares_is_left_to_people(fields):
    owner = "Tier 2: owner and responsibility"
    assert fields[owner, "Senior responsible owner"].entries == ()
    assert fields[owner, "Senior responsible owner"].missing.startswith(
        "the senior responsible owner: "
    )


def test_overdue_inputs_are_risks():
    run = replace(make_run("savings"), overdue_inputs=("The rates expired.",))
    risks = "Tier 2: risks, mitigations and impact assessments"
    assert "The rates expired." in fields_of(make_job(run))[risks, "Risks and mitigations"].entries


def test_a_supplied_file_has_not_the_declared_sources(tmp_path):
    supplied = str(tmp_path / "our own.csv")
    model = "Tier 2: model specification of “Digital take-up”"
    field = fields_of(make_job(make_run("take_up", data=supplied)))[
        model, "Datasets and their purposes"
    ]
    table = TOPICS["take_up"].tables[0]
    assert field.entries[0] == f"{table.title}: a file that was supplied for this snapshot"
    assert str(tmp_path) not in str(field)


def test_a_topic_that_declares_little_has_a_record_too():
    run = TopicRun(without_declarations, People(), Path("small.ipynb"))
    fields = fields_of(make_job(run))
    assert fields["Tier 2: description and rationale", "Detailed description"].entries == (
        "Small calculates 1 figure from 0 tables and 3 parameters.",
    )
    assert fields["Tier 2: data specification", "Source data"].entries == ()
