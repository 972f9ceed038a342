"""Typographic quotes, dashes and ellipses in the language of the book."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from zine.content.htmltokens import CODE, INLINE, Open, Raw, Token, Words, is_footnote

# Python-Markdown's smarty reads Markdown only. Leads are HTML and titles are plain text, and all
# three must come out alike, so the quotes are set here, on the finished text.

# Noncharacters, which no text may hold: an escaped straight quote (\" and \') on its way through.
STRAIGHT_DOUBLE = "\ufdd2"
STRAIGHT_SINGLE = "\ufdd3"


@dataclass(frozen=True)
class Quotes:
    """Quotation marks of a language: outer pair and inner pair."""

    open: str
    close: str
    inner_open: str
    inner_close: str


_ENGLISH = Quotes("“", "”", "‘", "’")
_LOW = Quotes("„", "“", "‚", "‘")
_ANGLE = Quotes("«", "»", "“", "”")
_LOW_HIGH = Quotes("„", "”", "‚", "’")
# After CLDR 46 (delimiters). French: U+00A0 inside, because the narrow U+202F is not in the fonts.
_QUOTES = {
    "en": _ENGLISH,
    "es": _ANGLE,
    "ca": _ANGLE,
    "gl": _ANGLE,
    "eu": _ANGLE,
    "it": _ANGLE,
    "el": _ANGLE,
    "pt": _ENGLISH,
    "pt-pt": _ANGLE,
    "nl": _ENGLISH,
    "tr": _ENGLISH,
    "fr": Quotes("«\u00a0", "\u00a0»", "“", "”"),
    "fr-ch": Quotes("«", "»", "‹", "›"),
    "de": _LOW,
    "de-ch": Quotes("«", "»", "‹", "›"),
    "cs": _LOW,
    "sk": _LOW,
    "sl": _LOW,
    "pl": Quotes("„", "”", "«", "»"),
    "ro": Quotes("„", "”", "«", "»"),
    "hu": Quotes("„", "”", "»", "«"),
    "hr": _LOW_HIGH,
    "sv": Quotes("”", "”", "’", "’"),
    "fi": Quotes("”", "”", "’", "’"),
    "da": Quotes("”", "”", "’", "’"),
    "nb": Quotes("«", "»", "‘", "’"),
    "nn": Quotes("«", "»", "‘", "’"),
    "no": Quotes("«", "»", "‘", "’"),
    "ru": Quotes("«", "»", "„", "“"),
    "uk": Quotes("«", "»", "„", "“"),
    # The signs open and close; bidirectional setting turns their shapes.
    "ar": Quotes("«", "»", "“", "”"),
    "fa": Quotes("«", "»", "‹", "›"),
    "he": Quotes("”", "”", "’", "’"),
}

_BEFORE_OPENING = frozenset(" \t\n\u00a0\u202f([{-–—/“‘«„‚‹¿¡")
_SPACES = frozenset(" \t\n\u00a0\u202f")
_ELISION = re.compile(r"(tis|twas|twere|em|til|cause|round|n)\b", re.IGNORECASE)
_DECADE = re.compile(r"\d\ds?\b")
_CLOSING = re.compile(r"(?<=[^\s(\[])'(?!\w)")
_WORD = re.compile(r"\S+")
_DASHES = re.compile(r"---|--|\.\.\.")
_DASH = {"---": "—", "--": "–", "...": "…"}
# What must not turn over between a number and what it counts or names.
_UNITS = (
    "kg|mg|g|t|km|cm|mm|m|m²|km²|ha|ml|cl|l|kWh|MWh|GWh|kW|MW|V|W|°C|°F|%|‰|€|£|"
    "million|billion|millones|millions|Millionen"
)
_NUMBERS = "pp|p|págs|pág|fols|fol|vol|Vol|no|No|nos|n\\.º|núm|Nr|fig|Fig|figs|ch|cap|Abb|S|Bd"
_COUNTED = re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?![\w]))")
_NUMBERED = re.compile(rf"(?:(?<=\s)|(?<=[(\[])|^)((?:{_NUMBERS})\.) (?=\d)")
_FRENCH_SPACE = re.compile(r" (?=[;:!?»])|(?<=«) ")


def quotes_of(language: str) -> Quotes:
    """The quotation marks of a language tag ("es", "de-CH"); English ones where unknown."""
    tag = language.casefold().replace("_", "-")
    return _QUOTES.get(tag) or _QUOTES.get(tag.partition("-")[0]) or _ENGLISH


@lru_cache(16_384)
def typographic(text: str, language: str) -> str:
    """Plain text with typographic quotes, dashes and ellipses."""
    return "".join(_set_quotes(_dashes(text, language), language))


def smarten(run: Sequence[Token], language: str) -> list[Token]:
    """The tokens with typographic quotes, which may stand on either side of inline tags.

    Code is left alone; a footnote is a text of its own.
    """
    out: list[Token] = list(run)
    for group in _groups(run):
        texts = [_dashes(t, language) if at is not None else t for at, t in group.runs]
        marks = _set_quotes("".join(texts), language)
        start = 0
        for (at, _), text in zip(group.runs, texts, strict=True):
            if at is not None:
                out[at] = Words("".join(marks[start : start + len(text)]))
            start += len(text)
    return out


@dataclass
class _Group:
    """Runs of text that are read as one: (index of the token or None for a stand-in, text)."""

    runs: list[tuple[int | None, str]] = field(default_factory=list)


def _groups(run: Sequence[Token]) -> Iterable[_Group]:
    done: list[_Group] = []
    stack = [_Group()]
    spans: list[bool] = []
    code = 0
    for index, token in enumerate(run):
        if isinstance(token, Words):
            # Code and references stand for a word, so that quotes around them close and open.
            stack[-1].runs.append((None, "x") if code else (index, token.text))
        elif isinstance(token, Raw):
            stack[-1].runs.append((None, "x"))
        elif token.name in CODE:
            code += 1 if isinstance(token, Open) else -1
        elif token.name == "span":
            if isinstance(token, Open):
                spans.append(is_footnote(token))
                if spans[-1]:
                    stack.append(_Group())
            elif spans and spans.pop():
                done.append(stack.pop())
        elif token.name == "br":
            stack[-1].runs.append((None, " "))
        elif token.name not in INLINE:
            done.append(stack[-1])
            stack[-1] = _Group()
    return [*done, *stack]


def _dashes(text: str, language: str) -> str:
    if _DASHES.search(text):
        text = _WORD.sub(lambda found: _word(found[0]), text)
    if language.casefold().startswith("fr"):
        text = _FRENCH_SPACE.sub("\u00a0", text)
    return _NUMBERED.sub("\\1\u00a0", _COUNTED.sub("\u00a0", text))


def _word(word: str) -> str:
    if "://" in word or "www." in word:
        return word
    return _DASHES.sub(lambda found: _DASH[found[0]], word)


def _set_quotes(text: str, language: str) -> list[str]:
    """One string for each character of `text`."""
    if not any(mark in text for mark in ("'", '"', STRAIGHT_DOUBLE, STRAIGHT_SINGLE)):
        return list(text)
    quotes = quotes_of(language)
    out: list[str] = []
    outer = inner = False
    last_closing = max((found.start() for found in _CLOSING.finditer(text)), default=-1)
    for index, character in enumerate(text):
        before = text[index - 1] if index else " "
        after = text[index + 1] if index + 1 < len(text) else " "
        if character == '"':
            mark, outer = _double(before, after, outer, quotes)
        elif character == "'":
            mark, inner = _single(text, index, inner, quotes, last_closing)
        elif character == STRAIGHT_DOUBLE:
            mark = '"'
        elif character == STRAIGHT_SINGLE:
            mark = "'"
        else:
            mark = character
        out.append(mark)
    return out


def _double(before: str, after: str, is_open: bool, quotes: Quotes) -> tuple[str, bool]:
    if before in _SPACES and after in _SPACES:
        opening = not is_open
    elif before in _BEFORE_OPENING or before in "'\"":
        # "'a' b": an opening quote right behind another one, unless it closes both.
        opening = not (is_open and (after in _SPACES or not after.isalnum()))
    else:
        opening = not is_open and after.isalnum() and not before.isalnum()
    if opening:
        return quotes.open, True
    if before.isdigit() and not is_open:
        return "″", False
    return quotes.close, False


def _single(
    text: str, index: int, is_open: bool, quotes: Quotes, last_closing: int
) -> tuple[str, bool]:
    before = text[index - 1] if index else " "
    after = text[index + 1] if index + 1 < len(text) else " "
    if before.isalnum() and after.isalnum():
        return ("′" if before.isdigit() and after.isdigit() else "’"), is_open
    if (before in _BEFORE_OPENING or before == '"') and after not in _SPACES:
        is_word = _DECADE.match(text, index + 1) or _ELISION.match(text, index + 1)
        if not is_word and last_closing > index + 1:
            return quotes.inner_open, True
        return "’", is_open
    if is_open:
        return quotes.inner_close, False
    return ("′" if before.isdigit() else "’"), False
