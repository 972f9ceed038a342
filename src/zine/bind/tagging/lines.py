"""Ends of lines: a space or a soft hyphen where a reader without eyes needs one (§14.8.2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zine.bind.tagging.blocks import Says, is_inline
from zine.bind.tagging.marked import Marked
from zine.bind.tagging.structure import Attached, Kid, Mark, Node

_LINE_LEAST = 7.5  # CSS px; less is a number of a note, raised in its line
_LEVEL = 0.5  # CSS px; words of one line, none raised
_APART = 0.15  # em; less than any space, more than rounding and kerning come to
_TIGHT = "-‐–/"
_ADDRESS = re.compile(r"\S*[./@_=&?#]\S*")


def mend_lines(node: Node, says: Says, pages: Sequence[Marked]) -> None:
    """End lines that go on with the space that was taken from them, or say what their hyphen is.

    Words of one line that stand apart and have no space between them get one too: a title and the
    number beside it.
    """
    for run in _runs(node.kids):
        last: Mark | None = None
        blank = False
        for mark in run:
            if mark not in says:
                blank = blank or mark.mcid in pages[mark.page].blanks
                continue
            if last is not None:
                _mend(last, mark, blank, says, pages)
            last, blank = mark, False
    for kid in node.kids:
        if isinstance(kid, Node) and not is_inline(kid):
            mend_lines(kid, says, pages)


def _mend(mark: Mark, following: Mark, blank: bool, says: Says, pages: Sequence[Marked]) -> None:
    this, then, page = says[mark], says[following], pages[mark.page]
    if this.text[-1].isspace() or then.text[0].isspace():
        return
    if mark.page == following.page and abs(then.baseline - this.baseline) < _LINE_LEAST:
        near = abs(then.baseline - this.baseline) < _LEVEL
        if blank or (near and page.gap(this, then) > _APART):
            page.add_space(this)
    elif this.hyphen >= 0 and then.text[0].isalpha():
        page.soften_hyphen(this)
    elif blank or _parted(this.text):
        page.add_space(this)


def _parted(this: str) -> bool:
    """Whether a space stood at the end of a line."""
    if this[-1] in _TIGHT:
        return False
    if this[-1] == "—":
        return this[-2:-1].isspace()
    return not _ADDRESS.fullmatch(this)


def _runs(kids: Sequence[Kid]) -> Iterator[list[Mark]]:
    """The marks of each run of lines."""
    run: list[Mark] = []
    for kid in kids:
        if isinstance(kid, Mark):
            run.append(kid)
        elif isinstance(kid, Node) and is_inline(kid):
            run += kid.marks()
        elif not isinstance(kid, Attached):
            yield run
            run = []
    yield run
