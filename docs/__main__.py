"""Build the documentation site: ``python -m docs [FOLDER]``, by default into ``build/site``."""

import sys
from pathlib import Path

from docs import PROJECT_FOLDER
from docs.site import build_site

if __name__ == "__main__":
    arguments = sys.argv[1:]
    site_folder = Path(arguments[0]) if arguments else PROJECT_FOLDER / "build/site"
    try:
        build_site(site_folder)
    except ValueError as error:
        sys.exit(str(error))
    sys.stdout.write(f"The site is in {site_folder}: open index.html.\n")
