"""Guess: how many pages sections may take, for the numbers with which they are first set.

A guess depends on the content alone, so that every build of it goes the same way. A wrong one costs
time, never truth: sections are set again whose numbers come to have another count of digits.
"""

from __future__ import annotations

import math

from zine.compiler.publication import Publication, Section, Side

_SPREAD = 2
_WORDS = 300  # on a page of running text
_SHARED = 240  # words that stand on an entry's spread
_LISTED = 60  # titles on a page of contents
_INDEXED = 66  # lines on a page of an index, heads counted
_CREDITED = 50  # entries on a page of contributors
PART = 4
"""Pages of a long index that are a section of their own; the last takes what is left."""


def guessed_pages(section: Section, publication: Publication) -> int:
    """How many pages a section of a publication may take."""
    count = len(publication.entries)
    if section.entry is not None:
        over = len(section.entry.body.split()) - _SHARED
        return _SPREAD + max(0, math.ceil(over / _WORDS))
    if section.kind == "chapter":
        return _SPREAD
    if section.kind == "contents":
        return max(1 if section.side is Side.ANY else _SPREAD, math.ceil(count / _LISTED))
    if section.kind == "index":
        pages = sum(math.ceil(_lines(kind, publication) / _INDEXED) for kind in section.kinds)
        part, parts = section.part
        return PART if part < parts - 1 else max(1, pages - part * PART)
    if section.kind == "credits":
        return max(1, math.ceil(count / _CREDITED))
    return 1


def _lines(kind: str, publication: Publication) -> int:
    """Lines of an index: its heads, and the entries under them."""
    named = kind == "index-by-value"
    listed = [
        [value.title for value in entry.values] if named else entry.tags
        for entry in publication.entries
    ]
    heads = {head for heads in listed for head in heads}
    return max(1, len(heads) + sum(map(len, listed)))
