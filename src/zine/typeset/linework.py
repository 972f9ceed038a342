"""Linework: the paths of drawings go past WeasyPrint, which takes long over every number of them.

A path is set as two points that stand for it. Where the pages are written, the operators that it
comes to are put in their place: those that WeasyPrint would have written, or as good.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zine.typeset.stamps import File

# Paths as `zine.drawing.svg` and `zine.typeset.qr` write them. What has other attributes may be
# measured, or lead a text, and is left to WeasyPrint.
_PATH = re.compile(
    r'<path d="([^"]+)"(?=(?: fill="[^"]*")?(?: stroke="[^"]*" stroke-width="[^"]*")?'
    r'(?: fill-rule="evenodd")?/>)'
)
_N = r"-?\d+(?:\.\d+)?"
_P = f"{_N} {_N}"
_RECTANGLES = re.compile(rf"(?:M{_P}h(\d+)v\d+h-\1z)+")  # modules of a code
_RECTANGLE = re.compile(r"M(\S+) ([^h]+)h(\d+)v(\d+)[^z]+z")
_OUTLINE = re.compile(rf"(?:M{_P}(?:L{_P}|C{_P} {_P} {_P}|Q{_P} {_P})+z)+")
_COMMAND = re.compile(r"([MLCQz])([^MLCQz]*)")
# Beyond all drawings, so that the box around the two points holds any path.
_FAR = 9_000_000


class Linework:
    """The paths that were taken out of one document."""

    def __init__(self) -> None:
        self._paths: dict[bytes, bytes] = {}

    def taken_from(self, markup: str) -> str:
        """HTML or SVG with two points for each path."""
        return _PATH.sub(self._take, markup)

    def _take(self, found: re.Match[str]) -> str:
        operators = _operators(found[1])
        if not operators:
            return found[0]
        first = f"{-_FAR - len(self._paths)} {-_FAR}"
        self._paths[f"{first} m".encode()] = operators.encode()
        return f'<path d="M{first}L{_FAR} {_FAR}"'

    def put_back(self, pdf: File) -> None:
        """Write the paths where their points are drawn."""
        for one in pdf.objects:
            items = getattr(one, "stream", None)
            if not isinstance(items, list):
                continue
            for at in reversed(list(self._places(items))):
                items[at : at + 2] = [self._paths[items[at]]]

    def _places(self, items: Sequence[object]) -> Iterator[int]:
        for at, item in enumerate(items):
            if isinstance(item, bytes) and item in self._paths:
                yield at


def _operators(data: str) -> str:
    """The operators of a PDF that draw a path (ISO 32000-1 §8.5.2); none for a path of others."""
    if _RECTANGLES.fullmatch(data):
        return "\n".join(f"{x} {y} {w} {h} re" for x, y, w, h in _RECTANGLE.findall(data))
    return "\n".join(_outline(data)) if _OUTLINE.fullmatch(data) else ""


def _outline(data: str) -> Iterator[str]:
    x = y = 0.0
    for command, numbers in _COMMAND.findall(data):
        if command == "z":
            yield "h"
            continue
        if command == "Q":  # a PDF has cubic curves alone
            u, v, x3, y3 = map(float, numbers.split())
            one = u * 2 / 3 + x / 3, v * 2 / 3 + y / 3
            two = u * 2 / 3 + x3 / 3, v * 2 / 3 + y3 / 3
            yield " ".join(map(_number, (*one, *two, x3, y3))) + " c"
        else:
            yield f"{numbers} {command.lower()}"
        x, y = map(float, numbers.split(" ")[-2:])


def _number(value: float) -> str:
    """A number as WeasyPrint writes it."""
    return str(int(value)) if value.is_integer() else f"{value:f}".rstrip("0")
