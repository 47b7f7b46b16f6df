"""Files that a visitor brings to a page: joined from pieces, checked, kept for the visit only."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from workbook.importers.reading import read
from workbook.importers.writing import sourced
from workbook.tables import Report, Table, sha256

MOST = 10 * 2**20
"""Bytes of a file, at most."""

PIECE = 512 * 2**10
"""Characters of base64 in a message, at most: a page's socket takes 10 MiB and no buffers."""

LISTED = 50
"""Problems that are listed on a page, at most; their count is of all."""

KEPT = 4
"""Tables of a parameter that are kept in a visit, at most: the oldest gives way."""

MOST_PIECES = 100
LONGEST_NAME = 80
PREFIX = "upload:"
"""How the value begins that stands for an uploaded table; a shipped one's name holds no colon."""

TOO_LARGE = "it is larger than 10 MB, the most that can be uploaded"
STAYS = "The scenario stays as it is."
Answer = dict[str, Any]


@dataclass
class _Arriving:
    """A file of which pieces have arrived."""

    identity: str
    parts: int
    pieces: dict[int, bytes] = field(default_factory=dict)


class Uploads:
    """The tables of a visit, by the value that stands for each: ``upload:FILENAME``.

    ``wanted`` are the tables that may be brought, by the parameter that says which one is read.
    Nothing is written to a disk.
    """

    def __init__(self, wanted: Mapping[str, Table]) -> None:
        self.tables: dict[str, pd.DataFrame] = {}
        self._wanted = wanted
        self._arriving: dict[str, _Arriving] = {}
        self._held: dict[str, tuple[str, str]] = {}
        self._answered: dict[str, Answer] = {}

    def of(self, parameter: str) -> list[str]:
        """The values that this parameter may have by what was uploaded for it."""
        return [value for value, (owner, _) in self._held.items() if owner == parameter]

    def receive(self, piece: Mapping[str, Any]) -> Answer | None:
        """Take a piece of a file; a report once the last one is there, None before.

        A page sends a piece again that nobody seems to have taken: one of the file that was
        reported last is answered with that report. Raises ValueError for what our page never sends.
        """
        parameter, identity, part, parts = _checked(piece, self._wanted)
        answered = self._answered.get(parameter)
        if answered and answered["id"] == identity:
            return answered
        arriving = self._arriving.get(parameter)
        if arriving is None or arriving.identity != identity:
            arriving = self._arriving[parameter] = _Arriving(identity, parts)
        if arriving.parts != parts:
            msg = f"{identity} has {arriving.parts} pieces, not {parts}"
            raise ValueError(msg)
        try:
            arriving.pieces[part] = base64.b64decode(piece["data"], validate=True)
        except (binascii.Error, ValueError):
            msg = f"piece {part} of {identity} is not base64"
            raise ValueError(msg) from None
        name = _file_name(piece["name"])
        if sum(map(len, arriving.pieces.values())) > MOST:
            return self._report(parameter, identity, refused(name, TOO_LARGE))
        if len(arriving.pieces) < parts:
            return None
        content = b"".join(arriving.pieces[each] for each in range(parts))
        return self._report(parameter, identity, self._read(parameter, content, name))

    def _report(self, parameter: str, identity: str, found: Answer) -> Answer:
        """The report on a file, of which nothing more is awaited."""
        del self._arriving[parameter]
        self._answered[parameter] = {"id": identity, **found}
        return self._answered[parameter]

    def _read(self, parameter: str, content: bytes, name: str) -> Answer:
        report = read(self._wanted[parameter], content, name)
        frame = sourced(self._wanted[parameter], report.frame, name, sha256(content))
        value = "" if report.errors else self._keep(parameter, name, content, frame)
        return answer(report, name, value)

    def _keep(self, parameter: str, name: str, content: bytes, frame: pd.DataFrame) -> str:
        """The value under which the table is kept; another content has another value."""
        mark = parameter, sha256(content)
        value, number = PREFIX + name, 1
        while self._held.get(value, mark) != mark:
            number += 1
            value = f"{PREFIX}{name} ({number})"
        self._held.pop(value, None)
        self._held[value], self.tables[value] = mark, frame
        for oldest in self.of(parameter)[:-KEPT]:
            del self._held[oldest], self.tables[oldest]
        return value


def answer(report: Report, name: str, value: str) -> Answer:
    """A report as a page shows it: a sentence, and the first of what was found, errors first."""
    if [each.row for each in report.errors] == [None]:
        return refused(name, report.errors[0].message)
    counts = {"error": len(report.errors), "oddity": len(report.oddities)}
    found = [("error", each) for each in report.errors]
    found += [("oddity", each) for each in report.oddities]
    said = [
        *([_count(len(report.frame), "row", "rows")] if value else []),
        *([_count(counts["error"], "error", "errors")] if counts["error"] else []),
        *([_count(counts["oddity"], "oddity", "oddities")] if counts["oddity"] else []),
    ]
    outcome = "read" if value else "refused"
    kept = "It is kept for this visit only." if value else STAYS
    return {
        "name": name,
        "value": value,
        "sentence": f"{name} was {outcome}: {', '.join(said)}. {kept}",
        "problems": [{"kind": kind, "text": str(problem)} for kind, problem in found[:LISTED]],
        "count": len(found),
    }


def refused(name: str, reason: str) -> Answer:
    """The answer on a file that is refused as a whole."""
    sentence = f"{name} was refused: {reason}. {STAYS}"
    return {"name": name, "value": "", "sentence": sentence, "problems": [], "count": 0}


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _file_name(name: str) -> str:
    """A file's own name, without folders and without what cannot be seen."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(each for each in last if each.isprintable()).strip()
    return seen[:LONGEST_NAME] or "file"


def _checked(piece: Mapping[str, Any], wanted: Mapping[str, Table]) -> tuple[str, str, int, int]:
    """A piece's parameter, file, number and count. Raises ValueError where they cannot be."""
    match dict(piece):
        case {"parameter": str(name)} if name not in wanted:
            msg = f"{name!r} is no parameter for which a table can be brought"
        case {"data": str(data)} if len(data) > PIECE:
            msg = f"a piece is base64 of at most {PIECE} characters, not {len(data)}"
        case {
            "parameter": str(name),
            "name": str(),
            "id": str(identity),
            "part": int(part),
            "of": int(parts),
            "data": str(),
        } if 0 <= part < parts <= MOST_PIECES:
            return name, identity, part, parts
        case _:
            shown = {key: each for key, each in piece.items() if key != "data"}
            msg = f"{shown} is no piece of a file"
    raise ValueError(msg)
