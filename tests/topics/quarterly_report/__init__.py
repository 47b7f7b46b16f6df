"""Savings, tested on the published figures and on scenarios of any kind."""
