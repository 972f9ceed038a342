"""Objects: parts of a file as bytes, under numbers that are known before the rest of it is.

A part that is the same in the next build has the same bytes there, and a file is put together by
laying its parts behind one another (ISO 32000-1 §7.5).
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from pikepdf import Array, Dictionary, Object, ObjectStreamMode, Pdf, Stream

CATALOGUE, PAGES, TREE, DOCUMENT = range(1, 5)
"""Numbers of what every part may refer to: the catalogue, the root of the page tree, that of the
structure tree, and its one Document."""
FREE = 5
"""The first number without a meaning of its own."""
_DRAFT = "/Draft"
_AT_ONCE = 100  # objects in an object stream
# Strings are passed over: they may say "1 0 R".
_REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9a-fA-F]*>|(\d+) 0 R\b", re.DOTALL)


@dataclass(frozen=True)
class Run:
    """Where objects with numbers in a row are (§7.5.8.3).

    Args:
        number: of the first.
        count: how many there are.
        holder: number of the object stream that they are in; 0 for an object that stands alone.
        at: index of the first in that stream; of one that stands alone, where it begins.
    """

    number: int
    count: int
    holder: int
    at: int


@dataclass(frozen=True)
class Objects:
    """A part of a file.

    Args:
        data: objects as they stand there.
        runs: where each is, counted from the beginning of the data.
        end: the number behind the highest.
    """

    data: bytes
    runs: tuple[Run, ...]
    end: int


class Draft:
    """A file in the making, whose objects will be a part of another.

    Args:
        pdf: it. Its catalogue is not taken along, unless `give` gives it a number.
    """

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._stand_ins: dict[int, Object] = {}
        self._elsewhere: list[tuple[Object, int]] = []
        self._given: list[tuple[Object, int]] = []
        self._asked: list[Object] = []

    def stand_in(self, number: int) -> Object:
        """An object in the place of one that another part has under a number."""
        if number not in self._stand_ins:
            made = self._pdf.make_indirect(Dictionary())
            self._stand_ins[number] = made
            self.leave(made, number)
        return self._stand_ins[number]

    def leave(self, one: Object, number: int) -> None:
        """Leave an object out; another part has it under a number."""
        self._elsewhere.append((one, number))

    def give(self, one: Object, number: int) -> None:
        """Give an object, which is no stream, a number."""
        self._given.append((one, number))

    def ask(self, objects: Iterable[Object]) -> None:
        """Have the numbers of these told; none is a stream."""
        self._asked += objects

    def objects(
        self, start: int, raw: Mapping[int, bytes] | None = None
    ) -> tuple[Objects, tuple[int, ...]]:
        """The objects, from a number on, and the numbers of those that were asked for.

        Args:
            raw: number → object, as it is written.
        """
        self._pdf.trailer[_DRAFT] = Dictionary(
            Elsewhere=_flat(self._elsewhere), Given=_flat(self._given), Asked=Array(self._asked)
        )
        out = io.BytesIO()
        # What nothing refers to is gone then, and all that is left has its place in the file.
        self._pdf.save(out, static_id=True, object_stream_mode=ObjectStreamMode.disable)
        with Pdf.open(out) as saved:
            return _numbered(saved, start, dict(raw or {}))


def _flat(pairs: Iterable[tuple[Object, int]]) -> Array:
    return Array([part for pair in pairs for part in pair])


def _pairs(flat: Object) -> dict[int, int]:
    parts = list(flat)
    return {one.objgen[0]: int(number) for one, number in zip(parts[::2], parts[1::2], strict=True)}


def _numbered(pdf: Pdf, start: int, plain: dict[int, bytes]) -> tuple[Objects, tuple[int, ...]]:
    """The objects of a draft."""
    draft = pdf.trailer[_DRAFT]
    elsewhere, given = _pairs(draft["/Elsewhere"]), _pairs(draft["/Given"])
    asked = [one.objgen[0] for one in draft["/Asked"]]
    if pdf.Root.objgen[0] not in given:
        elsewhere[pdf.Root.objgen[0]] = 0
    own = {
        one.objgen[0]: one
        for one in pdf.objects
        if one is not None and one.objgen[0] not in elsewhere
    }
    streams = [number for number, one in own.items() if isinstance(one, Stream)]
    # Those that are asked for are looked at most: they lie together.
    rest = dict.fromkeys([*asked, *own])
    free = count(start)
    numbers = elsewhere | given
    for number in (*streams, *rest):
        if number not in numbers:
            numbers[number] = next(free)

    def shifted(match: re.Match[bytes]) -> bytes:
        if match[1] is None:
            return match[0]
        number = numbers.get(int(match[1]))
        return b"null" if number is None else b"%d 0 R" % number

    held = []
    for number in streams:
        dictionary, data = _stream(own.pop(number))
        held.append((numbers[number], _REFERENCE.sub(shifted, dictionary), data))
    for number, one in own.items():
        plain[numbers[number]] = _REFERENCE.sub(shifted, one.unparse(resolved=True))
    return _laid(held, plain, free), tuple(numbers[one] for one in asked)


def _stream(stream: Object) -> tuple[bytes, bytes]:
    """Dictionary and data of a stream, as they are written."""
    data, dictionary = stream.read_raw_bytes(), stream.stream_dict
    if not data:
        # qpdf deflates nothing to nothing, which is no data of zlib's (RFC 1950).
        for key in ("/Filter", "/DecodeParms"):
            if key in dictionary:
                del dictionary[key]
    return dictionary.unparse(resolved=True), data


def plain_objects(plain: Mapping[int, bytes], start: int) -> Objects:
    """A part of objects that are written out.

    Args:
        plain: number → object.
        start: a number from which on all are free.
    """
    return _laid((), plain, count(start))


def _laid(
    streams: Iterable[tuple[int, bytes, bytes]], plain: Mapping[int, bytes], free: Iterator[int]
) -> Objects:
    """Streams behind one another, then the other objects in streams of their own.

    Args:
        streams: number, dictionary and data of each.
        free: numbers for more.
    """
    parts: list[bytes] = []
    runs: list[Run] = []
    at = 0

    def lay(number: int, dictionary: bytes, data: bytes) -> None:
        nonlocal at
        written = b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, dictionary, data)
        runs.append(Run(number, 1, 0, at))
        parts.append(written)
        at += len(written)

    for stream in streams:
        lay(*stream)
    ordered = sorted(plain)
    for first in range(0, len(ordered), _AT_ONCE):
        held, holder = ordered[first : first + _AT_ONCE], next(free)
        lay(holder, *_object_stream([(number, plain[number]) for number in held]))
        runs += _runs(held, holder)
    end = max((run.number + run.count for run in runs), default=0)
    return Objects(b"".join(parts), tuple(runs), end)


def references(numbers: Iterable[int]) -> bytes:
    """An array that refers to objects, as it is written."""
    return b"[ %b ]" % b" ".join(b"%d 0 R" % number for number in numbers)


def count_objects(pdf: bytes) -> int:
    """How many objects a file has at most."""
    with Pdf.open(io.BytesIO(pdf)) as file:
        return int(file.trailer["/Size"])


def _object_stream(objects: Sequence[tuple[int, bytes]]) -> tuple[bytes, bytes]:
    """Dictionary and data of a stream that holds objects (§7.5.7)."""
    places, at = [], 0
    for number, written in objects:
        places.append(b"%d %d" % (number, at))
        at += len(written) + 1
    head = b" ".join(places) + b"\n"
    data = zlib.compress(head + b"\n".join(written for _, written in objects))
    entries = len(objects), len(head), len(data)
    return b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>" % entries, data


def _runs(numbers: Sequence[int], holder: int) -> Iterator[Run]:
    """The runs among the numbers of the objects in a stream."""
    first = 0
    for index in range(1, len(numbers) + 1):
        if index == len(numbers) or numbers[index] != numbers[index - 1] + 1:
            yield Run(numbers[first], index - first, holder, first)
            first = index
