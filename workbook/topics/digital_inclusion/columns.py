"""Labels and units of the columns of the digital inclusion result tables."""

from workbook.result_table import Column

DIGITAL_INCLUSION_COLUMNS = {
    "year": Column("Year"),
    "people_excluded": Column("People without basic digital skills", "people"),
    "people_low": Column("80% of simulations, low (P10)", "people"),
    "people_high": Column("80% of simulations, high (P90)", "people"),
    "target_people": Column("Target", "people"),
    "floor_people": Column("May never gain the skills", "people"),
    "people_by_age": Column("By age group (comparison)", "people"),
    "age": Column("Age"),
    "offline_share": Column("Does not use the internet (published)", "share"),
    "adults": Column("Adults", "people"),
    "share_at_start": Column("Share without the skills at the start", "share"),
    "people_at_start": Column("People without the skills at the start", "people"),
    "people_at_end": Column("People without the skills in the target year", "people"),
    "projected": Column("Projected for the year", "people"),
    "position": Column("Comparison"),
    "flow": Column("Flow"),
    "people": Column("People", "people"),
    "measure": Column("Measure"),
    "population": Column("Population"),
    "period": Column("Period"),
    "standard_error": Column("Standard error of the share (minimum)", "share"),
    "share": Column("Share of the population", "share"),
    "sample_size": Column("Sample size", "count"),
    "source": Column("Source"),
}
