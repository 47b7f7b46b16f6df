"""Names of documents that several tables take figures from."""

from typing import Final

JULY_2014_REPORT_TITLE: Final = "Government Digital Strategy quarterly progress report, July 2014"
