"""Words: the fixed words of the layouts in the language of the book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath

from zine.content.entry import EntryType
from zine.content.files import read_text
from zine.content.positions import load_yaml
from zine.diagnostics import Finding, Place, ZineError, did_you_mean, error
from zine.resources import Resources

FALLBACK = "en"
OTHER = "other"
FORMS = ("zero", "one", "two", "few", "many", OTHER)
"""Forms of number (CLDR, Language Plural Rules); every language has the last one."""


class Words(Mapping[str, str]):
    """Fixed words by name; layouts say `words.contents`.

    A word that has forms of number stands under "name.one", "name.other" …
    """

    def __init__(self, words: Mapping[str, str], language: str = FALLBACK) -> None:
        self._words = dict(words)
        self._language = language

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

    def form(self, name: str, count: int) -> str:
        """The form of a word that goes with a number: "value" with 1, "values" with 2.

        Raises:
            KeyError: there is no such word, or it has no forms.
        """
        own = f"{name}.{form_of(self._language, count)}"
        return self._words.get(own) or self._words[f"{name}.{OTHER}"]

    def counted(self, name: str, count: int, **facts: object) -> str:
        """The form that goes with a number, filled in: "8 values"."""
        return self.form(name, count).format(count=count, **facts)

    def listed(self, parts: list[str]) -> str:
        """Parts as they are said: "7 values, 7 theories and 4 stories"."""
        if len(parts) < 2:
            return "".join(parts)
        first = self.separator.join(parts[:-1])
        return self.last_two.format(first=first, last=parts[-1])

    def paper(self, name: str) -> str:
        """A paper as it is called: "A4", "half letter", "120 × 200 mm"."""
        named = self._words.get(f"paper_{name.replace('-', '_')}")
        if named:
            return named
        if name[:1].isdigit():
            return name.replace("x", " × ").replace("mm", " mm").replace("in", " in")
        return name.upper()


def type_in_words(kind: EntryType, words: Words) -> EntryType:
    """A type of entries by the words of a language, where it has them."""
    name = f"type_{kind.id}"
    if f"{name}.{OTHER}" not in words:
        return kind
    return replace(kind, singular=words.form(name, 1), plural=words[f"{name}.{OTHER}"])


@cache
def form_of(language: str, count: int) -> str:
    """The form of number for a count in a language (CLDR plural rules); "other" where unknown."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language.replace("-", "_")).plural_form(count))
    except (UnknownLocaleError, ValueError):
        return OTHER


@cache
def forms_needed(language: str) -> tuple[str, ...]:
    """The forms of number that small counts have in a language, "other" last."""
    return tuple(form for form in FORMS if form in {form_of(language, n) for n in range(200)})


def load_words(layouts: Resources, language: str) -> Words:
    """The words of a language; what it lacks is taken from English.

    Raises:
        ZineError: a file of words cannot be read.
    """
    words: dict[str, str] = {}
    for name in dict.fromkeys((FALLBACK, language.split("-")[0], language)):
        found = words_of(layouts, name)
        # A word comes with all its forms from one language.
        fresh = {one.partition(".")[0] for one in found}
        words = {key: word for key, word in words.items() if key.partition(".")[0] not in fresh}
        words |= found
    return Words(words, language)


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
        document = load_yaml(read_text(path, shown), shown)
        if document.data is None:
            continue
        if not isinstance(document.data, dict):
            hint = "write “name: word” lines"
            place = Place.of(shown, 1)
            raise ZineError([error("words-unreadable", "is no list of words", place, hint)])
        for key, word in document.data.items():
            if isinstance(word, dict):
                if wrong := [form for form in word if form not in FORMS]:
                    raise ZineError([_no_form(document.place((key, wrong[0]), key=True), wrong[0])])
                words |= {f"{key}.{form}": str(text) for form, text in word.items()}
            elif word is not None:
                words[key] = str(word)
    return words


def _no_form(place: Place, form: str) -> Finding:
    hint = f"{did_you_mean(form, FORMS)}; the forms are {', '.join(FORMS)}"
    return error("words-unreadable", f"“{form}” is no form of number", place, hint)
