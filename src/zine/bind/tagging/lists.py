"""Lists: items with labels and bodies, also where columns took them apart (§14.8.4.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from zine.bind.tagging.blocks import (
    Says,
    Tidy,
    block,
    inlined,
    is_kind,
    mended,
    paragraphs,
    text_of,
)
from zine.bind.tagging.structure import Attribute, Kid, Node

_BULLET = re.compile(r"[•◦▪‣·–—*-]")
_NUMBER = re.compile(r"[(\[]?(\d{1,3}|[A-Za-z]|[ivxlcdm]{1,7})[.)\]]?")


def tidy_list(node: Node, tidy: Tidy, says: Says) -> list[Kid]:
    """A list of items that have a body each, and a label where one is printed."""
    items: list[Kid] = []
    for kid in _in_columns(node):
        items += _items(kid, items, tidy, says)
    if not items:
        return []
    numbering = _numbering(items, says)
    attributes: dict[str, Attribute] = {"ListNumbering": numbering} if numbering else {}
    return [replace(block("L", items, node), attributes=attributes)]


def _in_columns(node: Node) -> Iterable[Kid]:
    """The kids of a list; one that columns took apart has nothing but lists in it."""
    if node.kids and all(is_kind(kid, "L") for kid in node.kids):
        return [one for kid in node.kids if isinstance(kid, Node) for one in _in_columns(kid)]
    return node.kids


def _items(kid: Kid, before: list[Kid], tidy: Tidy, says: Says) -> list[Kid]:
    if not isinstance(kid, Node):
        return [_item(None, [kid])]
    if kid.kind == "LI":
        return _plain_item(kid, tidy, says)
    if kid.kind == "Div":
        return _described(kid, tidy)
    if kid.kind == "Caption":
        return tidy(kid)
    if kid.kind == "L" and before and isinstance(last := before[-1], Node):
        # A list within a list belongs to the body of the item before it.
        before[-1] = last.holding((*last.kids[:-1], _with(last.kids[-1], tidy(kid))))
        return []
    kids = tidy(kid)
    return [_item(None, kids)] if kids else []


def _with(body: Kid, more: list[Kid]) -> Kid:
    return body.holding((*body.kids, *more)) if isinstance(body, Node) else body


def _item(label: Node | None, body: list[Kid]) -> Node:
    parts = [label] if label else []
    if body:
        parts.append(block("LBody", mended(body)))
    return block("LI", parts)


def _plain_item(node: Node, tidy: Tidy, says: Says) -> list[Kid]:
    """An item of `ul` or `ol`; what is drawn before its words is its label."""
    label: list[Kid] = []
    body: list[Kid] = []
    for kid in node.kids:
        if is_kind(kid, "Lbl"):
            label += tidy(kid)
        elif isinstance(kid, Node) and kid.kind == "LBody":
            inner = _unboxed(kid.kids, says)
            if not label and inner and _is_label(inner[0], says):
                label = [block("Lbl", inlined(tidy(inner.pop(0))))]
            body += [one for grandkid in inner for one in tidy(grandkid)]
        else:
            body += tidy(kid)
    made = next((one for one in label if isinstance(one, Node)), None)
    return [_item(made, body)] if made or body else []


def _unboxed(kids: Iterable[Kid], says: Says) -> list[Kid]:
    """Kids of a body; the box around its first lines, if a list follows them, is dissolved."""
    first, *rest = kids or (None,)
    if first is None:
        return []
    boxed = isinstance(first, Node) and first.kind == "NonStruct" and len(first.kids) > 1
    if boxed and isinstance(first, Node) and _is_label(first.kids[0], says):
        return [*first.kids, *rest]
    return [first, *rest]


def _is_label(kid: Kid, says: Says) -> bool:
    """Whether an item's first box is its bullet or number, drawn by `::before`."""
    if not isinstance(kid, Node) or kid.kind != "NonStruct":
        return False
    words = text_of(kid, says).strip()
    return bool(_BULLET.fullmatch(words) or _NUMBER.fullmatch(words))


def _described(group: Node, tidy: Tidy) -> list[Kid]:
    """A group of `dl`, `<div><dt>…</dt><dd>…</dd></div>`: a label and what it is about.

    WeasyPrint makes an item of each `dt` and `dd`; the first in a group is its label.
    """
    parts = [_contents(kid, tidy) for kid in group.kids]
    parts = [part for part in parts if part]
    if not parts:
        return []
    label, bodies = block("Lbl", inlined(parts[0])), parts[1:]
    if len(bodies) == 1:
        return [_item(label, bodies[0])]
    return [_item(label, [one for body in bodies for one in paragraphs(body)])]


def _contents(kid: Kid, tidy: Tidy) -> list[Kid]:
    """What `dt` or `dd` holds."""
    if isinstance(kid, Node) and kid.kind in ("LI", "LBody"):
        return [one for inner in kid.kids for one in _contents(inner, tidy)]
    return tidy(kid)


def _numbering(items: list[Kid], says: Says) -> str:
    """ListNumbering of a list whose items have labels (§14.8.5.5); "" of any other."""
    labels = [
        text_of(item.kids[0], says).strip(" \u00a0.()[]")
        for item in items
        if isinstance(item, Node) and isinstance(item.kids[0], Node) and item.kids[0].kind == "Lbl"
    ]
    if len(labels) < len(items) or not labels:
        return ""
    if all(_BULLET.fullmatch(label) for label in labels):
        return "Disc"
    return "Decimal" if all(label.isdecimal() for label in labels) else ""
