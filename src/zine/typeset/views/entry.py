"""The view of an entry: opener, running text, apparatus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from zine.compiler.publication import Section
from zine.compiler.references import Reference, References
from zine.content.entry import Entry, EntryType, Link, Picture
from zine.content.library import RelatedEntry
from zine.content.markup import plain
from zine.content.tongues import direction
from zine.drawing import entry_drawing
from zine.settings import Outside
from zine.typeset.fitting import Arrangement
from zine.typeset.fonts import text_width
from zine.typeset.geometry import LINE, NARROW
from zine.typeset.images import Prepared
from zine.typeset.qr import qr_code
from zine.typeset.views.columns import DENSE, in_house_type, lines_of, turn_of
from zine.typeset.views.desk import VALUE, Desk
from zine.typeset.wording import bind_last_words, is_raised, short_url, title_size
from zine.units import mm_to_pt

TITLE_SIZES = {"s": 38.0, "m": 30.0, "l": 25.0}  # pt (look.md, Type)
LARGE_TITLE_SIZES = {"s": 40.0, "m": 40.0, "l": 32.0}  # large-print.css
SIZES = tuple(TITLE_SIZES)
# References of the apparatus (entry.css): columns, mm; what titles are set in from both sides, and
# turnovers from the left; size, weight, leading and foot of notes, pt.
LABEL_MM, COLUMN_GAP_MM, REFERENCE_SIDES, _TURNOVER = 23.0, 5.0, 26.0, 7.0
_NOTE, _NOTE_LEADING, _NOTE_FOOT = (7.5, 500), 9.0, 4.5
_TURNED_MOST = 24  # references; a longer row may turn over the page
LONG_LEAD = 600  # characters; a longer lead is set smaller (look.md, Type)


@dataclass(frozen=True)
class Row:
    """One row of the apparatus.

    Args:
        turn: how many references stand in its first column; 0 leaves them to the style sheets.
    """

    label: str
    type: EntryType
    references: tuple[Reference, ...]
    turn: int = 0


@dataclass(frozen=True)
class LinkView:
    """Something to learn more from, as it prints."""

    title: str
    description: str
    url: str
    shown: str
    qr: str
    wide: bool


@dataclass(frozen=True)
class PictureView:
    """A prepared photograph, as it prints."""

    url: str
    alt: str
    caption: str
    small: bool


def apparatus_rows(entry: Entry, desk: Desk, references: References) -> tuple[Row, ...]:
    """The related entries row by row: values first, then by type."""
    rows = []
    if entry.type != VALUE:
        kind = desk.settings.type_of(VALUE)
        rows.append(_row(kind, desk.library.values_named(entry), references))
    related = desk.library.related(entry)
    kinds = desk.relation_types
    if entry.type == VALUE:
        kinds = (desk.settings.type_of(VALUE), *kinds)
    rows += [_row(kind, related.get(kind.id, ()), references) for kind in kinds]
    return tuple(replace(row, turn=_turn(row, desk)) for row in rows if row.references)


def _turn(row: Row, desk: Desk) -> int:
    """Where a row turns over to its second column (entry.css, .refs)."""
    geometry = desk.geometry
    if not in_house_type(geometry) or geometry.columns == 1 or len(row.references) > _TURNED_MOST:
        return 0
    width = (mm_to_pt(geometry.measure - LABEL_MM - COLUMN_GAP_MM)) / 2 - REFERENCE_SIDES
    return turn_of(heights_of(row, width))


def heights_of(row: Row, width: float) -> list[float]:
    """Heights of the references of a row, in a column of this width for their words."""
    # The first line begins so much to the left; the blank is one that nothing stands before.
    first = -_TURNOVER - text_width(" ", DENSE.size, DENSE.family, DENSE.weight)
    return [
        lines_of(one.title, width, DENSE.size, DENSE.weight, first=first) * LINE
        + (lines_of(one.note, width, *_NOTE) * _NOTE_LEADING + _NOTE_FOOT if one.note else 0.0)
        for one in row.references
    ]


def _row(kind: EntryType, items: Sequence[RelatedEntry], references: References) -> Row:
    found = tuple(
        references.to(item.entry, item.note)
        if item.entry
        else Reference(item.title, None, note=item.note)
        for item in items
    )
    return Row(kind.plural, kind, found)


def related_shapes(entry: Entry, desk: Desk) -> tuple[str, ...]:
    """The beads of an entry's chain, in printed order."""
    related = desk.library.related(entry)
    return tuple(kind.shape for kind in desk.relation_types for _ in related.get(kind.id, ()))


