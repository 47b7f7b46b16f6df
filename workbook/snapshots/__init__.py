"""Quarterly snapshots: run each topic's notebook, check it, write the outputs and seal them."""
