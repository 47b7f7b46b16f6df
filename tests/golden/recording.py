"""Write the expected files of a golden folder, so that a difference shows real changes only."""

import math
import re
from collections.abc import Mapping
from pathlib import Path

from tests.golden import RELATIVE_TOLERANCE

_DECIMAL_NUMBER = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?")


def write_expected_files(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write the expected files, and remove tables that the outcome no longer has.

    Args:
        folder: Folder of a golden scenario.
        texts: Text of each expected file, by its name.

    Returns:
        The removed files.
    """
    for name, text in texts.items():
        path = folder / name
        old_text = path.read_text("utf-8") if path.exists() else ""
        path.write_text(keep_equal_lines(old_text, text), encoding="utf-8", newline="\n")
    stale_paths = sorted(path for path in folder.glob("*.csv") if path.name not in texts)
    for path in stale_paths:
        path.unlink()
    return stale_paths


def keep_equal_lines(old_text: str, new_text: str) -> str:
    """Keep each old line that differs from the new one by no more than the tests allow.

    Another processor may round the last digits of a number differently.

    Args:
        old_text: The text in the file; empty for a new file.
        new_text: The text of the present outcome.

    Returns:
        The new text, with the old lines where they are equal within the tolerance. Lines are
        compared in pairs, so a text with another number of lines is returned as it is.
    """
    old_lines, new_lines = (text.splitlines(keepends=True) for text in (old_text, new_text))
    if len(old_lines) != len(new_lines):
        return new_text
    return "".join(
        old if _are_equal(old, new) else new for old, new in zip(old_lines, new_lines, strict=True)
    )


def _are_equal(old_line: str, new_line: str) -> bool:
    if _DECIMAL_NUMBER.sub("#", old_line) != _DECIMAL_NUMBER.sub("#", new_line):
        return False
    old_numbers, new_numbers = (
        map(float, _DECIMAL_NUMBER.findall(line)) for line in (old_line, new_line)
    )
    return all(
        math.isclose(old, new, rel_tol=RELATIVE_TOLERANCE)
        for old, new in zip(old_numbers, new_numbers, strict=True)
    )
