"""Find what a built site would load from another host."""

import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup

_FOREIGN = re.compile(r"^\s*(?:https?:)?//")
_LOADING_ATTRIBUTES = ("src", "srcset", "data", "poster")
_LINKS_THAT_LOAD_NOTHING = frozenset(
    ["canonical", "alternate", "author", "license", "next", "prev"]
)
_STYLE_RESOURCE = re.compile(r"""(?:url\(|@import)\s*["']?\s*((?:https?:)?//[^"')\s]+)""")
_SCRIPT_RESOURCE = re.compile(
    r"""(?:import\(?|from|fetch\(|importScripts\(|\.(?:src|href)\s*=)\s*["'`]((?:https?:)?//[^"'`]+)"""
)


def find_foreign_resources(site_folder: Path) -> list[str]:
    """Find scripts, styles, pictures and fonts that pages load from another host.

    A link that a reader may follow is no resource.

    Args:
        site_folder: Folder of the built site.

    Returns:
        A line for each resource, with its file.
    """
    readers = {".html": _page_resources, ".css": _style_resources, ".js": _script_resources}
    return [
        f"{path.relative_to(site_folder)}: {resource}"
        for path in sorted(site_folder.rglob("*"))
        if path.suffix in readers
        for resource in readers[path.suffix](path.read_text(encoding="utf-8"))
    ]


def _page_resources(html: str) -> Iterator[str]:
    """Resources in attributes, and in styles and scripts within the page."""
    page = BeautifulSoup(html, "html.parser")
    for element in page.select("*"):
        for name in _LOADING_ATTRIBUTES:
            if _FOREIGN.match(str(element.get(name, ""))):
                yield str(element[name])
        yield from _style_resources(str(element.get("style", "")))
    for link in page.find_all("link", href=_FOREIGN):
        if not _LINKS_THAT_LOAD_NOTHING & set(link.get("rel") or ()):
            yield str(link["href"])
    for style in page.find_all("style"):
        yield from _style_resources(style.get_text())
    for script in page.find_all("script"):
        yield from _script_resources(script.get_text())


def _style_resources(css: str) -> list[str]:
    return _STYLE_RESOURCE.findall(css)


def _script_resources(javascript: str) -> list[str]:
    return _SCRIPT_RESOURCE.findall(javascript)