def drawing_of(
    entry: Entry,
    desk: Desk,
    *,
    width: float,
    height: float,
    text_left: float,
    measure: float,
) -> str:
    """The entry's drawing, sizes in mm."""
    kind = desk.settings.type_of(entry.type)
    beads = related_shapes(entry, desk)
    values = 0 if entry.type == VALUE else len(desk.library.values_named(entry))
    facts = {"title": entry.title, "shape": desk.words.get(f"shape_{kind.shape}", kind.singular)}
    label = desk.words.picture_of_none.format(**facts)
    if beads:
        label = desk.words.counted("picture_of", len(beads), **facts)
    drawing = entry_drawing(
        shape=kind.shape,
        fill=kind.fill,
        slug=entry.slug,
        values=values,
        related=beads,
        width=width,
        height=height,
        text_left=text_left,
        measure=measure,
        label=label,
        style=desk.drawn,
    )
    return desk.facing(drawing)


def inset_drawing(entry: Entry, desk: Desk, width: float, height: float, inset: float) -> str:
    """The drawing where it stands by itself, its chain so far from either edge; sizes in mm."""
    measure = width - 2 * inset
    return drawing_of(entry, desk, width=width, height=height, text_left=inset, measure=measure)


def link_views(links: Sequence[Link], desk: Desk) -> tuple[LinkView, ...]:
    """Links as they print: short address and QR code; a link without a true address has none."""
    views = []
    for link in links:
        if not link.url:
            views.append(LinkView(link.title, link.description, "", "", "", False))
            continue
        views.append(link_view(link.title, link.description, link.url, desk))
    return tuple(views)


def link_view(title: str, description: str, url: str, desk: Desk) -> LinkView:
    """An address with its short form and, where the book has them, its QR code."""
    shown = short_url(url)
    if not desk.settings.qr:
        return LinkView(title, description, url, shown, "", False)
    code = qr_code(url, desk.words.qr_code.format(url=shown))
    return LinkView(title, description, url, shown, code.svg, code.wide)


def book_link(rows: Sequence[Row], desk: Desk) -> tuple[LinkView, ...]:
    """The way to the whole book by QR code, where the policy is "qr" and entries stand outside."""
    settings = desk.settings
    outside = any(one.type and not one.inside for row in rows for one in row.references)
    if settings.outside is not Outside.QR or not settings.url or not outside:
        return ()
    return (link_view(settings.title, desk.words.whole_book, settings.url, desk),)


def chosen_picture(entry: Entry, desk: Desk) -> tuple[Picture, Prepared] | None:
    """The first picture of an entry that could be prepared."""
    for picture in entry.pictures:
        if picture.path and (prepared := desk.prepared.get(picture.path)):
            return picture, prepared
    return None


def picture_view(entry: Entry, desk: Desk) -> PictureView | None:
    """The photograph that stands in the place of the drawing, or None."""
    chosen = chosen_picture(entry, desk)
    if chosen is None:
        return None
    picture, prepared = chosen
    parts = [picture.caption.rstrip(". "), picture.source.rstrip(". ")]
    caption = ". ".join(part for part in parts if part)
    # Without words of its author's a picture has its caption's, never the name of its file.
    alt = picture.alt or picture.caption or desk.words.picture_in.format(title=entry.title)
    return PictureView(prepared.url, alt, caption, prepared.small)


