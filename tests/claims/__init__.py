"""Checking published figures: the formula language, the check, and a made-up report."""
