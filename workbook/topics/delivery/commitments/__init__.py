"""Commitments: each with its target, its latest value and its status."""
