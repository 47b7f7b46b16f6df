"""Analyses of any topic: goal seek, sensitivity curves, tornado and assumptions register."""
