"""Sources that several parameters of savings share."""

EFFICIENCY_REPORT = "Digital Efficiency Report, November 2012"
EFFICIENCY_REPORT_QUARTER = "2012-Q4"
"""The quarter of November 2012, when the Digital Efficiency Report appeared."""

UNSOURCED_ASSUMPTION = "Assumption: no published figure found"
