"""Request handlers for the archive of snapshots: its files as they lie in the folder, read only."""

from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import tornado.web

from workbook.serving.handlers import NOT_FOUND_MESSAGE, REQUEST_MESSAGE, MessageHandler
from workbook.serving.security_policy import ARCHIVE_HEADERS, SECURITY_HEADERS

_FIRST_PAGE: Final = "index.html"
_MEDIA_TYPES: Final = {
    ".html": "text/html; charset=UTF-8",
    ".csv": "text/csv; charset=UTF-8",
    ".txt": "text/plain; charset=UTF-8",
    ".ipynb": "application/x-ipynb+json",
    ".atom": "application/atom+xml",
}


def check_archive(folder: Path | None) -> Path | None:
    """Check that a folder is an archive with its pages.

    Args:
        folder: The folder; None for none.

    Returns:
        The folder as an absolute path.

    Raises:
        ValueError: It has no first page.
    """
    if folder is None:
        return None
    if not (folder / _FIRST_PAGE).is_file():
        msg = f"{folder} has no {_FIRST_PAGE}: write it with workbook archive --store {folder}"
        raise ValueError(msg)
    return folder.resolve()


def archive_routes(folder: Path | None) -> list[tuple[Any, ...]]:
    """Routes of the archive's files; none without an archive.

    Args:
        folder: The archive's folder.

    Returns:
        The routes: address, handler and its options.
    """
    if folder is None:
        return []
    redirect = {"url": "archive/", "permanent": False}
    return [
        (r"/archive", tornado.web.RedirectHandler, redirect),
        (r"/archive/(.*)", ArchiveHandler, {"folder": folder}),
    ]


class ArchiveHandler(tornado.web.StaticFileHandler):
    """Files of the archive. Hidden ones and links out of the folder are not found."""

    def initialize(self, folder: Path) -> None:  # type: ignore[override]  # it has a first page
        """Take the archive's folder."""
        super().initialize(str(folder), _FIRST_PAGE)

    def set_default_headers(self) -> None:
        """Set headers that keep what a file may do apart from the server's own pages."""
        self._set_headers(ARCHIVE_HEADERS)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Answer 404 for what is hidden, as failed runs are, and for what lies elsewhere."""
        folder, path = Path(root).resolve(), Path(absolute_path)
        is_hidden = any(part.startswith(".") for part in Path(self.path_args[0]).parts)
        if is_hidden or "\0" in absolute_path or not path.resolve().is_relative_to(folder):
            raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)
        return super().validate_absolute_path(root, absolute_path)

    def get_content_type(self) -> str:
        """Media type by the file's suffix, with the encoding of texts."""
        suffix = Path(self.absolute_path or "").suffix
        return _MEDIA_TYPES.get(suffix) or super().get_content_type()

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002  tornado's signature
        """Let browsers ask again: a quarter's address leads to its latest revision."""
        self.set_header("Cache-Control", "no-cache")

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ANN401, ARG002  tornado's signature
        """Write the page for a missing address, which loads the server's style."""
        self._set_headers(SECURITY_HEADERS)
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        is_missing = status_code == HTTPStatus.NOT_FOUND
        title, text = NOT_FOUND_MESSAGE if is_missing else REQUEST_MESSAGE
        template = self.settings["workbook_pages"].get_template(MessageHandler.message_template)
        self.finish(template.render(base=self.settings["base_url"], title=title, text=text))

    def _set_headers(self, headers: dict[str, str]) -> None:
        for name, value in headers.items():
            self.set_header(name, value)
