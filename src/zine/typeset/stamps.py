"""Stamps: small drawings that style sheets refer to are drawn once, and copied where they stand.

WeasyPrint draws the mark of a row anew for every row, each in a group of its own. Here an empty
drawing of the same size stands in for it. Where the pages are written, the operators of the drawing
are put in the place of that and of its group. WeasyPrint itself says what they are: it draws each
once on a page from which they are taken.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Protocol, TypeAlias

_ROOT = re.compile(r"<svg\b([^>]*[^/])>(.*)</svg>\s*", re.DOTALL)
# A place beyond all pages, by which a drawing is known.
_FAR = 9_000_000
# Operators that name something of their page; a state of one opacity is the same on any.
_FOREIGN = re.compile(rb"/\S+ (?:Do|sh|scn|SCN|cs|CS)|/[^aA]\S* gs")
_GROUP = 5  # operators: where it lies; a state of its own with place, scale and nothing else

_Operators: TypeAlias = list[Any]  # bytes, but for the properties of marked content
_Resources: TypeAlias = Mapping[str, MutableMapping[str, Any]]


class File(Protocol):
    """A `pydyf.PDF`: dictionaries, and streams with one operator after the other."""

    @property
    def objects(self) -> Sequence[Any]:
        """Each at the index with which a reference to it begins."""


@dataclass(frozen=True)
class _Stamp:
    """Operators, and the states of opacity that they name."""

    operators: bytes
    states: Mapping[str, object]


class Stamps:
    """The small drawings of a style.

    Args:
        drawings: URL → SVG.
    """

    def __init__(self, drawings: Mapping[str, bytes]) -> None:
        self.drawings = drawings
        self._places = {url: _FAR + number for number, url in enumerate(drawings)}
        self._stamps: dict[bytes, _Stamp] = {}
        self._taken = False

    @property
    def page(self) -> str:
        """HTML with each of them."""
        return "".join(f'<img src="{escape(url)}">' for url in self.drawings)

    def drawing(self, url: str) -> bytes | None:
        """What stands in for a drawing; while they are taken, the drawing itself."""
        if (content := self.drawings.get(url)) is None:
            return None
        root = _ROOT.fullmatch(content.decode())
        place = self._places[url]
        if root is None or (self._taken and _moved(place) not in self._stamps):
            return content
        inner = "" if self._taken else root[2]
        return f'<svg x="{place}"{root[1]}>{inner}</svg>'.encode()

    def take(self, _document: object, pdf: File) -> None:
        """Take their operators from the page: a `finisher` of WeasyPrint."""
        self._taken = True
        places = {_moved(place) for place in self._places.values()}
        for one, resources in _drawing(pdf):
            for at in _found(one.stream, places):
                operators = _within(one.stream[at + 2 :])
                if operators is not None:
                    states = resources["ExtGState"].items()
                    named = {
                        name: state for name, state in states if f"/{name} gs".encode() in operators
                    }
                    self._stamps[one.stream[at]] = _Stamp(operators, named)

    def put_back(self, pdf: File) -> None:
        """Write them where they stand."""
        groups: dict[int, _Stamp] = {}
        drawing = list(_drawing(pdf))
        for one, resources in drawing:
            alone = len(one.stream) == _GROUP and one.extra.get("Subtype") == "/Form"
            for at in reversed(_found(one.stream, self._stamps)):
                stamp = self._stamps[one.stream[at]]
                one.stream[at : at + 2] = [one.stream[at + 1], stamp.operators]
                _allow(stamp, resources)
                if alone:
                    whole = b"\n".join([b"q", *one.stream, b"Q"])
                    groups[one.number] = _Stamp(whole, stamp.states)
        for one, resources in drawing:
            drawn = {
                f"/{name} Do".encode(): groups[_index(group)]
                for name, group in resources["XObject"].items()
                if _index(group) in groups
            }
            for at in _found(one.stream, drawn):
                stamp = drawn[one.stream[at]]
                one.stream[at] = stamp.operators
                _allow(stamp, resources)
        for _, resources in drawing:
            named = resources["XObject"]
            for name in [name for name, group in named.items() if _index(group) in groups]:
                del named[name]
        for number in groups:  # nothing names them any more, and they are written as nothing
            group = pdf.objects[number]
            pdf.objects[_index(group.extra["Resources"])].clear()
            group.extra.clear()
            group.stream.clear()


def _drawing(pdf: File) -> Iterator[tuple[Any, _Resources]]:
    """Streams that draw, and their resources."""
    for one in pdf.objects:
        if isinstance(one, dict) and one.get("Type") == "/Page":
            yield pdf.objects[_index(one["Contents"])], pdf.objects[_index(one["Resources"])]
        elif "Resources" in getattr(one, "extra", ()):
            yield one, pdf.objects[_index(one.extra["Resources"])]


def _moved(place: int) -> bytes:
    """The operator by which WeasyPrint moves a drawing to its place."""
    return f"1 0 0 1 {place} 0 cm".encode()


def _index(reference: bytes) -> int:
    return int(reference.split()[0])


def _found(items: _Operators, wanted: Container[bytes]) -> list[int]:
    return [at for at, item in enumerate(items) if isinstance(item, bytes) and item in wanted]


def _within(items: _Operators) -> bytes | None:
    """The operators before the end of a state; None where they would mean something else."""
    depth, found = 1, list[bytes]()
    for item in items:
        depth += (item == b"q") - (item == b"Q")
        if depth == 0:
            return b"\n".join(found)
        if not isinstance(item, bytes) or _FOREIGN.match(item):
            return None
        found.append(item)
    return None


def _allow(stamp: _Stamp, resources: _Resources) -> None:
    for name, state in stamp.states.items():
        resources["ExtGState"].setdefault(name, state)
