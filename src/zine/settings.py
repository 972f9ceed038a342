"""The settings of a project: book.yaml as the rest of the program sees it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from zine.content.entry import EntryType
from zine.content.tongues import is_rtl
from zine.diagnostics import Place
from zine.paper import Paper

BLACK, WHITE = "#000000", "#FFFFFF"


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


class Pictures(StrEnum):
    """How photographs are printed."""

    COLOUR = "colour"
    GREYSCALE = "greyscale"
    HALFTONE = "halftone"
    NONE = "none"


class Colour(StrEnum):
    """The inks of a file for paper."""

    COLOUR = "colour"
    GREYSCALE = "greyscale"
    CMYK = "cmyk"


@dataclass(frozen=True)
class Theme:
    """What an edition changes of the look, by files of styles/themes/; the default changes nothing.

    Args:
        name: names of the themes that were put together, "+" between them.
        sheets: their style sheets, relative to styles/.
        outline: drawings, tabs and beads as strokes, on paper white.
        black: every colour is black, every coloured ground paper white.
        tabs: whether thumb tabs stand at the fore edge.
        pictures: how photographs are printed; None leaves it to the edition.
        trim: the page; None is the book's.
        line: the grid, pt.
        head, foot, inner, outer: margins, mm; None is the house's. The foot is the least one.
        picture: height of a drawing on an opener, mm; None is the house's.
        columns: of lists and apparatus; None is two, on narrow pages one.
        text, display: families of running text and of all other type.
        weight: of display type.
    """

    name: str = ""
    sheets: tuple[str, ...] = ()
    outline: bool = False
    black: bool = False
    tabs: bool = True
    pictures: Pictures | None = None
    trim: Paper | None = None
    line: float = 13.5
    head: float | None = None
    foot: float | None = None
    inner: float | None = None
    outer: float | None = None
    picture: float | None = None
    columns: int | None = None
    text: str = "IBM Plex Serif"
    display: str = "Barlow Condensed"
    weight: int = 800


STANDARD = Theme()


@dataclass(frozen=True)
class EditionSpec:
    """A way of making a publication.

    Args:
        name: what `--edition` takes.
        kind: "read" (single pages for screens), "booklet" (sheets to print and fold), "press"
            (single pages with bleed and marks, for a print shop), "mini" (a mini zine of each
            entry) or "cards" (a deck of the entries).
        paper: sheet of a booklet; None pairs it with the trim.
        flip: edge on which the printer turns the sheet, "short" or "long".
        instructions: a file beside it that says how to print and fold.
        scheme: how a booklet's pages are laid, by its name in `zine.impose.registry.SCHEMES`.
        sheets: of one signature; None is the scheme's own number.
        creep: mm by which each sheet moves in beyond the one around it.
        caliper: thickness of the paper, mm.
        marks: names of printer's marks.
        margin: mm that the printer leaves blank at the edges of the sheet.
        trim: the page; None is the theme's, else the book's.
        theme: what it changes of the look.
        pictures: how photographs are printed; None is the theme's way, else what `colour` asks.
        colour: the inks of a file for paper.
        profile: ICC profile of the press, for CMYK.
        condition: name of the printing condition in the ICC's registry, such as "FOGRA51".
        form: variant of the scheme; "" is its first.
        grid: rows and columns on a side, for cards and cut stacks; None is the scheme's own.
        gap: mm between cells that are cut apart.
        cover: "separate" for a cover that is a file of its own, else "".
        poster: a poster of the entry fills the back of a mini zine.
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
    caliper: float = 0.1
    marks: tuple[str, ...] = ()
    margin: float = 0.0
    trim: Paper | None = None
    theme: Theme = STANDARD
    pictures: Pictures | None = None
    colour: Colour = Colour.COLOUR
    profile: Path | None = None
    condition: str = ""
    form: str = ""
    grid: tuple[int, int] | None = None
    gap: float = 0.0
    cover: str = ""
    poster: bool = False


@dataclass(frozen=True)
class Settings:
    """Everything book.yaml decides, with the defaults filled in. Lengths in mm.

    Args:
        qr: whether addresses print with QR codes.
        editions: made by default.
        stock: further editions that can be asked for by name.
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
    qr: bool = True
    stock: tuple[EditionSpec, ...] = ()

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return self.path.parents[1]

    def in_theme(self, theme: Theme) -> Settings:
        """The same with the types in the colours of a theme."""
        if not theme.black:
            return self

        def blackened(kind: EntryType) -> EntryType:
            # Yellow becomes paper, on which type is black as before.
            pale = theme.outline or kind.on == BLACK
            return replace(kind, fill=BLACK, on=BLACK if pale else WHITE, mark=BLACK)

        return replace(self, types=tuple(blackened(kind) for kind in self.types))

    @property
    def rtl(self) -> bool:
        """Whether it is read from the right, and bound there."""
        return is_rtl(self.language)

    def type_of(self, type_id: str) -> EntryType:
        """The entry type of that id (KeyError where there is none)."""
        for entry_type in self.types:
            if entry_type.id == type_id:
                return entry_type
        raise KeyError(type_id)
