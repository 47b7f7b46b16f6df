"""An Outcome as files that others can read."""
