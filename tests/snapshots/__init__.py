"""Quarterly snapshots: runs, verification, files, manifest, and failed runs with their cause."""
