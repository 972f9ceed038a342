"""Joining: what the ends of pages took apart is one again, and headings follow one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zine.bind.tagging.blocks import Says, block, is_inline, is_kind, paragraphs, text_of
from zine.bind.tagging.structure import HEADINGS, Kid, Node

# A paragraph that ends otherwise goes on over the page, if what follows starts in the middle.
_ENDED = re.compile(r"[.!?…:;。！？][\s\"'”’»«)\]]*$")
_THROUGH = frozenset({"Sect", "BlockQuote", "LBody"})


def section_of(pages: Sequence[Sequence[Kid]], says: Says) -> Node:
    """One element for a section: an article, where it is one, else a section.

    Args:
        pages: what stands on each page, tidied.
    """
    parts = [_columns_joined(paragraphs(page), says) for page in pages if page]
    nodes = [one for part in parts for one in part if isinstance(one, Node)]
    if all(len(part) == 1 and is_kind(part[0], "Art") for part in parts):
        made = nodes[0]
        for node in nodes[1:]:
            made = _joined(made, node, says)
        return made
    run = nodes[:1]
    for node in nodes[1:]:
        if run[-1].page != node.page and _goes_on(run[-1], node, says):
            run[-1] = _joined(run[-1], node, says)
        else:
            run.append(node)
    if len(run) == 1 and run[0].kind == "Sect":
        return run[0]
    return block("Sect", _opening_first(run))


def _columns_joined(kids: Sequence[Kid], says: Says) -> list[Kid]:
    """Kids with what goes on at the head of another column joined to where it began."""
    made: list[Kid] = []
    for kid in kids:
        if not isinstance(kid, Node) or is_inline(kid):
            made.append(kid)
            continue
        kid = kid.holding(_columns_joined(kid.kids, says))
        last = made[-1] if made else None
        if isinstance(last, Node) and _goes_on(last, kid, says) and _is_higher(kid, last, says):
            made[-1] = _joined(last, kid, says)
        else:
            made.append(kid)
    return made


def _is_higher(second: Node, first: Node, says: Says) -> bool:
    """Whether an element starts above the end of the one before it."""
    end = next((says[mark] for mark in reversed(first.marks()) if mark in says), None)
    start = next((says[mark] for mark in second.marks() if mark in says), None)
    return bool(end and start and start.baseline < end.baseline)


def _opening_first(run: Sequence[Node]) -> list[Node]:
    """The part that has the section's title in front, though it stands on the recto."""
    titled = next((one for one in run if _heads(one) == "H1"), None)
    if titled is None or any(one.kind != "Sect" for one in run):
        return list(run)
    return [titled, *(one for one in run if one is not titled)]


def _heads(node: Node) -> str:
    return next((one.kind for one in node.nodes() if one.kind in HEADINGS), "")


def _goes_on(first: Kid, second: Kid, says: Says) -> bool:
    """Whether two elements, the last of a page and the first of the next, are one."""
    if not isinstance(first, Node) or not isinstance(second, Node) or first.kind != second.kind:
        return False
    if first.kind == "P":
        then = text_of(second, says).lstrip()
        return then[:1].islower() and not _ENDED.search(text_of(first, says))
    if first.kind == "L":
        return True
    if first.kind == "LI":
        labelled = [is_kind(one.kids[0], "Lbl") for one in (first, second)]
        return labelled == [True, False] or _goes_on(first.kids[-1], second.kids[0], says)
    if first.kind in _THROUGH:
        return _goes_on(first.kids[-1], second.kids[0], says)
    return False


def _joined(first: Node, second: Node, says: Says) -> Node:
    last, rest = first.kids[-1], second.kids[0]
    if isinstance(last, Node) and isinstance(rest, Node) and _goes_on(last, rest, says):
        kids = (*first.kids[:-1], _joined(last, rest, says), *second.kids[1:])
    else:
        kids = (*first.kids, *second.kids)
    return first.holding(kids)


def levelled(node: Node) -> Node:
    """The section with headings from H1 down and no level skipped (ISO 14289-1 §7.4.2).

    Where all are alike, as in a list that goes on from another section, they are raised together.
    """
    levels = {HEADINGS.index(one.kind) for one in node.nodes() if one.kind in HEADINGS}
    above, last = levels.pop() if len(levels) == 1 else 0, 0

    def walk(one: Node) -> Node:
        nonlocal last
        if one.kind in HEADINGS:
            last = min(HEADINGS.index(one.kind) + 1 - above, last + 1)
            return replace(one, kind=HEADINGS[last - 1])
        return one.holding(walk(kid) if isinstance(kid, Node) else kid for kid in one.kids)

    return walk(node)
