"""A draft algorithmic transparency record, filled in from the declarations of the topics.

The sections and fields are those of the UK Algorithmic Transparency Recording Standard: an overview
for everybody (tier 1), and five sections for those who want to know more (tier 2). What nothing
declares names who must fill it in.
"""

from collections.abc import Iterator
from typing import Final

from workbook.snapshots.jobs import SnapshotJob
from workbook.snapshots.papers.model_specification import (
    describe_data,
    describe_model,
    describe_scale,
    describe_scope,
    list_owners,
    list_reviews,
    list_risks,
    list_table_titles,
    model_version,
)
from workbook.snapshots.papers.record_fields import RecordField, RecordSection, make_field
from workbook.text.grammar import join_items

_POLICY: Final = "the policy team"
_OWNER: Final = "the senior responsible owner"
_COMMERCIAL: Final = "the commercial team, if a supplier takes part"

_SIGN_OFF: Final = (
    "A snapshot is a draft until an analyst, an assurer and a publisher have signed it.",
    "The assurer is somebody other than the analyst.",
)
_ARCHITECTURE: Final = (
    "Each topic is a notebook that runs a model written in Python.",
    "The model reads tables and a scenario, and gives figures, tables and charts.",
    "Its parameters are declared, or estimated from the tables each time it runs.",
)


def build_record(job: SnapshotJob) -> tuple[RecordSection, ...]:
    """Build the draft record of a snapshot.

    Args:
        job: What was made.

    Returns:
        The sections in the order of the standard, with a model specification for each topic.
    """
    return (
        RecordSection("Tier 1: overview", tuple(_list_overview_fields(job))),
        RecordSection("Tier 2: owner and responsibility", tuple(_list_responsibility_fields(job))),
        RecordSection("Tier 2: description and rationale", tuple(_list_rationale_fields(job))),
        RecordSection("Tier 2: deployment context", tuple(_list_deployment_fields())),
        RecordSection("Tier 2: tool specification", tuple(_list_tool_fields(job))),
        *(
            RecordSection(
                f"Tier 2: model specification of “{run.topic.title}”", tuple(describe_model(run))
            )
            for run in job.runs
        ),
        RecordSection("Tier 2: data specification", tuple(describe_data(job.runs))),
        RecordSection(
            "Tier 2: risks, mitigations and impact assessments", tuple(_list_risks_fields(job))
        ),
    )


def _list_overview_fields(job: SnapshotJob) -> Iterator[RecordField]:
    yield make_field("Name", [f"Policy Workbook: {join_items(_list_titles(job))}"])
    questions = [f"{run.topic.title}: {run.topic.question}" for run in job.runs]
    yield make_field("Description", questions, f"{_POLICY}: how the answers are used, and why")
    yield make_field("Website URL", [], f"{_POLICY}: where the archive is published")
    yield make_field("Contact email", [], f"{_POLICY}: an address that somebody reads")


def _list_responsibility_fields(job: SnapshotJob) -> Iterator[RecordField]:
    owners = [f"Declared owner of assumptions: {owner}." for owner in list_owners(job.runs)]
    yield make_field("Organisation or department", [], f"{_POLICY}: its full name")
    yield make_field("Team", owners, f"{_POLICY}: the full name of the team")
    yield make_field("Senior responsible owner", [], f"{_OWNER}: the title of the role")
    yield make_field("Third party involvement", [], f"{_POLICY}: whether a supplier takes part")
    yield make_field("Third party", [], f"{_COMMERCIAL}: its name")
    yield make_field("Companies House number", [], f"{_COMMERCIAL}: its number")
    yield make_field("Third party role", [], f"{_COMMERCIAL}: what it does")
    yield make_field("Procurement procedure type", [], f"{_COMMERCIAL}: the procedure")
    yield make_field("Third party data access terms", [], f"{_COMMERCIAL}: what it may see")


def _list_rationale_fields(job: SnapshotJob) -> Iterator[RecordField]:
    yield make_field("Detailed description", map(describe_scale, job.runs))
    scope = map(describe_scope, job.runs)
    yield make_field("Scope", scope, f"{_POLICY}: what the tool must not be used for")
    yield make_field("Benefits", [], f"{_OWNER}: what the tool improves, and how that is measured")
    yield make_field("Previous process", [], f"{_POLICY}: how the figures were made before")
    yield make_field("Alternatives considered", [], f"{_POLICY}: what else was considered")


def _list_deployment_fields() -> Iterator[RecordField]:
    yield make_field(
        "Integration into the broader operational process",
        [],
        f"{_POLICY}: which decisions use the figures, and who takes them",
    )
    yield make_field("Human review", _SIGN_OFF, f"{_POLICY}: who may set a figure aside")
    yield make_field(
        "Frequency and scale of usage",
        ["One snapshot for each quarter. A correction is a revision beside it."],
        f"{_POLICY}: how many decisions or people it concerns",
    )
    yield make_field("Required training", [], f"{_POLICY}: what its users have to learn")
    yield make_field("Appeals and review", [], f"{_OWNER}: how people can question a decision")


def _list_tool_fields(job: SnapshotJob) -> Iterator[RecordField]:
    yield make_field("System architecture", _ARCHITECTURE)
    yield make_field("System-level input", list_table_titles(job.runs))
    yield make_field(
        "System-level output",
        [f"{run.topic.title}: a report, indicators, tables and charts." for run in job.runs],
    )
    reviews = list_reviews(job.runs)
    yield make_field("Maintenance", reviews, f"{_POLICY}: who maintains the code and the tables")
    models = (f"{run.topic.title}, version {model_version(run)}" for run in job.runs)
    yield make_field("Models", models)


def _list_risks_fields(job: SnapshotJob) -> Iterator[RecordField]:
    yield make_field(
        "Impact assessments",
        [],
        "the data protection officer: each assessment with its day and its address",
    )
    yield make_field(
        "Risks and mitigations",
        list_risks(job.runs),
        f"{_POLICY}: the other risks, and what is done about each",
    )


def _list_titles(job: SnapshotJob) -> list[str]:
    return [run.topic.title for run in job.runs]
