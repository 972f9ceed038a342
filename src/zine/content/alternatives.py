"""Words in the place of pictures in running text, for those who cannot see them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

from zine.content.inline import plain

_FIGURE = re.compile(r"<figure\b.*?</figure>", re.DOTALL)
_CAPTION = re.compile(r"<figcaption\b[^>]*>(?P<words>.*?)</figcaption>", re.DOTALL)
_IMAGE = re.compile(r"<img\b[^>]*>")
_ALT = re.compile(r'\salt="(?P<words>[^"]*)"')
_SOURCE = re.compile(r'\ssrc="(?P<name>[^"]*)"')


@dataclass(frozen=True)
class Undescribed:
    """A picture whose author gave no words for it.

    Args:
        source: its name, as written.
        caption: what stands under it; "" where nothing does.
        nth: how many pictures of this name stand before it.
    """

    source: str
    caption: str
    nth: int


def undescribed(html: str) -> list[Undescribed]:
    """The pictures of a safe text that have no `alt`, in order."""
    return [one for one, _ in _found(html)]


def described(html: str, fallback: str) -> str:
    """A safe text in which every picture has words: its `alt`, its caption or `fallback`.

    Never the name of its file: that says nothing to a reader.
    """
    pieces, at = [], 0
    for one, image in _found(html):
        words = escape(one.caption or fallback)
        pieces += [html[at : image.start()], _ALT.sub("", image[0])[:-1], f' alt="{words}">']
        at = image.end()
    return "".join([*pieces, html[at:]])


def _found(html: str) -> Iterator[tuple[Undescribed, re.Match[str]]]:
    figures = list(_FIGURE.finditer(html))
    before: Counter[str] = Counter()
    for image in _IMAGE.finditer(html):
        alt, source = _ALT.search(image[0]), _SOURCE.search(image[0])
        name = unescape(source["name"]) if source else ""
        before[name] += 1
        if alt and alt["words"].strip():
            continue
        around = next((one for one in figures if one.start() < image.start() < one.end()), None)
        caption = _CAPTION.search(around[0]) if around else None
        words = plain(caption["words"]) if caption else ""
        yield Undescribed(name, words, before[name] - 1), image
