"""Exemplar services: their phases as published and as derived from milestones."""
