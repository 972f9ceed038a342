"""The entry and its parts, as the rest of the program sees them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from zine.diagnostics import Place


@dataclass(frozen=True)
class EntryType:
    """A type of entry, with its folder, its words and its mark.

    Args:
        id: singular id, as in `zine new story` ("story").
        singular: the word on the entry ("Story").
        plural: the word on chapters ("Stories").
        folder: folder under content/, and id of its chapter ("stories").
        shape: name of the shape in `zine.drawing` ("triangle").
        fill: colour of shapes, CSS hex.
        on: colour of type set on `fill`, CSS hex.
        mark: colour of small icons; = fill but where fill is too pale to be seen small.
    """

    id: str
    singular: str
    plural: str
    folder: str
    shape: str
    fill: str
    on: str
    mark: str

    @property
    def relation_key(self) -> str:
        """The front matter key that names related entries of this type ("related_stories")."""
        return f"related_{self.folder}"


@dataclass(frozen=True)
class Relation:
    """A reference by title, as written: `title` has its entities resolved, nothing more."""

    title: str
    place: Place
    note: str = ""


@dataclass(frozen=True)
class Link:
    """Something to learn more from."""

    title: str
    description: str
    kind: str
    url: str
    place: Place


@dataclass(frozen=True)
class Picture:
    """A picture of an entry.

    Args:
        name: the file name as written in the front matter.
        path: the file found for it, or None where the project has none of that name.
        alt: words for those who cannot see it; "" where the author gave none.
    """

    name: str
    path: Path | None
    caption: str
    source: str
    source_url: str
    alt: str
    place: Place


@dataclass(frozen=True)
class Entry:
    """One Markdown file with front matter.

    Args:
        slug: ASCII id, unique in the library; file names and link targets are made of it.
        type: id of its `EntryType`.
        lead: the short write-up as safe inline HTML paragraphs; "" where absent.
        body: Markdown of the running text; "" where absent or only a placeholder.
        body_line: the line of the file on which `body` starts.
        values: titles of values, the first being the primary one.
        related: type id → relations to entries of that type, in written order.
        language: BCP 47 tag, where it is another than the book's; else "".
        extra: what stands under `extra:`, for a project's own layouts.
    """

    slug: str
    title: str
    type: str
    path: Path
    place: Place
    id: str = ""
    lead: str = ""
    where: str = ""
    when: str = ""
    who: str = ""
    scale: str = ""
    values: tuple[Relation, ...] = ()
    related: tuple[tuple[str, tuple[Relation, ...]], ...] = ()
    tags: tuple[str, ...] = ()
    learn_more: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    contributors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    date: dt.date | None = None
    weight: float = 0.0
    body: str = ""
    body_line: int = 1
    extra: tuple[tuple[str, object], ...] = ()
    language: str = ""

    def related_of(self, type_id: str) -> tuple[Relation, ...]:
        """Relations to entries of one type, in written order."""
        return dict(self.related).get(type_id, ())
