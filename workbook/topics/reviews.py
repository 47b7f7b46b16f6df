"""Review of the published assumptions of the bundled topics."""

from datetime import date

from workbook.scenario import Review

FIRST_REVIEW = Review("policy team", date(2014, 7, 24), date(2015, 7, 24))
"""The assumptions were last reviewed for the quarterly report of July 2014."""
