"""The publication: sections in the order in which they are bound."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from zine.content.entry import Entry, EntryType


class Side(StrEnum):
    """The side of the leaf on which a section starts; `ANY` takes the next page."""

    VERSO = "verso"
    RECTO = "recto"
    ANY = "any"


class Matter(StrEnum):
    """Front matter, body or back matter."""

    FRONT = "front"
    BODY = "body"
    BACK = "back"


@dataclass(frozen=True)
class Group:
    """Entries under one value inside a chapter.

    Args:
        value: the value's entry; None is the neutral group of entries without a value.
        title: the value's title, or the neutral head.
        entries: entries whose primary value this is; they are printed here.
        see_also: entries that hold the value too, but are printed under their primary one.
    """

    value: Entry | None
    title: str
    entries: tuple[Entry, ...]
    see_also: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """An ordered run of entries.

    Args:
        id: what `--chapter` takes.
        look: the type whose shape and colour the opener, tab and contents head take.
        entries: in printed order.
        groups: only in chapters grouped by value.
        see_also: entries that belong here and are printed in another chapter.
        introduction: Markdown file, or None.
        place_index: position among the book's chapters, from 0; the tab hangs on it.
        of_type: whether it was asked for as all entries of its type; it then answers to the
            type's plural too.
    """

    id: str
    title: str
    look: EntryType
    entries: tuple[Entry, ...]
    groups: tuple[Group, ...] = ()
    see_also: tuple[Entry, ...] = ()
    introduction: Path | None = None
    place_index: int = 0
    of_type: bool = False


@dataclass(frozen=True)
class Section:
    """A part of a publication that is typeset on its own and starts on a new page.

    Args:
        key: link target of its first page, unique in the publication.
        kind: name of its layout.
        title: running head and outline title.
        side: the side on which it starts.
        level: depth in the outline from 1, or 0 for "not in the outline".
        folios: whether its pages print folios.
        kinds: what a shared section of back matter prints, in order.
        text: Markdown file of a text section.
        part: which this is of the sections among which a long list is divided, from 0, and how
            many they are.
    """

    key: str
    kind: str
    title: str
    matter: Matter
    side: Side = Side.ANY
    level: int = 1
    folios: bool = True
    listed: bool = True
    entry: Entry | None = None
    chapter: Chapter | None = None
    group: Group | None = None
    kinds: tuple[str, ...] = ()
    text: Path | None = None
    part: tuple[int, int] = (0, 1)

    @property
    def goes_on(self) -> bool:
        """Whether its list began in a section before it, which alone has head and place."""
        return self.part[0] > 0


@dataclass(frozen=True)
class Publication:
    """What is bound as one PDF.

    Args:
        name: stem of the output file ("theories").
        title: title on the cover ("Theories").
        whole: whether this is the full book.
        sections: in reading order.
        chapters: the chapters among them.
        look: type that colours the cover of a booklet; None is the whole book's cover.
        inside: slugs of the entries printed in it.
    """

    name: str
    title: str
    whole: bool
    sections: tuple[Section, ...]
    chapters: tuple[Chapter, ...]
    look: EntryType | None = None
    inside: frozenset[str] = field(default_factory=frozenset)

    @property
    def closing(self) -> bool:
        """Whether the last section is a back cover, kept last when blanks are added."""
        return bool(self.sections) and self.sections[-1].kind == "back-cover"

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, in printed order, each once."""
        return tuple(section.entry for section in self.sections if section.entry)


def entry_key(entry: Entry) -> str:
    """The link target of an entry."""
    return f"entry-{entry.slug}"
