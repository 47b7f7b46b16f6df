"""Load Vega with the fonts that it brings, so that a drawing does not depend on the machine's.

Vega measures each text many times. A font of the system is opened anew for each letter, which takes
most of the time of a drawing. A font that Vega brings is in memory.
"""

import os
from functools import cache
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Final

_CONFIGURATION: Final = Path(__file__).with_name("fonts.conf")
_CONFIGURATION_VARIABLE: Final = "FONTCONFIG_FILE"
"""Variable with the file by which fonts are found, on systems with fontconfig."""

_EMPTY_PICTURE: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
_FONT_FOLDERS: Final = (
    *("/usr/share/fonts", "/usr/local/share/fonts"),
    *("~/.fonts", "~/.local/share/fonts"),
)
_LOCK: Final = Lock()
"""Held while the variable names the configuration of this module."""


@cache
def load_vega() -> ModuleType:
    """Load Vega with the fonts that it brings, where the system finds fonts by fontconfig.

    It reads its fonts once, at its first picture. Programs that this process starts later find
    the system's fonts.

    Returns:
        The module ``vl_convert``.
    """
    import vl_convert  # noqa: PLC0415  it takes 100 MB, and few kernels draw static charts

    with _LOCK:  # the cache lets two threads in at once
        former = os.environ.get(_CONFIGURATION_VARIABLE)
        os.environ[_CONFIGURATION_VARIABLE] = str(_CONFIGURATION)
        try:
            vl_convert.svg_to_png(_EMPTY_PICTURE)
        finally:
            os.environ.pop(_CONFIGURATION_VARIABLE, None)
            if former is not None:
                os.environ[_CONFIGURATION_VARIABLE] = former
    return vl_convert


@cache
def load_vega_with_system_fonts() -> ModuleType:
    """Load Vega with the system's fonts beside its own, for letters that its own do not have.

    Returns:
        The module ``vl_convert``.
    """
    vega = load_vega()
    for folder in map(Path, map(os.path.expanduser, _FONT_FOLDERS)):
        if folder.is_dir():
            vega.register_font_directory(str(folder))
    return vega
