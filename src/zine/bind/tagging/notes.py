"""Footnotes: every note is a Note with an id, behind the block that calls it (§14.8.4.4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from zine.bind.tagging.blocks import Says, Tidy, block, inlined, is_inline, is_kind, text_of
from zine.bind.tagging.structure import Kid, Mark, Node

_LONGEST = 4  # characters of a note's number or sign
_AROUND = ".:()[]\u00a0 "  # may stand around either


def is_notes(node: Node, says: Says) -> bool:
    """Whether a box at the top of a page's content is the area of its notes.

    The area is the only box there that belongs to no element, and what stands in it are the
    notes, each with the sign it is called by; a note that goes on from the page before has none.
    """
    notes = node.kids
    if node.kind != "NonStruct" or not notes or not all(is_kind(one, "Span") for one in notes):
        return False
    return any(_sign(one, says) for one in notes if isinstance(one, Node))


def _sign(note: Node, says: Says) -> str:
    """What a note is called by; "" where it goes on from the page before."""
    first = note.kids[0] if note.kids else None
    if not isinstance(first, Node) or first.kind != "NonStruct":
        return ""
    sign = text_of(first, says).strip()
    return sign if 0 < len(sign) <= _LONGEST else ""


def signs_of(areas: Iterable[Node], says: Says) -> list[str]:
    """The signs that call the notes in the areas, in order: 1 for a note that prints “1.”."""
    found = [_sign(one, says) for area in areas for one in area.kids if isinstance(one, Node)]
    return [_bare(sign) for sign in found if sign]


def _bare(sign: str) -> str:
    return sign.strip().strip(_AROUND) or sign.strip()


def make_notes(areas: Iterable[Node], tidy: Tidy, says: Says) -> list[Node]:
    """The notes of a section; what goes on from the page before joins its beginning."""
    notes: list[Node] = []
    for area in areas:
        for one in area.kids:
            if not isinstance(one, Node):
                continue
            kids = list(one.kids)
            label: list[Kid] = []
            if _sign(one, says):
                label = [block("Lbl", inlined(tidy(kids.pop(0))))]
            content = inlined(new for kid in kids for new in tidy(kid))
            if label or not notes:
                named = f"note-{len(notes) + 1}"
                notes.append(replace(block("Note", [*label, *content]), id=named))
            else:
                notes[-1] = notes[-1].holding((*notes[-1].kids, *content))
    return notes


def with_calls(nodes: Sequence[Node], signs: Sequence[str], says: Says) -> list[Node]:
    """The same boxes, those that call notes made references, in the order of the notes."""
    waiting = list(signs)

    def walk(node: Node) -> Node:
        if not waiting:
            return node
        words = node.kind == "NonStruct" and text_of(node, says)
        if words and _bare(words) == waiting[0] and all(_is_leaf(one) for one in node.kids):
            waiting.pop(0)
            return replace(node, kind="Reference")
        return node.holding(walk(kid) if isinstance(kid, Node) else kid for kid in node.kids)

    return [walk(node) for node in nodes]


def _is_leaf(kid: Kid) -> bool:
    return isinstance(kid, Node) and all(isinstance(one, Mark) for one in kid.kids)


def place_notes(body: Node, notes: Sequence[Node]) -> Node:
    """Every note behind the block that calls it; those that nothing calls, at the end."""
    waiting = list(notes)

    def calls(kid: Kid) -> int:
        if not isinstance(kid, Node):
            return 0
        return 1 if kid.kind == "Reference" else sum(map(calls, kid.kids))

    def walk(node: Node) -> Node:
        kids: list[Kid] = []
        late = 0
        for kid in node.kids:
            if is_inline(kid):
                late += calls(kid)
                kids.append(kid)
            elif isinstance(kid, Node) and all(map(is_inline, kid.kids)) and kid.kind in _CLOSED:
                kids += [kid, *_taken(waiting, calls(kid))]
            elif isinstance(kid, Node):
                kids.append(walk(kid))
        return node.holding((*kids, *_taken(waiting, late)))

    placed = walk(body)
    return placed.holding((*placed.kids, *waiting))


# Blocks that hold nothing but lines; a note stands behind them, not in them.
_CLOSED = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "Caption"})


def _taken(waiting: list[Node], count: int) -> list[Node]:
    taken, waiting[:] = waiting[:count], waiting[count:]
    return taken
