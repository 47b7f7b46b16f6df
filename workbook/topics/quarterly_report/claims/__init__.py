"""The published reports whose figures the quarterly report checks, newest last.

To check another report, declare its tables and its ``PublishedReport`` in a module here and list it
below.
"""

from workbook.topics.quarterly_report.claims.july_2014 import JULY_2014_REPORT

PUBLISHED_REPORTS = (JULY_2014_REPORT,)
