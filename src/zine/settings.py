"""The settings of a project: book.yaml as the rest of the program sees it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from zine.content.entry import EntryType
from zine.diagnostics import Place
from zine.paper import Paper


class Numbering(StrEnum):
    """How folios count: arabic from the cover, or roman for the front matter."""

    ARABIC = "arabic"
    ROMAN_FRONT = "roman-front"


class Starts(StrEnum):
    """On which side entries, contents and chapter openers start."""

    VERSO = "verso"
    RECTO = "recto"
    ANY = "any"


class Outside(StrEnum):
    """What a reference to an entry outside the publication prints."""

    FULL_BOOK = "full-book"
    TITLE = "title"
    QR = "qr"


@dataclass(frozen=True)
class MatterSpec:
    """One section of front or back matter.

    Args:
        kinds: what it prints: one kind ("contents") or several that share a section
            (("contributors", "image-credits", "colophon")).
        text: Markdown file beside book.yaml, for kind "text".
        title: overrides the title of the text.
    """

    kinds: tuple[str, ...]
    place: Place
    text: Path | None = None
    title: str = ""


@dataclass(frozen=True)
class ChapterSpec:
    """A chapter as a query; exactly one of type, value, tag, entries, by is set.

    Args:
        id: what `--chapter` takes; for `type` the type's folder.
        by: "value" expands to one chapter per value.
        order: "title", "date", "weight", or "given" (as listed under `entries` / `include`).
        introduction: Markdown file beside book.yaml.
    """

    id: str
    title: str
    place: Place
    type: str = ""
    value: str = ""
    tag: str = ""
    by: str = ""
    entries: tuple[str, ...] = ()
    group_by: str = ""
    order: str = "title"
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    introduction: Path | None = None


@dataclass(frozen=True)
class EditionSpec:
    """A way of making a publication.

    Args:
        name: what `--edition` takes.
        kind: "read" (single pages for screens) or "booklet" (sheets to print and fold).
        paper: sheet of a booklet; None pairs it with the trim.
        flip: edge on which the printer turns the sheet, "short" or "long".
        instructions: a first sheet that says how to print and fold.
        scheme: how a booklet's pages are laid, by its name in `zine.impose.registry.SCHEMES`.
        sheets: of one signature; None is the scheme's own number.
        creep: mm by which each sheet moves in beyond the one around it.
        marks: names of printer's marks.
        margin: mm that the printer leaves blank at the edges of the sheet.
    """

    name: str
    kind: str
    place: Place
    paper: Paper | None = None
    flip: str = "short"
    instructions: bool = False
    scheme: str = "saddle"
    sheets: int | None = None
    creep: float = 0.0
    marks: tuple[str, ...] = ()
    margin: float = 0.0


@dataclass(frozen=True)
class Settings:
    """Everything book.yaml decides, with the defaults filled in. Lengths in mm.

    Args:
        texts: name ("imprint", "colophon", "blurb") → Markdown file, of those that exist.
    """

    path: Path
    title: str
    slug: str
    subtitle: str
    language: str
    editors: tuple[str, ...]
    publisher: str
    licence: str
    licence_url: str
    url: str
    date: dt.date | None
    edition: str
    trim: Paper
    bleed: float
    starts: Starts
    numbering: Numbering
    outside: Outside
    types: tuple[EntryType, ...]
    front: tuple[MatterSpec, ...]
    chapters: tuple[ChapterSpec, ...]
    back: tuple[MatterSpec, ...]
    editions: tuple[EditionSpec, ...]
    texts: tuple[tuple[str, Path], ...] = ()

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return self.path.parents[1]

    def type_of(self, type_id: str) -> EntryType:
        """The entry type of that id (KeyError where there is none)."""
        for entry_type in self.types:
            if entry_type.id == type_id:
                return entry_type
        raise KeyError(type_id)
