"""Files of users: read without waiting, written whole or not at all."""

import os
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

LARGEST_FILE: Final = 64 * 1024
"""Bytes of a scenario file, at most."""

_OPEN_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A pipe that takes a file's place after it was checked is opened without waiting."""

_NEW_FILE_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_NEW_FILE_MODE: Final = 0o666  # less the user's mask


def read_small_text(path: Path, folder: Path | None = None) -> str:
    """Read a small text file.

    Args:
        path: The file.
        folder: Folder that a symbolic link may not leave, None where it may lead anywhere.

    Returns:
        Its text, without a byte order mark.

    Raises:
        ValueError: It is missing, no regular file, too large, not UTF-8, or a link that leaves the
            folder. The message says which, without naming the file.
    """
    if folder is not None and not _resolve_links(path).is_relative_to(_resolve_links(folder)):
        raise ValueError("it is a link to a file outside its folder")
    try:
        return read_file(path, LARGEST_FILE).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is not text in UTF-8") from None


def read_file(path: Path, limit: int) -> bytes:
    """Read a file that a user names, unless it is too large.

    Args:
        path: The file.
        limit: Its bytes at most.

    Returns:
        Its content.

    Raises:
        ValueError: It is missing, no regular file or too large. The message says which, without
            naming the file.
    """
    try:
        _check_file(path.stat(), limit)
        descriptor = os.open(path, _OPEN_FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            _check_file(os.fstat(descriptor), limit)
            content = file.read(limit + 1)
    except OSError as error:
        raise ValueError((error.strerror or str(error)).lower()) from None
    _check_size(len(content), limit)
    return content


def check_text_size(text: str) -> None:
    """Check that a text from elsewhere is no larger than a small file, and can be one.

    Args:
        text: The text.

    Raises:
        ValueError: It is too large, or has what UTF-8 cannot encode.
    """
    _check_size(len(text), LARGEST_FILE)  # a long text is not encoded
    try:
        _check_size(len(text.encode()), LARGEST_FILE)
    except UnicodeEncodeError:
        raise ValueError("it is not text in UTF-8") from None


def replace_files(contents: Mapping[Path, str | bytes]) -> None:
    """Write several files, each whole: as they were until all of the new ones are on the disk.

    A file that exists keeps its mode and its group, and a link leads to the file that is replaced.

    Args:
        contents: The text or bytes of each file, in the order in which they are replaced.

    Raises:
        OSError: The folder is missing, full or read-only. No file is changed. The error names the
            file as it was given.
    """
    drafts: dict[Path, Path] = {}
    replaced: dict[Path, bytes | None] = {}
    try:
        for path, content in contents.items():
            target = _resolve_links(path)
            draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
            drafts[draft] = path
            encoded = content.encode() if isinstance(content, str) else content
            _write_draft(draft, target, encoded)
        for draft, path in drafts.items():
            target = _resolve_links(path)
            original = target.read_bytes() if target.exists() else None
            draft.replace(target)
            replaced[target] = original
    except OSError as error:
        _restore_originals(replaced)
        given_names = {str(draft): str(path) for draft, path in drafts.items()}
        error.filename = given_names.get(str(error.filename), error.filename)
        raise
    finally:
        for draft in drafts:
            with suppress(OSError):
                draft.unlink()


def _restore_originals(originals: Mapping[Path, bytes | None]) -> None:
    for target, content in originals.items():
        if content is None:
            target.unlink()
        else:
            target.write_bytes(content)


def _resolve_links(path: Path) -> Path:
    """Where a path leads. Unlike ``Path.resolve``, it raises nothing for a loop of links."""
    return Path(os.path.realpath(path))


def _write_draft(draft: Path, target: Path, content: bytes) -> None:
    with os.fdopen(os.open(draft, _NEW_FILE_FLAGS, _NEW_FILE_MODE), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileNotFoundError):
        original = target.stat()
        if hasattr(os, "chown"):
            with suppress(PermissionError):  # a group that this user is not in
                os.chown(draft, -1, original.st_gid)
        draft.chmod(stat.S_IMODE(original.st_mode))


def _check_file(details: os.stat_result, limit: int) -> None:
    if stat.S_ISDIR(details.st_mode):
        raise ValueError("it is a folder")
    if not stat.S_ISREG(details.st_mode):
        raise ValueError("it is not a file but a pipe or a device")
    _check_size(details.st_size, limit)


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        size_text = f"{limit // 2**20} MiB" if limit >= 2**20 else f"{limit // 2**10} KiB"
        raise ValueError(f"it is larger than {size_text}")
