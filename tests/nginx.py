"""nginx for the test of the documented deployment: ``python -m tests.nginx``.

It is a part of ``make test``. Where it may not be installed, the test is skipped with that reason.
"""

import shutil
from typing import Final

from tests.chromium import install_packages, may_use_apt

PLACES: Final = "/usr/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin"


def find_nginx() -> str | None:
    """The path of nginx, if it is installed."""
    return shutil.which("nginx", path=PLACES)


def main() -> None:
    """Find nginx, or install it where that may be done."""
    if find_nginx() is None and may_use_apt():
        install_packages("nginx-light")
    print(f"Proxy for the tests: {find_nginx() or 'none, so its test is skipped'}")


if __name__ == "__main__":
    main()
