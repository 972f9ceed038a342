"""Missing glyphs: characters that a finished PDF takes from other fonts than the book's."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

# Control, format and line-break characters print nothing, so no font need have them.
_SILENT = ("Cc", "Cf", "Zl", "Zp", "Cs")


@dataclass(frozen=True)
class Alphabet:
    """The fonts of a book.

    Args:
        families: name → its characters; None for a font of the project's own, which is trusted.
    """

    families: Mapping[str, frozenset[str] | None]

    @cached_property
    def _names(self) -> tuple[tuple[str, str], ...]:
        """As a PDF writes them ("Barlow-Condensed"), the longest first; and as the book does."""
        return tuple(
            sorted(((name.replace(" ", "-"), name) for name in self.families), reverse=True)
        )

    @cached_property
    def digest(self) -> str:
        """Of names and characters, whatever their order."""
        sets = sorted((name, sorted(known or ())) for name, known in self.families.items())
        trusted = sorted(name for name, known in self.families.items() if known is None)
        return hashlib.sha256(repr((sets, trusted)).encode()).hexdigest()

    @cached_property
    def _shared(self) -> frozenset[str]:
        sets = [known for known in self.families.values() if known is not None]
        return frozenset.intersection(*sets) if sets else frozenset()

    def family(self, font: str) -> str | None:
        """The family that a font of a PDF belongs to; None where it is none of the book's."""
        return next((name for start, name in self._names if font.startswith(start)), None)

    def has_all(self, characters: frozenset[str], fonts: Iterable[str]) -> bool:
        """Whether nothing can be missing: all fonts are the book's, and have all characters."""
        if any(self.family(font) is None for font in set(fonts)):
            return False
        return all(is_silent(one) for one in characters - self._shared)


def is_silent(character: str) -> bool:
    """Whether a character prints nothing."""
    return unicodedata.category(character) in _SILENT


def unset(words: str, font: str, alphabet: Alphabet) -> Iterator[tuple[str, str]]:
    """The characters of a run that are missing, each once.

    Yields:
        The character, and the name of the font that stands in; "" where none does.
    """
    family = alphabet.family(font)
    known = alphabet.families[family] if family else frozenset()
    if known is None:
        return
    stand_in = "" if family else font.partition(",")[0].replace("-", " ")
    for character in dict.fromkeys(words):
        if character not in known and not is_silent(character) and not character.isspace():
            yield character, stand_in
