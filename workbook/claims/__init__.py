"""Recompute the figures that a published report prints, each with its working.

A report is declared as a ``PublishedReport``. A topic lists the reports that it offers in
``Topic.published_reports``. Nothing here names a report, a topic or one of its tables.
"""
