"""The scripts and styles of the pages: few files, whose addresses change with their content."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from workbook.resources import PACKAGE
from workbook.widgets.javascript_bundle import bundle_javascript
from workbook.widgets.widget import WIDGET_FOLDER

_STATIC_FOLDER = Path(__file__).parent / "static"

TOPIC_SCRIPT: Final = "topic_page.js"
TOPIC_STYLE: Final = "topic_page.css"
VEGA_SCRIPT: Final = "vega.js"

_SCRIPTS: Final = (TOPIC_SCRIPT, "full_server.js")
"""Modules of the pages. Each is sent in one file with all that it imports."""

_SITE_STYLES = (PACKAGE / "page.css", _STATIC_FOLDER / "site.css")
_TOPIC_PRINT_STYLE = _STATIC_FOLDER / "print.css"

_STYLES: Final[Mapping[str, tuple[Path, ...]]] = {
    "site.css": _SITE_STYLES,
    "home.css": (_STATIC_FOLDER / "home.css",),
    "no_script.css": (_STATIC_FOLDER / "no_script.css",),
}
"""The style sheets that are sent, and the files of which each is made, in the order of the cascade.
The one of a topic's page has further the widgets' own."""

_HASH_LENGTH = 16


class PageAssets(NamedTuple):
    """The files that the pages load.

    Attributes:
        folder: The folder that holds them.
        addresses: Address of each below the static files', by its name. It has the hash of the
            file, so that browsers may keep the file for good.
    """

    folder: Path
    addresses: Mapping[str, str]


def write_assets(folder: Path, vega_bundle: str) -> PageAssets:
    """Write the files that the pages load.

    Args:
        folder: An empty folder.
        vega_bundle: The source of Vega.

    Returns:
        The files.
    """
    texts = {
        VEGA_SCRIPT: vega_bundle,
        TOPIC_STYLE: _topic_style(),
        **{name: bundle_javascript(_STATIC_FOLDER / name) for name in _SCRIPTS},
        **{name: _join_files(*paths) for name, paths in _STYLES.items()},
    }
    addresses = {}
    for name, text in texts.items():
        content = text.encode()
        (folder / name).write_bytes(content)
        addresses[name] = f"{name}?v={sha256(content).hexdigest()[:_HASH_LENGTH]}"
    return PageAssets(folder, addresses)


def _topic_style() -> str:
    """The style of a topic's page: of every page, of print, and of all widgets."""
    print_style = f"@media print {{\n{_join_files(_TOPIC_PRINT_STYLE)}}}\n"
    common_style = WIDGET_FOLDER / "shared" / "common.css"
    widget_styles = sorted(WIDGET_FOLDER.glob("*.css"))
    return _join_files(*_SITE_STYLES) + print_style + _join_files(common_style, *widget_styles)


def _join_files(*paths: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in paths)
