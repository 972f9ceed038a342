"""Ends of lines: a space or a soft hyphen where a reader without eyes needs one (§14.8.2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from zine.bind.tagging.blocks import Says, is_inline
from zine.bind.tagging.marked import Marked
from zine.bind.tagging.structure import Attached, Kid, Mark, Node

_LINE_LEAST = 7.5  # CSS px; less is a number of a note, raised in its line
_TIGHT = "-‐–/"
_ADDRESS = re.compile(r"\S*[./@_=&?#]\S*")


def mend_lines(node: Node, says: Says, pages: Sequence[Marked]) -> None:
    """End lines that go on with the space that was taken from them, or say what their hyphen is."""
    for run in _runs(node.kids):
        for mark, following in pairwise(run):
            this, then = says.get(mark), says.get(following)
            if this is None or then is None or not this.text or not then.text:
                continue
            if mark.page == following.page and abs(then.baseline - this.baseline) < _LINE_LEAST:
                continue
            if this.hyphen >= 0 and then.text[0].isalpha():
                pages[mark.page].soften_hyphen(this)
            elif _parted(this.text, then.text):
                pages[mark.page].add_space(this)
    for kid in node.kids:
        if isinstance(kid, Node) and not is_inline(kid):
            mend_lines(kid, says, pages)


def _parted(this: str, then: str) -> bool:
    """Whether a space stood between two lines."""
    if this[-1].isspace() or then[0].isspace() or this[-1] in _TIGHT:
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
