"""Assembly: parts of a file laid behind one another, and the list of where each object is."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from zine.bind.objects import Objects, Run

_HEADER = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
_FIELDS = 1, 4, 2  # bytes of each in a cross-reference entry (ISO 32000-1 §7.5.8.2)
_NOBODY = bytes(sum(_FIELDS))
_SAME = b"\2" + _NOBODY  # as the entry above it, by PNG's predictor Up (§7.4.4.4)
_NEXT = b"\2" + _NOBODY[:-1] + b"\1"  # likewise, the next object of a stream
_LEAST = 3  # bytes for an object: qpdf takes a file that has less for a damaged one
_NEVER = 0xFFFF  # generation of a number that is not to be used (§7.5.4)


@dataclass(frozen=True)
class Assembled:
    """A file.

    Args:
        starts: where the data of each part begins.
    """

    pdf: bytes
    starts: tuple[int, ...]


def assembled(parts: Sequence[Objects], catalogue: int, info: int) -> Assembled:
    """A file of parts that refer to one another's objects; its id is a digest of them.

    Args:
        catalogue: number of the catalogue.
        info: number of the document information; 0 for none.
    """
    pieces, runs, starts = [_HEADER], [], []
    at = len(_HEADER)
    for part in parts:
        starts.append(at)
        runs += [run if run.holder else replace(run, at=run.at + at) for run in part.runs]
        pieces.append(part.data)
        at += len(part.data)
    own = max(part.end for part in parts)
    if (room := _LEAST * (own + 1) - at) > 0:
        pieces.append(b"%" + b" " * room + b"\n")
        at += room + 2
    runs.append(Run(own, 1, 0, at))
    rows = zlib.compress(b"".join(_predicted(_entries(runs))), 9)
    digest = hashlib.sha256()
    for piece in (*pieces, rows):
        digest.update(piece)
    name = digest.hexdigest()[:32].encode()
    pieces.append(
        b"%d 0 obj\n<< /Type /XRef /Size %d /W [ %d %d %d ] /Filter /FlateDecode"
        b" /DecodeParms << /Columns %d /Predictor 12 >> /Root %d 0 R%b /ID [ <%b> <%b> ]"
        b" /Length %d >>\nstream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
        % (
            *(own, own + 1, *_FIELDS, sum(_FIELDS), catalogue),
            *(b" /Info %d 0 R" % info if info else b"", name, name),
            *(len(rows), rows, at),
        )
    )
    return Assembled(b"".join(pieces), tuple(starts))


_Entry = tuple[int, int, int]


def _entries(runs: Iterable[Run]) -> Iterator[tuple[_Entry, int, bool]]:
    """Entries from 0 without a gap: the first of some in a row, their count, whether it goes on."""
    at = 0
    for run in sorted(runs, key=lambda run: run.number):
        if run.number > at:
            yield (0, 0, _NEVER), run.number - at, False
        yield ((2, run.holder, run.at) if run.holder else (1, run.at, 0)), run.count, True
        at = run.number + run.count


def _predicted(entries: Iterable[tuple[_Entry, int, bool]]) -> Iterator[bytes]:
    """Each as what it differs in from the one above."""
    above = _NOBODY
    for fields, count, goes_on in entries:
        row = b"".join(one.to_bytes(size) for one, size in zip(fields, _FIELDS, strict=True))
        yield b"\2" + bytes((a - b) % 256 for a, b in zip(row, above, strict=True))
        yield (_NEXT if goes_on else _SAME) * (count - 1)
        above = row[:-1] + bytes([row[-1] + count - 1]) if goes_on else row
