"""Words: the fixed words of the layouts in the language of the book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from zine.content.files import read_text
from zine.content.positions import load_yaml
from zine.diagnostics import Place, ZineError, error
from zine.resources import Resources

FALLBACK = "en"


class Words(Mapping[str, str]):
    """Fixed words by name; layouts say `words.contents`."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = dict(words)

    def __getitem__(self, name: str) -> str:
        return self._words[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __getattr__(self, name: str) -> str:
        if name.startswith("_"):  # asked for while a copy has no words yet
            raise AttributeError(name)
        try:
            return self._words[name]
        except KeyError:
            raise AttributeError(f"there is no word “{name}” in layouts/words") from None


def load_words(layouts: Resources, language: str) -> Words:
    """The words of a language; what it lacks is taken from English.

    Raises:
        ZineError: a file of words cannot be read.
    """
    words: dict[str, str] = {}
    for name in dict.fromkeys((FALLBACK, language.split("-")[0], language)):
        words |= words_of(layouts, name)
    return Words(words)


def words_of(layouts: Resources, name: str) -> dict[str, str]:
    """The words in `words/<name>.yaml`; a project's file need hold only those that it changes.

    Raises:
        ZineError: a file of words cannot be read.
    """
    words: dict[str, str] = {}
    shown = PurePosixPath(f"layouts/words/{name}.yaml")
    for root in reversed(layouts.roots):
        path = root / "words" / shown.name
        if not path.is_file():
            continue
        found = load_yaml(read_text(path, shown), shown).data
        if found is None:
            continue
        if not isinstance(found, dict):
            hint = "write “name: word” lines"
            place = Place.of(shown, 1)
            raise ZineError([error("words-unreadable", "is no list of words", place, hint)])
        words |= {key: str(word) for key, word in found.items() if word is not None}
    return words
