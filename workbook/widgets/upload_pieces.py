"""Pieces of an uploaded file: validate each message of the page, then join the pieces."""

import base64
import binascii
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbook.importers.corrections import NO_CORRECTIONS, Corrections
from workbook.text.quoting import quote_value

MAX_PIECE_CHARACTERS = 512 * 2**10
"""Most base64 characters in a message. A page's socket takes 10 MiB and no binary buffers."""

_MAX_PIECES = 100
_MAX_NAME_LENGTH = 80


@dataclass(frozen=True)
class UploadPiece:
    """A piece of a file.

    Args:
        parameter: The parameter whose table the file contains.
        file_name: The file's name, without folders.
        file_id: Identifier that the page gave to the file.
        number: The piece's number, from 0.
        count: Number of pieces of the file.
        content: The piece's bytes.
        corrections: What the visitor says about the file.
    """

    parameter: str
    file_name: str
    file_id: str
    number: int
    count: int
    content: bytes
    corrections: Corrections = NO_CORRECTIONS


@dataclass
class PartialFile:
    """A file whose pieces arrive one by one, in any order."""

    file_id: str
    piece_count: int
    pieces: dict[int, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Number of bytes that have arrived."""
        return sum(map(len, self.pieces.values()))

    @property
    def is_complete(self) -> bool:
        """Whether every piece has arrived."""
        return len(self.pieces) == self.piece_count

    @property
    def content(self) -> bytes:
        """The bytes of a complete file."""
        return b"".join(self.pieces[number] for number in range(self.piece_count))

    def add(self, piece: UploadPiece) -> None:
        """Add a piece. A piece that arrives twice counts once.

        Args:
            piece: A piece of this file.

        Raises:
            ValueError: The piece gives another number of pieces for the file.
        """
        if piece.count != self.piece_count:
            msg = f"{self.file_id} has {self.piece_count} pieces, not {piece.count}"
            raise ValueError(msg)
        self.pieces[piece.number] = piece.content


def parse_piece(message: Mapping[str, Any], parameters: Collection[str]) -> UploadPiece:
    """Validate a message of the page that contains a piece of a file.

    Args:
        message: The fields ``parameter``, ``name``, ``file_id``, ``piece``, ``piece_count``,
            ``data`` (base64) and, if the visitor corrects the file, ``corrections``.
        parameters: The parameters for which a table can be uploaded.

    Returns:
        The piece.

    Raises:
        ValueError: The message is not one that the page can send.
    """
    match dict(message):
        case {"parameter": str(name)} if name not in parameters:
            msg = f"{quote_value(name)} is not a parameter that takes an uploaded table"
        case {"data": str(data)} if len(data) > MAX_PIECE_CHARACTERS:
            msg = f"a piece is base64 of at most {MAX_PIECE_CHARACTERS} characters, not {len(data)}"
        case {
            "parameter": str(parameter),
            "name": str(file_name),
            "file_id": str(file_id),
            "piece": int(number),
            "piece_count": int(count),
            "data": str(data),
        } if 0 <= number < count <= _MAX_PIECES:
            content = _decode_piece(data, f"piece {number} of {file_id}")
            corrections = _parse_corrections(message.get("corrections", {}))
            return UploadPiece(
                parameter, _clean_file_name(file_name), file_id, number, count, content, corrections
            )
        case _:
            fields = {key: value for key, value in message.items() if key != "data"}
            msg = f"{fields} is not a piece of a file"
    raise ValueError(msg)


def _parse_corrections(fields: object) -> Corrections:
    """Validate what the visitor says about a file. Raises ValueError if the page cannot send it."""
    match fields:
        case {"headings": dict(headings), "accept_readings": bool(accept)} if all(
            isinstance(text, str) for pair in headings.items() for text in pair
        ):
            return Corrections(headings=headings, accept_readings=accept)
        case {} if not fields:
            return NO_CORRECTIONS
    msg = f"{quote_value(str(fields))} does not correct a file"
    raise ValueError(msg)


def _decode_piece(data: str, description: str) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        msg = f"{description} is not base64"
        raise ValueError(msg) from None


def _clean_file_name(name: str) -> str:
    """Remove folders and invisible characters from a file's name, and limit its length."""
    base_name = re.split(r"[/\\]", name)[-1]
    printable = "".join(character for character in base_name if character.isprintable()).strip()
    return printable[:_MAX_NAME_LENGTH] or "file"
