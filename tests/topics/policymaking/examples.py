"""Examples of policymaking: the bundled consultations, made-up ones, and the originals."""

import json

from tests import ROOT
from workbook.importers import read_table_file
from workbook.topics.policymaking import topic
from workbook.topics.policymaking.data import consultations_schema
from workbook.topics.policymaking.parameters import Policymaking

ORIGINALS = ROOT.parent / "shared" / "real" / "consultations"
COMMISSION_FILE = ORIGINALS / "eu-public-consultations-2016-2026.csv"
GOVUK_FOLDER = ORIGINALS / "govuk"

OWN = "own"
"""Name of an uploaded table of consultations."""

HEADER = (
    "id,title,department,opened,closed,responses,responses_online,responses_email,"
    "feedback_published,outcome_published,answered,proposals,proposals_changed\n"
)
EXAMPLES = """\
open,Still open,Home Office,2014-05-01,2014-07-24,12,9,,,,,,
late,Answered later,Home Office,2013-10-01,2013-12-24,1000,100,,2014-08-01,,,6,5
feedback,Feedback first,Home Office,2014-01-01,2014-03-26,100,80,20,2014-05-01,2014-06-15,,10,3
outcome,Outcome only,Ministry of Justice,2013-10-01,2013-12-01,7,,,,2014-01-20,,4,0
recent,Answered early,Ministry of Justice,2014-04-01,2014-06-01,50,25,,2014-06-20,,,,
undated,Date not given,Ministry of Justice,2013-10-01,2013-12-01,30,,,,,yes,,
waiting,No answer,Ministry of Justice,2014-02-01,2014-03-01,10,5,,,,no,8,2
later,Opened later,Ministry of Justice,2014-07-01,2014-09-30,,,,,,,,
blank,No dates,Ministry of Justice,,,,,,,,,,
"""
"""Each case once; judged on 30 June 2014."""


def consultations(rows=EXAMPLES):
    """A table of consultations from rows below ``HEADER``."""
    report = consultations_schema.check_csv((HEADER + rows).encode())
    assert not report.errors, report.errors
    return report.frame


def evaluate(table=None, **values):
    """Outcome of a scenario on a table of consultations, the made-up ones by default."""
    table = consultations() if table is None else table
    return topic.evaluate_model({"consultations": table}, Policymaking(**{"data": OWN, **values}))


def read_govuk(*names):
    """Consultations of GOV.UK from the originals of these names, as one list."""
    items = [json.loads((GOVUK_FOLDER / f"{name}.json").read_text("utf-8")) for name in names]
    report = read_table_file(consultations_schema, json.dumps(items).encode(), "items.json")
    assert not report.errors, report.errors
    return report.frame
