"""Put our notebooks into the wheel, and nothing that JupyterLab leaves among them."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class NotebooksHook(BuildHookInterface):
    """Adds ``notebooks/*.ipynb``: folders there hold checkpoints and links to other packages."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the notebooks to a wheel; an editable install finds them in the checkout."""
        if version == "standard":
            build_data["force_include"] |= {
                str(path): f"workbook/notebooks/{path.name}"
                for path in Path(self.root, "notebooks").glob("*.ipynb")
            }
