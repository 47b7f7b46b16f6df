"""Everything that a topic asks of itself, worked out step by step: responses, swing, the rest."""

from collections.abc import Iterator

from workbook.analysis.charts import response_chart, swing_chart
from workbook.analysis.response import in_order, points
from workbook.analysis.swing import ranked, swings
from workbook.outcome import Column, Outcome
from workbook.topic import Answer, Tables, Topic

SWING = "swing"


def names(topic: Topic) -> list[str]:
    """Names of what the topic asks of itself, in order."""
    return [
        *(asked.name for asked in topic.responses),
        *([SWING] if topic.swing else []),
        *topic.later,
    ]


def asked(topic: Topic, tables: Tables, outcome: Outcome) -> Iterator[Answer | None]:
    """The answers to what the topic asks of itself; None after each run of the model in between.

    Who has something more urgent to do may stop between two runs and begin anew later.
    """
    yield from _responses(topic, tables, outcome)
    if topic.swing:
        yield from _swing(topic, tables, outcome)
    for answers in topic.later.values():
        yield from answers(tables, outcome)


def _responses(topic: Topic, tables: Tables, outcome: Outcome) -> Iterator[Answer | None]:
    declared = topic.Scenario.parameters()
    for question in topic.responses:
        rows = []
        for row in points(topic, tables, outcome.scenario, question):
            rows.append(row)
            yield None
        table = in_order(rows, question)
        columns = {
            question.by: Column(declared[question.by].label, declared[question.by].unit),
            question.indicator: Column(
                outcome[question.indicator].label, outcome[question.indicator].unit
            ),
            "scenario": Column("This scenario"),
        }
        yield Answer(question.name, response_chart(topic, outcome, question, table), table, columns)


def _swing(topic: Topic, tables: Tables, outcome: Outcome) -> Iterator[Answer | None]:
    rows = []
    for row in swings(topic, tables, outcome.scenario, topic.swing):
        rows.append(row)
        yield None
    table = ranked(rows)
    unit = outcome[topic.swing].unit
    columns = {
        "parameter": Column("Parameter"),
        "label": Column("Assumption"),
        "unit": Column("Unit"),
        "quality": Column("Quality"),
        "low": Column("Low end of its range", unit_in="unit"),
        "high": Column("High end of its range", unit_in="unit"),
        "at_low": Column("Answer at the low end", unit),
        "at_high": Column("Answer at the high end", unit),
        "now": Column("Answer in this scenario", unit),
        "swing": Column("Swing", unit),
    }
    yield Answer(SWING, swing_chart(outcome, topic.swing, table), table, columns)
