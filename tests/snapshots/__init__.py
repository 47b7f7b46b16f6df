"""Quarterly snapshots: run, checked, written out, sealed, or left aside with their cause."""
