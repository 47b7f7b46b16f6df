"""The table of observed figures of digital inclusion."""

import pandera.pandas as pa

from workbook.tables import FRACTION_RULE, NOT_NEGATIVE_RULE, PERIOD_RULE, TableSchema

inclusion_observed_table = TableSchema(
    name="inclusion_observed",
    title="People without internet use or basic digital skills, as published",
    period="period",
    sources=(
        "Answer to a Parliamentary question, April 2014",
        "Go ON UK, Basic Digital Skills, 2015",
        "Lloyds Bank, Consumer Digital Index, 2018 and 2020",
        "Office for National Statistics, Internet Access Quarterly Update, 2015 Q1, table 4B",
        "Government Digital Service, Digital Landscape Research, November 2012, figure 5",
        "Department for Science, Innovation and Technology, Digital Inclusion Action Plan, 2025",
    ),
    schema=pa.DataFrameSchema(
        {
            "measure": pa.Column(
                str, title="Measure", description="What the people counted have in common."
            ),
            "population": pa.Column(str, title="Population", description="Who was asked."),
            "period": pa.Column(
                str,
                PERIOD_RULE,
                title="Period",
                description="Year or month that the figure describes.",
            ),
            "people": pa.Column(
                "Int64",
                NOT_NEGATIVE_RULE,
                nullable=True,
                title="People",
                description="Number of people, where published.",
            ),
            "share": pa.Column(
                float,
                FRACTION_RULE,
                nullable=True,
                title="Share",
                description="Fraction of the population, where published.",
            ),
            "sample_size": pa.Column(
                "Int64",
                NOT_NEGATIVE_RULE,
                nullable=True,
                title="Sample",
                description="People asked in the whole survey.",
            ),
            "source": pa.Column(str, title="Source", description="Publication and table."),
        },
        unique=["measure", "population", "period"],
    ),
)
