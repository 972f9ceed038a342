"""The selection: which part of the book a publication is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SelectBy(StrEnum):
    """What the names of a selection name."""

    BOOK = "book"
    CHAPTER = "chapter"
    VALUE = "value"
    ENTRIES = "entries"
    TOGETHER = "together"


@dataclass(frozen=True)
class Selection:
    """One publication asked for.

    Args:
        by: what `names` name; `BOOK` takes none.
        names: a chapter, a value, or titles of entries, as typed.
        parts: the selections that a `TOGETHER` binds as one.
    """

    by: SelectBy = SelectBy.BOOK
    names: tuple[str, ...] = ()
    parts: tuple[Selection, ...] = ()
