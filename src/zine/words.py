"""Words: the fixed words of the layouts in the language of the book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml

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
        path = layouts.find(f"words/{name}.yaml")
        if path is None:
            continue
        try:
            found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
            place = Place(f"layouts/words/{name}.yaml")
            raise ZineError([error("words-unreadable", str(problem), place)]) from problem
        words |= {str(key): str(word) for key, word in (found or {}).items()}
    return Words(words)
