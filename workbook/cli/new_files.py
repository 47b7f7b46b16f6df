"""Write several files as one change: all of them or none."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self


class NewFiles:
    """A change of several files, undone if its ``with`` block fails.

    Example:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> with NewFiles() as files:
        ...     files.write_all([(folder / "new" / "a.txt", "text")])
        >>> (folder / "new" / "a.txt").read_text()
        'text'
    """

    def __init__(self) -> None:
        self._created: list[Path] = []
        self._originals: dict[Path, bytes] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._undo()

    def write_all(self, texts: Iterable[tuple[Path, str]]) -> None:
        """Write new files and the folders that they need.

        Args:
            texts: Each file's path and text.

        Raises:
            ValueError: A file already exists.
        """
        for path, text in texts:
            if path.exists():
                raise ValueError(f"{path} already exists: delete it, or choose another name")
            self._create_folder(path.parent)
            self._created.append(path)
            path.write_text(text, encoding="utf-8", newline="\n")

    def replace(self, path: Path, text: str) -> None:
        """Replace the text of an existing file."""
        self.keep_for_restoring([path])
        path.write_text(text, encoding="utf-8", newline="\n")

    def keep_for_restoring(self, paths: Iterable[Path]) -> None:
        """Remember the contents of files that other code is about to change."""
        self._originals |= {path: path.read_bytes() for path in paths if path.is_file()}

    def _create_folder(self, folder: Path) -> None:
        if not folder.exists():
            self._create_folder(folder.parent)
            self._created.append(folder)
            folder.mkdir()

    def _undo(self) -> None:
        """Remove new files and folders, the innermost first, and restore changed files."""
        for path in reversed(self._created):
            if path.is_dir():
                shutil.rmtree(path)  # Python may have left compiled files in it
            else:
                path.unlink(missing_ok=True)
        for path, content in self._originals.items():
            if path.parent.is_dir():  # not among what was just removed
                path.write_bytes(content)
