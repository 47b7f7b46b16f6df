"""Serve the home page and the topics' pages: Voilà with our template and production settings."""

from workbook.serving.app import run_server

__all__ = ["run_server"]
