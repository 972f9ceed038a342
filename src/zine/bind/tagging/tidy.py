"""Tidying: boxes without a meaning are dissolved, links and figures made whole (§14.8.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from zine.bind.tagging.blocks import (
    CELLS,
    INLINE,
    TEXTS,
    Says,
    block,
    inlined,
    is_inline,
    is_kind,
    mended,
    paragraphs,
)
from zine.bind.tagging.lists import tidy_list
from zine.bind.tagging.structure import Attached, Kid, Node
from zine.bind.tagging.tables import tidy_table

LANGUAGE = "zine-lang:"
"""Scheme of an address that carries a language: "zine-lang:es", "zine-lang:es:https://…"."""

_PX = 0.75  # pt; WeasyPrint leaves the box of a figure in CSS pixels from the head of the page
_BOXES = ("Span", "NonStruct", "Div")
# WeasyPrint names an anonymous box after the element in which it stands.
_NAMESAKES = frozenset({"Art", "Sect", "Part", "BlockQuote"})


@dataclass
class Tidier:
    """Makes of WeasyPrint's elements those that a reader expects.

    Args:
        says: what marked content shows.
        sizes: width and height of the trim of each page, pt.
        readdressed: annotations whose address carried a language, and the address alone.
    """

    says: Says
    sizes: Sequence[tuple[float, float]]
    readdressed: list[tuple[Attached, str]] = field(default_factory=list)
    _tables: int = 0

    def tidy(self, kid: Kid) -> list[Kid]:
        """What becomes of a kid: nothing, itself or what it holds."""
        if not isinstance(kid, Node):
            return [kid]
        if kid.kind == "L":
            return tidy_list(kid, self.tidy, self.says)
        if kid.kind == "Table":
            self._tables += 1
            return tidy_table(kid, f"t{self._tables}-", self.tidy)
        if kid.kind == "Figure":
            return self._figure(kid)
        if kid.kind == "Link":
            kid = _once_linked(kid)
        kids = mended(one for inner in kid.kids for one in self._within(kid, inner))
        if kid.kind == "Link":
            return self._link(kid, kids)
        if kid.kind in _BOXES:
            return self._dissolved(kid, kids)
        if not kids:
            return []
        if kid.kind in TEXTS:
            return _text(kid, kids)
        if kid.kind in INLINE or kid.kind in CELLS or kid.kind == "LBody":
            return [block(kid.kind, kids, kid)]
        return [block(kid.kind, paragraphs(kids), kid)]

    def _within(self, node: Node, kid: Kid) -> list[Kid]:
        """As `tidy`; the box around bare words or a column, which has its element's name, goes."""
        made = self.tidy(kid)
        if not isinstance(kid, Node) or kid.kind != node.kind or kid.kind not in _NAMESAKES:
            return made
        column = kid.kind == "Art" or all(is_kind(one, kid.kind) for one in node.kids)
        if column or any(is_inline(one) for one in kid.kids):
            return [one for inner in made if isinstance(inner, Node) for one in inner.kids]
        return made

    def _dissolved(self, node: Node, kids: list[Kid]) -> list[Kid]:
        """Boxes without a meaning of their own; what they hold stays."""
        if any(isinstance(one, Attached) for one in kids):
            # A box within a link has an annotation too, and is no link by itself.
            return self._link(node, kids)
        if all(is_inline(one) for one in kids):
            return [block("P", kids)] if node.kind == "Div" and kids else kids
        kids = paragraphs(kids)
        return [block("Div", kids)] if any(is_kind(one, "Caption") for one in kids) else kids

    def _figure(self, node: Node) -> list[Kid]:
        """A picture; one without words in its place is decoration (ISO 14289-1 §7.3)."""
        if not node.alt:
            return []
        box = node.attributes.get("BBox")
        attributes: dict[str, tuple[float, ...]] = {}
        if isinstance(box, tuple):
            left, head, right, foot = (float(one) * _PX for one in box)
            width, height = self.sizes[node.page]
            low, high = max(0.0, height - foot), min(height, height - head)
            attributes["BBox"] = (max(0.0, left), low, min(width, right), high)
        return [replace(node, attributes=attributes)]

    def _link(self, node: Node, kids: list[Kid]) -> list[Kid]:
        """A link with its annotation; a bare language becomes a span of that language."""
        own = next((one for one in kids if isinstance(one, Attached)), None)
        content = [one for kid in kids if not isinstance(kid, Attached) for one in inlined([kid])]
        if own is None or not content:
            return content
        if not own.uri.startswith(LANGUAGE):
            return [Node("Link", (own, *content), own.page)]
        language, _, address = own.uri.removeprefix(LANGUAGE).partition(":")
        if address:
            self.readdressed.append((own, address))
            return [Node("Link", (own, *content), own.page, lang=language)]
        return [Node("Span", tuple(content), own.page, lang=language)]


def _once_linked(node: Node) -> Node:
    """A link with its own annotation alone: every box in it, and what it generates, has one too."""

    def without(kid: Kid) -> list[Kid]:
        if not isinstance(kid, Node):
            return [] if isinstance(kid, Attached) else [kid]
        inner = [one for grandkid in kid.kids for one in without(grandkid)]
        return inner if kid.kind == "Link" else [kid.holding(inner)]

    own = next((one for one in node.kids if isinstance(one, Attached)), None)
    if own is None:
        return node
    return node.holding((own, *(one for kid in node.kids for one in without(kid))))


def _text(node: Node, kids: Sequence[Kid]) -> list[Kid]:
    """A block of text; a paragraph with nothing but pictures is those pictures."""
    inner = inlined(kids)
    if node.kind == "P" and all(is_kind(one, "Figure") for one in inner):
        return inner
    return [block(node.kind, inner, node)]
