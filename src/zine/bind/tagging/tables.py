"""Tables: header cells with scopes, ids that no other table has (ISO 14289-1 §7.5)."""

from __future__ import annotations

from dataclasses import replace

from zine.bind.tagging.blocks import CELLS, Tidy, is_kind, mended
from zine.bind.tagging.structure import Kid, Node


def tidy_table(node: Node, prefix: str, tidy: Tidy) -> list[Kid]:
    """A table; one that breaks over pages is a table on each, with its heads.

    Args:
        prefix: of the ids of its header cells.
        tidy: for what stands in cells and captions.
    """
    kids: list[Kid] = []
    for kid in node.kids:
        if is_kind(kid, "Caption"):
            kids += tidy(kid)
        elif isinstance(kid, Node):
            part = _part(kid, prefix, tidy, in_head=False)
            kids += [part] if part.kids else []
    return [replace(node, kids=tuple(kids))] if kids else []


def _part(node: Node, prefix: str, tidy: Tidy, *, in_head: bool) -> Node:
    if node.kind in CELLS:
        return replace(node, kids=tuple(mended(one for kid in node.kids for one in tidy(kid))))
    in_head = in_head or node.kind == "THead"
    kids = [_part(kid, prefix, tidy, in_head=in_head) for kid in node.kids if isinstance(kid, Node)]
    if node.kind != "TR":
        return replace(node, kids=tuple(kid for kid in kids if kid.kids))
    heads = in_head or all(kid.kind == "TH" for kid in kids)
    return replace(node, kids=tuple(_cell(kid, prefix, heads=heads) for kid in kids))


def _cell(node: Node, prefix: str, *, heads: bool) -> Node:
    """A cell with its ids made the table's own; a row of nothing but heads is above columns."""
    attributes = dict(node.attributes)
    headers = attributes.pop("Headers", ())
    if isinstance(headers, tuple) and headers:
        attributes["Headers"] = tuple(f"{prefix}{one}" for one in headers)
    if node.kind == "TH":
        attributes["Scope"] = "Column" if heads else "Row"
    return replace(node, id=node.id and f"{prefix}{node.id}", attributes=attributes)
