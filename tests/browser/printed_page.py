"""What a PDF of a page holds: its pages, and the texts on them."""

import re
import shutil
import subprocess

import pytest


def count_pages(pdf: bytes) -> int:
    """Number of pages."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page in one line; the test is skipped where there is no ``pdftotext``."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    command = ["pdftotext", "-layout", "-", "-"]
    text = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return [" ".join(page.split()) for page in text.split("\f")[:-1]]
