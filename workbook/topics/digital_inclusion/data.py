"""The tables of digital inclusion: observed figures, older people and deaths."""

import pandera.pandas as pa

from workbook.tables import OPEN_GOVERNMENT_LICENCE, TableSchema
from workbook.tables.columns import (
    choice_column,
    count_column,
    period_column,
    share_column,
    source_column,
    text_column,
)

inclusion_observed_table = TableSchema(
    name="inclusion_observed",
    title="Published figures on people without internet use or basic digital skills",
    period="period",
    licence=OPEN_GOVERNMENT_LICENCE,
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
            "measure": text_column("Measure", "What the people counted lack or do not do."),
            "population": text_column("Population", "The population surveyed."),
            "period": period_column("Period", "The year or month that the figure describes."),
            "people": count_column("People", "Number of people, where published.", nullable=True),
            "share": share_column(
                "Share", "Fraction of the population, where published.", nullable=True
            ),
            "sample_size": count_column(
                "Sample size", "People in the sample of the whole survey.", nullable=True
            ),
            "source": source_column("Publication and table."),
        },
        unique=["measure", "population", "period"],
    ),
)

OLDER_ADULTS, DEATHS = "adults aged 65 and over", "deaths in the year"
"""Measures of the table of the ageing of the population."""

population_ageing_table = TableSchema(
    name="population_ageing",
    title="Published figures on older people and deaths in the United Kingdom",
    period="period",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=("Office for National Statistics, Annual Mid-year Population Estimates, Mid-2014",),
    schema=pa.DataFrameSchema(
        {
            "measure": choice_column("Measure", "What is counted.", (OLDER_ADULTS, DEATHS)),
            "period": period_column("Period", "The month that the figure describes, or ends in."),
            "people": count_column("People", "Number of people."),
            "source": source_column("Publication."),
        },
        unique=["measure", "period"],
    ),
)
