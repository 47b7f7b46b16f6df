"""LibreOffice without a window, and poppler, which reads its PDF files.

``python -m tests.soak.libreoffice``, a part of ``make soak``, makes sure that both are there; the
tests
themselves install nothing.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

COMMANDS: Final = ("soffice", "pdftotext", "pdfimages")
PACKAGES: Final = (
    "libreoffice-calc",
    "libreoffice-impress",
    "libreoffice-writer",
    "poppler-utils",
    "fonts-liberation",
)
EVERY_SHEET_FILTER: Final = (
    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1"
)
"""Each sheet as ``NAME-SHEET.csv``: in UTF-8, texts quoted, numbers in full, no formulas."""


def convert_with_libreoffice(path: Path, kind: str, folder: Path) -> Path:
    """The file as LibreOffice converts it to ``kind``, in a new folder within this one.

    Raises CalledProcessError where it fails, and ValueError where it says nothing and writes none.
    """
    output_folder = Path(tempfile.mkdtemp(dir=folder))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"  # not the user's profile
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        output_folder,
        path,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    if not any(output_folder.iterdir()):
        message = f"LibreOffice made nothing of {path}"
        raise ValueError(message)
    return output_folder / f"{path.stem}.{kind.partition(':')[0]}"


def page_texts(pdf: Path) -> list[str]:
    """The text of each page in reading order, with its lines joined."""
    text = _command_output("pdftotext", pdf, "-")
    return [" ".join(page.split()) for page in text.split("\f")[:-1]]


def pages_with_pictures(pdf: Path) -> set[int]:
    """The numbers of the pages that have a picture, from 1."""
    _, _, *rows = _command_output("pdfimages", "-list", pdf).splitlines()
    return {int(row.split()[0]) for row in rows}


def _command_output(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def _missing_commands() -> list[str]:
    return [command for command in COMMANDS if not shutil.which(command)]


def main() -> None:
    """Install missing programs where permitted, and print the versions in use."""
    if _missing_commands() and shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update"], check=True)
        subprocess.run(
            ["apt-get", "install", "--yes", "--no-install-recommends", *PACKAGES],
            check=True,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        )
    if missing := _missing_commands():
        message = f"Not found: {', '.join(missing)}. Install LibreOffice and poppler's utilities."
        raise SystemExit(message)
    print(f"Opened by: {_command_output('soffice', '--version').strip()}")


if __name__ == "__main__":
    main()