def facts_of(entry: Entry, desk: Desk) -> tuple[tuple[str, str], ...]:
    """Where, when, who and scale; what is absent leaves no row."""
    words = desk.words
    facts = (
        (words.where, entry.where),
        (words.when, entry.when),
        (words.who, entry.who),
        (words.scale, entry.scale),
    )
    return tuple((label, fact) for label, fact in facts if fact)


def body_of(entry: Entry, desk: Desk, references: References) -> str:
    """The running text with its end mark, or "" where there is none."""
    if not entry.body:
        return ""
    shown = PurePosixPath(entry.place.path)
    beside, language = entry.path.parent, entry.language
    html = desk.running_text(entry.body, references, shown, entry.body_line, beside, language)
    mark = f'<span class="end-mark">\u00a0<span class="mark mark-{entry.type}"></span></span>'
    stem, closing, tail = html.rstrip().rpartition("</p>")
    # The mark stands in the last line; a text that ends in a list or table goes without.
    return stem + mark + closing if closing and not tail.strip() else html


def tongue_of(entry: Entry) -> str:
    """The attributes of what is written in another language than the book's, or ""."""
    if not entry.language:
        return ""
    return f' lang="{entry.language}" dir="{direction(entry.language)}"'


def full_book_note(desk: Desk, rows: Sequence[Row]) -> str:
    """A line that says whose pages the italic numbers are, where there are any."""
    if not any(reference.in_full_book for row in rows for reference in row.references):
        return ""
    return desk.words.full_book_note.format(title=desk.settings.title)


def _title_size(title: str, desk: Desk) -> tuple[str, bool]:
    """The largest size class in which every word of a title fits a line, and whether one does."""
    geometry, theme = desk.geometry, desk.geometry.theme
    sizes = TITLE_SIZES if geometry.line == LINE else LARGE_TITLE_SIZES
    measure = mm_to_pt(geometry.measure)
    least = title_size(title)
    if geometry.measure < NARROW:
        least = max(least, "m", key=SIZES.index)
    for name in SIZES[SIZES.index(least) :]:
        words = (text_width(one, sizes[name], theme.display, theme.weight) for one in title.split())
        if max(words) <= measure:
            return name, True
    return SIZES[-1], False


def entry_view(
    section: Section, desk: Desk, references: References, arrangement: Arrangement
) -> dict[str, object]:
    """What `entries/<type>.html` prints.

    Args:
        arrangement: how its parts stand.
    """
    entry = section.entry
    assert entry is not None
    geometry = desk.geometry
    size, fits = _title_size(entry.title, desk)
    classes = (size, "raised" if is_raised(entry.title) else "", "" if fits else "broken")
    rows = apparatus_rows(entry, desk, references)
    links = link_views(entry.learn_more, desk) + book_link(rows, desk)
    return {
        "entry": entry,
        "type": desk.settings.type_of(entry.type),
        "title": desk.balanced(entry.title, TITLE_SIZES[size]),
        "title_size": " ".join(filter(None, classes)),
        "lead": bind_last_words(entry.lead),
        "long_lead": len(plain(entry.lead)) > LONG_LEAD,
        "facts": facts_of(entry, desk),
        "picture": picture_view(entry, desk),
        "drawing": drawing_of(
            entry,
            desk,
            width=geometry.bleed_width,
            height=geometry.picture - arrangement.cut,
            text_left=geometry.outer + geometry.bleed,
            measure=geometry.measure,
        ),
        "rows": rows,
        "links": links,
        "has_apparatus": bool(rows or links or entry.contributors or entry.tags),
        "body": body_of(entry, desk, references),
        "full_note": full_book_note(desk, rows),
        "tongue": tongue_of(entry),
        "arrangement": arrangement.name,
        "rows_below": arrangement.rows,
    }
