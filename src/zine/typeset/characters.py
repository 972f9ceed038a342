"""Characters: what a text is printed with, and which of it the fonts of the book do not have."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from zine.resources import Resources
from zine.typeset.fonts import HOUSE, characters, families_of

_OWN_FONTS = (".ttf", ".otf")
_PRINTS_NOTHING = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs")
_VARIANTS = range(0xFE00, 0xFE10)  # they choose a form of the sign before them
# Lines of Markdown that are set in the face of the heads: headings, tables, code, footnotes.
_HEAD_LINES = ("#", "|", "    ", "\t", "[^", "```")


@dataclass(frozen=True)
class Coverage:
    """The characters that a book has in its two faces, those of its languages among them."""

    text: frozenset[str]
    head: frozenset[str]


@dataclass(frozen=True)
class Missing:
    """A character without a glyph; line and column count from 1."""

    character: str
    line: int
    column: int


def coverage(styles: Resources, languages: Iterable[str]) -> Coverage:
    """What the packaged fonts and the project's own can print.

    Args:
        styles: fonts of the project's own lie there.
        languages: of the book and its entries; each brings its fonts.
    """
    more = {one for language in languages for one in families_of(language) if one not in HOUSE}
    shared = frozenset().union(*map(characters, sorted(more)), *map(_of_file, _own(styles)))
    text, head = HOUSE
    return Coverage(characters(text) | shared, characters(head) | shared)


def _own(styles: Resources) -> Iterator[Path]:
    for suffix in _OWN_FONTS:
        for name in styles.names(suffix):
            if path := styles.find(name):
                yield path


def _of_file(path: Path) -> frozenset[str]:
    """The characters of a font; none where it is no font, which the typesetter reports."""
    try:
        with TTFont(path, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap() or {}))
    except (TTLibError, OSError, KeyError, AssertionError):
        return frozenset()


def missing(text: str, known: frozenset[str]) -> tuple[str, ...]:
    """The characters of a text that print and are not known, each once."""
    # An accent and its letter print as one sign, where there is one.
    composed = unicodedata.normalize("NFC", unescape(text))
    return tuple(one for one in dict.fromkeys(composed) if one not in known and _prints(one))


def _prints(character: str) -> bool:
    return (
        unicodedata.category(character) not in _PRINTS_NOTHING and ord(character) not in _VARIANTS
    )


def missing_in_lines(text: str, known: Coverage, first_line: int = 1) -> Iterator[Missing]:
    """The characters that Markdown would print and the face of their line has not."""
    for number, line in enumerate(text.split("\n"), first_line):
        face = known.head if line.startswith(_HEAD_LINES) else known.text
        for character in missing(line, face):
            yield Missing(character, number, max(0, line.find(character)) + 1)
