"""Mirroring: style sheets written for books bound on the left, turned for those bound on the right.

Sides change places within ordinary rules: names (`margin-left`), values (`float: right`) and
shorthands of four sides. Rules of `@page` stay: its pages are left and right ones by where they
lie, and those of a book bound on the right are each other's mirror image as they are. A
declaration with a comment `@noflip` stays too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import tinycss2
from tinycss2.ast import AtRule, Comment, IdentToken, LiteralToken, Node, QualifiedRule
from tinycss2.ast import WhitespaceToken as Blank

_SIDE = re.compile(r"(?<![a-z])(left|right)(?![a-z])")
_OTHER = {"left": "right", "right": "left"}
_WITH_SIDES = frozenset({"float", "clear", "text-align", "text-align-all", "text-align-last"})
_PLACES = frozenset({"background", "background-position", "object-position", "transform-origin"})
_FOUR = frozenset({"margin", "padding", "inset", "border-width", "border-style", "border-color"})
_CORNERS = "border-radius"
_NESTING = frozenset({"media", "supports"})
_KEEP = "@noflip"


def mirrored(css: str) -> str:
    """A style sheet, or rules, for pages that are read from the right."""
    rules = tinycss2.parse_stylesheet(css)
    return "".join(map(_rule, rules))


def _rule(rule: Node) -> str:
    if isinstance(rule, QualifiedRule):
        return f"{tinycss2.serialize(rule.prelude)}{{{_declarations(rule.content)}}}"
    if isinstance(rule, AtRule) and rule.lower_at_keyword in _NESTING and rule.content is not None:
        inner = "".join(map(_rule, tinycss2.parse_rule_list(rule.content)))
        return f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
    return str(rule.serialize())


def _declarations(content: Sequence[Node]) -> str:
    parts: list[list[Node]] = [[]]
    for token in content:
        if token == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return ";".join(map(_declaration, parts))


def _declaration(tokens: Sequence[Node]) -> str:
    whole = tinycss2.serialize(tokens)
    at = next((i for i, token in enumerate(tokens) if isinstance(token, IdentToken)), None)
    colon = next((i for i, token in enumerate(tokens) if token == ":"), None)
    if at is None or colon is None or at > colon or _KEEP in whole:
        return str(whole)
    name = tokens[at].lower_value
    if name.startswith("--"):
        return str(whole)
    head = tinycss2.serialize(tokens[:at]) + _SIDE.sub(lambda m: _OTHER[m[0]], name)
    value = list(tokens[colon + 1 :])
    if name in _WITH_SIDES | _PLACES:
        value = [_turned(token) for token in value]
    elif name in _FOUR:
        value = _exchanged(value, (0, 3, 2, 1))
    elif name == _CORNERS:
        value = _exchanged(value, (1, 0, 3, 2))
    return f"{head}{tinycss2.serialize(tokens[at + 1 : colon + 1])}{tinycss2.serialize(value)}"


def _turned(token: Node) -> Node:
    if isinstance(token, IdentToken) and token.lower_value in _OTHER:
        return IdentToken(token.source_line, token.source_column, _OTHER[token.lower_value])
    return token


def _exchanged(value: Sequence[Node], order: tuple[int, int, int, int]) -> list[Node]:
    """The four values of a shorthand in another order; fewer say the same for both sides."""
    places = [
        i
        for i, token in enumerate(value)
        if not isinstance(token, Blank | Comment) and not _is_important(token)
    ]
    if len(places) != len(order) or any(isinstance(value[i], LiteralToken) for i in places):
        return list(value)
    made = list(value)
    for place, source in zip(places, order, strict=True):
        made[place] = value[places[source]]
    return made


def _is_important(token: Node) -> bool:
    return token == "!" or (isinstance(token, IdentToken) and token.lower_value == "important")
