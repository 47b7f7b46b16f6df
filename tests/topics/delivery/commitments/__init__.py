"""Commitments: status and values."""
