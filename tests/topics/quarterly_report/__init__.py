"""The quarterly report."""
