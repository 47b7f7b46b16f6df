"""An environment for each rival, in ``.rivals``: the workbook's own, and the rival on top of it.

Each has the same NumPy, pandas and Altair, because it reads what it does not hold itself from the
environment that the benchmarks run in. Voilà is a part of that one and needs no other.
"""

import subprocess
import sys
import sysconfig
from pathlib import Path

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[2]


class NotInstalledError(Exception):
    """A rival's packages could not be installed."""


def build_environment(rival: str) -> Path:
    """Build a rival's environment, unless it is there for the same requirements.

    Args:
        rival: Name of the rival's folder.

    Returns:
        Its Python.

    Raises:
        NotInstalledError: With the last line that pip printed.
    """
    environment = ROOT / ".rivals" / rival
    requirements = FOLDER / rival / "requirements.txt"
    if not requirements.exists():
        return Path(sys.executable)
    stamp, wanted = environment / "installed", f"{sys.prefix}\n{requirements.read_text()}"
    if not stamp.exists() or stamp.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
        _read_packages_from_here(environment)
        _install(environment, requirements)
        stamp.write_text(wanted)
    return environment / "bin" / "python"


def _read_packages_from_here(environment: Path) -> None:
    own = sysconfig.get_path("purelib", vars={"base": str(environment)})
    ours = sysconfig.get_path("purelib")
    Path(own, "workbook.pth").write_text(f"import site; site.addsitedir({ours!r})\n")


def _install(environment: Path, requirements: Path) -> None:
    pip = [str(environment / "bin" / "python"), "-m", "pip"]
    command = [*pip, "install", "--quiet", "--requirement", str(requirements)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise NotInstalledError(run.stderr.strip().rpartition("\n")[2])
