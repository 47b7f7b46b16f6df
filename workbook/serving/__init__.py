"""The served pages: Voilà with our own template, a home page, and settings for production."""

from workbook.serving.app import run_server

__all__ = ["run_server"]
