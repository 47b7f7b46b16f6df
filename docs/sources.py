"""Assemble the sources of the site: written pages, the project's own files, generated reference."""

import shutil
from pathlib import Path

from docs import DOCS_FOLDER, PROJECT_FOLDER
from docs.public_api import methods_page, public_names_page
from docs.reference import tables_page, topic_page, topics_page
from workbook.topics.registry import TABLE_SCHEMAS, TOPICS

_PAGE_OF_PROJECT_FILE = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "LICENSE": "licence.md",
}
_CONTENTS = """
```{toctree}
:hidden:

guide/index
method/index
contributing
reference/index
changelog
licence
```
"""


def write_sources(folder: Path) -> None:
    """Write every source of the site into a new folder.

    Args:
        folder: Folder that does not exist yet.
    """
    shutil.copytree(
        DOCS_FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__", "static")
    )
    pages = _project_pages() | _reference_pages()
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _project_pages() -> dict[str, str]:
    """The project's own files as pages, with their links to each other."""
    pages = {}
    for file_name, page_name in _PAGE_OF_PROJECT_FILE.items():
        text = (PROJECT_FOLDER / file_name).read_text(encoding="utf-8").replace("](docs/", "](")
        for target, target_page in _PAGE_OF_PROJECT_FILE.items():
            text = text.replace(f"]({target}", f"]({target_page}")
        pages[page_name] = text
    pages["index.md"] += _CONTENTS
    pages["licence.md"] = f"# Licence\n\n```text\n{pages['licence.md'].strip()}\n```\n"
    return pages


def _reference_pages() -> dict[str, str]:
    """The reference, generated from declarations and docstrings."""
    topic_pages = {f"reference/{name}.md": topic_page(topic) for name, topic in TOPICS.items()}
    return {
        "reference/index.md": topics_page(TOPICS.values()),
        **topic_pages,
        "reference/tables.md": tables_page(TABLE_SCHEMAS.values()),
        "reference/public_names.rst": public_names_page(),
        "reference/methods.rst": methods_page(),
    }
