"""Sanitised HTML as a flat run of tokens, and back."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "wbr"})
CODE = frozenset({"code", "pre", "kbd", "samp"})
# Control characters, and the noncharacters that this program uses on its way.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef]")
_NAMES = """
a abbr b bdi bdo cite code del dfn em i img ins kbd mark q s samp small span strong sub sup u var
"""
INLINE = frozenset(_NAMES.split())
_NAMES = """
p div ul ol li dl dt dd blockquote pre figure figcaption h1 h2 h3 h4 h5 h6 tr table
"""
# Blocks that begin a new line of thought.
PARTS = frozenset(_NAMES.split())


@dataclass(frozen=True)
class Open:
    """A start tag."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()

    def get(self, attribute: str) -> str | None:
        """The attribute's value, or None."""
        return dict(self.attributes).get(attribute)


@dataclass(frozen=True)
class Close:
    """An end tag."""

    name: str


@dataclass(frozen=True)
class Words:
    """Text, unescaped."""

    text: str


@dataclass(frozen=True)
class Raw:
    """HTML of our own making, written as it is."""

    html: str


Token = Open | Close | Words | Raw


def tokens(source: str) -> list[Token]:
    """The tokens of well-formed HTML such as nh3 writes; comments are left out."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.found


def join(run: Iterable[Token]) -> str:
    """HTML of the tokens."""
    return "".join(map(_written, run))


def is_footnote(token: Token) -> bool:
    """Whether the token opens a footnote."""
    return isinstance(token, Open) and "footnote" in (token.get("class") or "").split()


def _written(token: Token) -> str:
    if isinstance(token, Open):
        attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in token.attributes)
        return f"<{token.name}{attributes}>"
    if isinstance(token, Close):
        return f"</{token.name}>"
    if isinstance(token, Words):
        return html.escape(token.text, quote=False)
    return token.html


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(Open(tag, tuple((name, value or "") for name, value in attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.found.append(Close(tag))

    def handle_data(self, data: str) -> None:
        self.found.append(Words(data))
