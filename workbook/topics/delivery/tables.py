"""The published figures of delivery: exemplar services by phase, and what the report follows."""

import pandera.pandas as pa

from workbook.tables import MONTH, NOT_NEGATIVE, PERIOD, Table
from workbook.topics.delivery.odd import (
    completed_later,
    half_a_target,
    one_number,
    out_of_order,
    planned_before,
    without_discovery,
)
from workbook.topics.delivery.phases import COMPLETED, LIVE, PHASES, PLANNED, PUBLIC

AT_LEAST, MORE_THAN, FEWER_THAN = "at least", "more than", "fewer than"
DASHBOARD = "Government Digital Service, transformation dashboard"


def _one_of(*allowed: str) -> pa.Check:
    *first, last = allowed
    return pa.Check.isin(allowed, error=f"must be {', '.join(first)} or {last}")


def _text(title: str, description: str, *rules: pa.Check, nullable: bool = False) -> pa.Column:
    return pa.Column(str, list(rules), nullable=nullable, title=title, description=description)


def _number(title: str, description: str) -> pa.Column:
    return pa.Column(float, NOT_NEGATIVE, nullable=True, title=title, description=description)


NUMBER = pa.Column(
    "Int64", NOT_NEGATIVE, title="Number", description="On the dashboard; two services share 20."
)
TITLE = _text("Service", "Name of the service, as of February 2015.")
SOURCE = _text("Source", "Publication.")

exemplar_phases = Table(
    name="exemplar_phases",
    title="Exemplar services by phase, as the transformation dashboard listed them on a day",
    period="as_of",
    sources=(f"{DASHBOARD}, its lists of services, June 2014 to October 2018",),
    oddities=(one_number,),
    schema=pa.DataFrameSchema(
        {
            "as_of": _text("Day", "Day on which the list stood.", PERIOD),
            "number": NUMBER,
            "title": TITLE,
            "printed_title": _text("Printed as", "Name of the service on that list."),
            "department": _text("Department", "Department that answers for the service."),
            "phase": _text(
                "Phase", "As listed; public is a public beta.", _one_of(*PHASES[:3], PUBLIC, LIVE)
            ),
            "source": SOURCE,
        },
        unique=["as_of", "title"],
    ),
)

exemplar_milestones = Table(
    name="exemplar_milestones",
    title="Milestones of exemplar services: in which month each phase was entered or went on",
    period="month",
    sources=(f"{DASHBOARD}, milestones, February 2015",),
    oddities=(one_number, out_of_order, planned_before, completed_later, without_discovery),
    schema=pa.DataFrameSchema(
        {
            "number": NUMBER,
            "title": TITLE,
            "phase": _text("Phase", "Phase that the milestone belongs to.", _one_of(*PHASES)),
            "state": _text(
                "State", "Whether it was reached or only planned.", _one_of(COMPLETED, PLANNED)
            ),
            "month": _text("Month", "Month of the milestone.", MONTH),
            "as_of": _text("Known in", "Month up to which the milestones are known.", MONTH),
            "source": SOURCE,
        },
        unique=["title", "phase", "state", "month"],
    ),
)

commitments = Table(
    name="commitments",
    title="What the quarterly report follows: each commitment with its value, target and date",
    period="period",
    sources=("Government Digital Strategy quarterly progress report, July 2014",),
    faults=(half_a_target,),
    schema=pa.DataFrameSchema(
        {
            "id": _text("Identifier", "D and a number."),
            "indicator": _text("Indicator", "Indicator that it gives, if any.", nullable=True),
            "programme": _text("Programme", "Programme that it belongs to."),
            "department": _text(
                "Department", "Whose it is; blank for all of government.", nullable=True
            ),
            "commitment": _text("Commitment", "What is to be done, in our words."),
            "measure": _text("Measure", "What is counted."),
            "unit": _text(
                "Unit",
                "Unit of value and target.",
                _one_of("count", "people", "share", "GBP", "months", "level"),
            ),
            "sense": _text(
                "Sense",
                "How the target is meant; blank without one.",
                _one_of(AT_LEAST, MORE_THAN, FEWER_THAN),
                nullable=True,
            ),
            "target": _number("Target", "Published target; blank if none."),
            "target_date": _text(
                "By", "Month by whose end; blank if none is printed.", MONTH, nullable=True
            ),
            "value": _number("Value", "As printed; blank if it is not, or is computed."),
            "period": _text("Period", "Month in which what is told ended.", MONTH),
            "previous": _number("Before", "Value before, where printed."),
            "added": _number("Added", "What the quarter up to that month added."),
            "rests_on": _text(
                "Rests on",
                "Facts of the report, and a figure that is computed (exemplars.…).",
                nullable=True,
            ),
            "reported": _text("Report", "What is told beside the value.", nullable=True),
            "source": SOURCE,
        },
        unique=["id"],
    ),
)
