"""An invented report on ferries, with claims, facts and a source table."""

import pandas as pd
import pandera.pandas as pa

from workbook.claims.published_report import FigureSource, PublishedReport, always_describe
from workbook.claims.report_tables import define_claims_table, define_facts_table
from workbook.exports.datapackage import build_datapackage
from workbook.tables import DATA_PACKAGE_FILE, TableSchema
from workbook.tables.column_rules import NOT_NEGATIVE_RULE
from workbook.tables.columns import number_column, text_column

TITLE = "Island ferries, annual review 2019"

FERRY_TRIPS = TableSchema(
    name="ferry_trips",
    title="Trips of each ferry",
    schema=pa.DataFrameSchema(
        {
            "ferry": text_column("Ferry", "Its name."),
            "trips": number_column("Trips", "In 2019.", NOT_NEGATIVE_RULE),
        },
        unique=["ferry"],
    ),
)


def _total_trips(frame):
    return float(frame["trips"].sum())


FERRY_REPORT = PublishedReport(
    title=TITLE,
    claims=define_claims_table("ferry_claims", "What the ferry review claims", TITLE),
    facts=define_facts_table("ferry_facts", "Figures printed in the ferry review", TITLE),
    figure_sources=(
        FigureSource(
            "ferries.trips",
            "count",
            ("ferry_trips",),
            _total_trips,
            "Trips of all",
            always_describe("Harbour log, 1 January 2020"),
        ),
    ),
)

FACT_CELLS = {
    "id": "F01",
    "section": "Summary",
    "measure": "Passengers",
    "value": "1200",
    "unit": "people",
    "period_printed": "2019",
    "period": "2019-12",
    "qualifier": "",
    "source": TITLE,
}
CLAIM_CELLS = {
    "id": "C01",
    "section": "Summary",
    "claim": "Three hundred trips",
    "printed_as": "300 trips",
    "printed": "300",
    "unit": "count",
    "wording": "exactly",
    "precision": "1",
    "check": "figure",
    "formula": "ferries.trips",
    "other_formula": "",
    "due": "",
    "missing": "",
    "note": "",
    "period": "2019-12",
    "source": TITLE,
}
CLAIMS = (
    {},
    {
        "id": "C02",
        "claim": "Five passengers a trip",
        "printed_as": "5 passengers",
        "printed": "5",
        "formula": "F01 / ferries.trips",
    },
    {"id": "C03", "claim": "No cancellations", "formula": "", "missing": "the cancellations"},
)
TRIPS = ({"ferry": "Heron", "trips": "100"}, {"ferry": "Tern", "trips": "200"})


def to_csv(example, rows):
    """Contents of a CSV table: for each row the example with changed cells."""
    frame = pd.DataFrame([example | row for row in rows])
    return frame.to_csv(index=False, lineterminator="\n").encode()


def ferry_files():
    """The files of the report's tables by table name."""
    return {
        "ferry_claims": to_csv(CLAIM_CELLS, CLAIMS),
        "ferry_facts": to_csv(FACT_CELLS, [{}]),
        "ferry_trips": to_csv({}, TRIPS),
    }


def ferry_schemas():
    """The schemas of the tables by table name."""
    return {table.name: table for table in (*FERRY_REPORT.tables, FERRY_TRIPS)}


def ferry_frames():
    """The data frames of the tables by table name."""
    files = ferry_files()
    return {name: table.check_csv(files[name]).frame for name, table in ferry_schemas().items()}


def write_bundled(folder, files=None, other_schemas=None):
    """Write the files into a folder, with a data package of these and the other tables."""
    for name, content in (ferry_files() | (files or {})).items():
        (folder / f"{name}.csv").write_bytes(content)
    schemas = {**(other_schemas or {}), **ferry_schemas()}
    package = build_datapackage(schemas.values(), folder)
    (folder / DATA_PACKAGE_FILE).write_text(package, encoding="utf-8")
    return folder
