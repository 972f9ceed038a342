"""Wording: small typographic repairs to titles, leads, addresses and counts."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from itertools import pairwise
from urllib.parse import urlsplit

NBSP = "\u00a0"
LAST_WORDS = 28  # letters of two last words that hold together
_LAST_WORDS = re.compile(r"([^\s<>]+)[ \n]+([^\s<>]+)(?=\s*</(?:p|li|dd)>)")
URL_SHOWN = 40  # characters; a longer address prints as "host/…"


def bind_short_words(title: str) -> str:
    """A title whose words of up to three letters hold on to the word after them (look.md, Type)."""
    words = title.split()
    bound = words[:1]
    for previous, word in pairwise(words):
        joint = NBSP if len(previous) <= 3 else " "
        bound += [joint, word]
    return "".join(bound)


def bind_last_words(html: str) -> str:
    """A paragraph whose last two words stay on one line, so that none ends on a single word."""
    return re.sub(r"\s+(\S+)(?=\s*</p>)", NBSP + r"\1", html)


def hold_last_words(html: str) -> str:
    """Running text whose paragraphs and items do not end on a word alone, or on a part of it.

    A no-break space would not do: the words it binds may still be divided.
    """
    return _LAST_WORDS.sub(_held, html)


def _held(match: re.Match[str]) -> str:
    one, last = match[1], match[2]
    if len(unescape(one + last)) > LAST_WORDS:
        return match[0]
    return f'<span class="nowrap">{one} {last}</span>'


def title_size(title: str) -> str:
    """Size class of an entry's title: "s", "m" or "l" long (look.md, Type)."""
    longest = max((len(word) for word in title.split()), default=0)
    if len(title) <= 40 and longest <= 18:
        return "s"
    return "m" if len(title) <= 60 and longest <= 24 else "l"


def is_raised(title: str) -> bool:
    """Whether a capital of a title has an accent, which rises into the line above."""
    parts = unicodedata.normalize("NFD", title)
    return any(one.isupper() and unicodedata.combining(mark) for one, mark in pairwise(parts))


def short_url(url: str) -> str:
    """An address as it is printed: no scheme, www, query or trailing slash; "host/…" if long."""
    parts = urlsplit(url.strip())
    host = parts.netloc.removeprefix("www.")
    shown = host + parts.path.rstrip("/")
    return shown if len(shown) <= URL_SHOWN else f"{host}/…"
