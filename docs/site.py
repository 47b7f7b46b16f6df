"""Build the site: assemble its sources, run Sphinx, check that it needs no other host."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from sphinx.cmd.build import build_main

from docs import DOCS_FOLDER
from docs.foreign_resources import find_foreign_resources
from docs.sources import write_sources


def build_site(site_folder: Path) -> None:
    """Build the site anew. A broken link, or any other warning of Sphinx, fails the build.

    Args:
        site_folder: Folder of the site. What it holds is replaced.

    Raises:
        ValueError: If Sphinx warns or fails, or a page would load something from another host.
    """
    with TemporaryDirectory() as temporary_folder:
        sources, output = Path(temporary_folder, "sources"), Path(temporary_folder, "site")
        write_sources(sources)
        options = ["-b", "html", "-c", str(DOCS_FOLDER), "-d", f"{temporary_folder}/doctrees"]
        strict = ["--quiet", "--fail-on-warning"]
        if build_main([*options, *strict, str(sources), str(output)]):
            msg = "Sphinx could not build the site. Its messages are above."
            raise ValueError(msg)
        foreign_resources = find_foreign_resources(output)
        if foreign_resources:
            raise ValueError(
                "\n".join(["The site would load from other hosts:", *foreign_resources])
            )
        (output / ".buildinfo").unlink(missing_ok=True)
        shutil.rmtree(site_folder, ignore_errors=True)
        shutil.copytree(output, site_folder)
