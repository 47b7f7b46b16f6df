"""Checks of published figures: the formula language, the check, and an invented report."""
