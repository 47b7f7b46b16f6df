"""Quarterly snapshots: each topic's notebook run, checked, written out, sealed and kept."""
