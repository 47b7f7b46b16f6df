"""Serve the home page and the topics' pages: Voilà with our template and production settings."""
