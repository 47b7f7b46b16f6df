"""Review of the published assumptions of the bundled topics."""

from datetime import date
from functools import partial

from workbook.scenario import Review, parameter

FIRST_REVIEW = Review("policy team", date(2014, 7, 24), date(2015, 7, 24))
"""The assumptions were last reviewed when the quarterly report of July 2014 appeared."""

reviewed_parameter = partial(parameter, review=FIRST_REVIEW)
"""Declare a parameter that was part of that review. A later one starts without a review."""
