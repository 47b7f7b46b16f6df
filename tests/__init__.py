"""The workbook's tests: a folder a room, and beside them what concerns the whole project."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
"""The checkout that is tested."""
