"""Blocks and what stands in their lines: the rules that all tagging shares (§14.8.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from zine.bind.tagging.marked import Shown
from zine.bind.tagging.structure import HEADINGS, Attached, Kid, Mark, Node

Says: TypeAlias = Mapping[Mark, Shown]
"""What marked content shows."""
Tidy: TypeAlias = Callable[[Kid], list[Kid]]
"""What becomes of a kid: nothing, itself or what it holds."""

INLINE = frozenset({"Span", "Link", "Reference"})
TEXTS = frozenset({"P", "Caption", "Lbl", *HEADINGS})
_IN_NO_LINE = frozenset({"L", "Table", "BlockQuote", *HEADINGS})
CELLS = frozenset({"TD", "TH"})


def is_inline(kid: Kid) -> bool:
    """Whether a kid stands in a line; a link around blocks does not."""
    if not isinstance(kid, Node):
        return True
    if kid.kind == "Link":
        return not any(isinstance(one, Node) and one.kind in _IN_NO_LINE for one in kid.kids)
    return kid.kind in INLINE


def is_kind(kid: Kid | None, kind: str) -> bool:
    """Whether a kid is an element of that kind."""
    return isinstance(kid, Node) and kid.kind == kind


def text_of(node: Node, says: Says) -> str:
    """What an element says; the calls of notes are left out."""
    words = ""
    for kid in node.kids:
        if isinstance(kid, Mark):
            words += says[kid].text if kid in says else ""
        elif isinstance(kid, Node) and kid.kind != "Reference":
            words += text_of(kid, says)
    return words


def block(kind: str, kids: Sequence[Kid], like: Node | None = None) -> Node:
    """An element around kids; its page is that of the first of them."""
    page = kids[0].page
    if like is None:
        return Node(kind, tuple(kids), page)
    return Node(kind, tuple(kids), page, like.alt, like.lang, like.id, like.attributes)


def paragraphs(kids: Iterable[Kid]) -> list[Kid]:
    """Kids with every run that stands in a line made a paragraph."""
    made: list[Kid] = []
    for inline, run in groupby(kids, is_inline):
        found = list(run)
        made += [block("P", found)] if inline else found
    return made


def inlined(kids: Iterable[Kid]) -> list[Kid]:
    """Kids with paragraphs dissolved, which cannot stand in a line."""
    made: list[Kid] = []
    for kid in kids:
        made += kid.kids if isinstance(kid, Node) and kid.kind == "P" else [kid]
    return made


def mended(kids: Iterable[Kid]) -> list[Kid]:
    """Kids with links and foreign phrases whole that the ends of lines cut into parts."""
    made: list[Kid] = []
    for kid in kids:
        last = made[-1] if made else None
        if isinstance(kid, Node) and isinstance(last, Node) and _is_rest(last, kid):
            made[-1] = last.holding((*last.kids, *kid.kids))
        else:
            made.append(kid)
    return made


def _is_rest(first: Node, second: Node) -> bool:
    if (first.kind, first.lang) != (second.kind, second.lang):
        return False
    if first.kind == "Link":
        one, other = first.kids[0], second.kids[0]
        return isinstance(one, Attached) and isinstance(other, Attached) and one.uri == other.uri
    return first.kind == "Span" and first.lang is not None
