"""The view of a handout: one entry on one sheet, laid out for that size."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zine.compiler.publication import Section
from zine.compiler.references import Reference, References
from zine.content.entry import Entry
from zine.paper import Paper
from zine.settings import STANDARD, Theme
from zine.typeset.display import Display, fit_display
from zine.typeset.views.desk import VALUE, Desk
from zine.typeset.views.entry import (
    Row,
    apparatus_rows,
    body_of,
    facts_of,
    inset_drawing,
    link_views,
    picture_view,
    tongue_of,
)
from zine.typeset.wording import bind_last_words, bind_short_words, short_url

SIDE = 14.0  # mm, margins left and right (look.md, Handout)
HEAD = 12.0  # mm, margins head and foot
FOOT = 14.75  # mm under the block for source, contributor and tags
FOOT_LARGE = 29.0  # mm, in large type
FOOT_GAP = 1.5  # mm of it between block and rule
PICTURE_SHARE = 104.0 / 297.0  # of the sheet's height
BODY_SIZE = 10.4  # pt at full scale
BODY_LEAST = 8.5  # pt; type is never set smaller than this
SCALES = (1.0, 0.95, 0.9, 0.86, BODY_LEAST / BODY_SIZE)
NOTE_LINE = 24.0  # pt between lines for handwriting
NOTES_LEAST, NOTES_MOST = 3, 12
TITLE_STEPS = ((66, 60), (54, 51), (44, 43), (36, 37), (30, 31))
TITLE_ROOM = 44.0  # mm
CHAIN_INSET = 8.0  # mm from the picture's edge to the first bead


@dataclass(frozen=True)
class HandoutFit:
    """How a handout is made to fit its sheet.

    Args:
        scale: of type and spacing.
        notes: lines for handwriting.
    """

    scale: float = 1.0
    notes: int = 0


def handout_size(paper: Paper) -> tuple[float, float]:
    """Width and height of the picture on a sheet, mm."""
    return paper.width - 2 * SIDE, round(paper.height * PICTURE_SHARE, 1)


def handout_display(entry: Entry, paper: Paper, theme: Theme = STANDARD) -> Display:
    """The size of a handout's title."""
    title, measure = bind_short_words(entry.title), paper.width - 2 * SIDE
    return fit_display(title, TITLE_STEPS, measure, TITLE_ROOM, theme=theme)


def handout_rules(
    entry: Entry,
    paper: Paper,
    fit: HandoutFit,
    foot: float = FOOT,
    theme: Theme = STANDARD,
) -> str:
    """The rules of one handout.

    Args:
        foot: room for source, contributor and tags under the block, mm.
    """
    display = handout_display(entry, paper, theme)
    shrunk = Display(
        round(display.size * fit.scale, 2), round(display.leading * fit.scale, 2), display.lines
    )
    width, height = handout_size(paper)
    return (
        f"@page{{size:{paper.width}mm {paper.height}mm;bleed:0;"
        f"margin:{HEAD}mm {SIDE}mm {HEAD + foot:.2f}mm;"
        "@bottom-left{content:element(foot-back);width:100%;vertical-align:top;"
        f"padding-top:{FOOT_GAP}mm}}}}"
        "@page:first{@bottom-left{content:element(foot-front)}}"
        f":root{{--scale:{fit.scale:.4f};--handout-width:{width}mm;--handout-picture:{height}mm;"
        "}" + shrunk.custom_properties()
    )


def handout_view(
    section: Section, desk: Desk, references: References, fit: HandoutFit
) -> dict[str, object]:
    """What `handout.html` prints."""
    entry = section.entry
    assert entry is not None
    settings, words = desk.settings, desk.words
    paper = desk.geometry.trim
    width, height = handout_size(paper)
    rows = apparatus_rows(entry, desk, references)
    values = [row for row in rows if row.type.id == VALUE]
    related = [row for row in rows if row.type.id != VALUE]
    page = desk.full_folios.get(entry.slug, "")
    found = [settings.edition, words.handout_source_page.format(page=page) if page else ""]
    source = [settings.subtitle, words.separator.join(part for part in found if part)]
    note = ""
    if any(reference.page for row in related for reference in row.references):
        form = words.handout_numbers_edition if settings.edition else words.handout_numbers
        note = form.format(title=settings.title, edition=settings.edition)
    body = body_of(entry, desk, references)
    return {
        "entry": entry,
        "type": settings.type_of(entry.type),
        "title": bind_short_words(entry.title),
        "lead": bind_last_words(entry.lead),
        "facts": facts_of(entry, desk),
        "picture": picture_view(entry, desk),
        "drawing": inset_drawing(entry, desk, width, height, CHAIN_INSET),
        "values": _bare(values[0]).references if values else (),
        "related": related,
        "links": link_views(entry.learn_more, desk),
        "body": body,
        "tongue": tongue_of(entry),
        "numbers_note": note,
        "source": ". ".join(part for part in source if part),
        "free_to_copy": words.free_to_copy.format(licence=settings.licence),
        "shown_url": short_url(settings.url) if settings.url else "",
        "notes": fit.notes,
    }


def _bare(row: Row) -> Row:
    """A row without page numbers."""
    bare: tuple[Reference, ...] = tuple(replace(one, page="") for one in row.references)
    return replace(row, references=bare)
