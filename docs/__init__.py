"""The documentation site: its pages, and what generates the rest of them."""

from pathlib import Path

DOCS_FOLDER = Path(__file__).parent
"""Pages, pictures and the configuration of the site."""

PROJECT_FOLDER = DOCS_FOLDER.parent
"""The checkout that is documented."""
