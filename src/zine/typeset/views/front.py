"""Views of front matter and openers: cover, imprint, title page, texts, chapter openers."""

from __future__ import annotations

import math
from typing import Any

from zine.compiler.publication import Chapter, Section
from zine.compiler.references import References
from zine.content.entry import EntryType
from zine.drawing import (
    YELLOW,
    Band,
    bead_rows,
    beads_per_row,
    booklet_cover,
    booklet_top,
    cover_drawing,
    cover_top,
    opener_drawing,
    tab_centre,
)
from zine.settings import BLACK
from zine.typeset.balance import HEAD_SIZE
from zine.typeset.display import COVER_STEPS, OPENER_STEPS, TITLE_PAGE_STEPS, Display, fit_display
from zine.typeset.geometry import LINE
from zine.typeset.qr import qr_code
from zine.typeset.views.desk import VALUE, Desk
from zine.typeset.views.opener import NO_INTRO, fit_intro, fit_list
from zine.typeset.views.texts import text_height
from zine.typeset.wording import bind_short_words, short_url
from zine.units import mm_to_pt, pt_to_mm

# Size and leading in pt; mm beside it for the address; pt that the edition takes below.
BLURB, BLURB_NARROW, BLURB_LARGE = (9.6, 13.5, 37, 45), (8.5, 11, 25, 28), (16, 22, 42, 56)
BLURB_SCALES = (1, 0.94, 0.88, 0.82, 0.76)
OPENER_TOP = 48.0  # mm from the head of an opener's recto to its picture (look.md)
WIDER, WIDER_PART = 6.0, 8.0  # mm by which titles of covers and of booklets pass the measure
_SUBTITLE, _SUBTITLE_LEADING = 34, 20.25  # letters that a line of the title page has room for; pt
_OVER_FOOT = 40.5  # pt from the foot of the block to the beads of the title page
COUNTED_ROOM = 6.0  # mm of a cover's title zone that the counted line takes


def cover_bands(desk: Desk) -> tuple[Band, ...]:
    """One band for each chapter, in the chapter's shape and colours."""
    bands = []
    for chapter in desk.publication.chapters:
        look, count = chapter.look, len(chapter.entries)
        if look.id == VALUE:
            bands.append(Band(look.shape, BLACK, count, desk.ground or look.fill))
        else:
            bands.append(Band(look.shape, look.fill, count))
    return tuple(bands)


def cover_art(desk: Desk, part: str) -> tuple[str, EntryType | None, float]:
    """The drawing of a cover or back cover, the type that colours it, and its title zone in mm."""
    geometry, look = desk.geometry, desk.publication.look
    trim = geometry.trim
    size: dict[str, Any] = {
        "trim_width": trim.width,
        "trim_height": trim.height,
        "bleed": geometry.bleed,
        "spine": desk.spine,
        "part": part,
        "style": desk.drawn,
    }
    if look is None:
        size["top_fill"] = desk.ground or YELLOW
        drawing = cover_drawing(cover_bands(desk), **size)
        return desk.facing(drawing), None, cover_top(trim.height)
    size["top_fill"], size["ground"] = _top_fill(look, desk), desk.ground
    drawing = booklet_cover(look.shape, look.fill, **size)
    return desk.facing(drawing), look, booklet_top(trim.height)


def _top_fill(look: EntryType, desk: Desk) -> str | None:
    """Colour of the title zone of a booklet's cover; None is the type's."""
    theme = desk.geometry.theme
    return desk.ground if theme.outline or look.on == BLACK else None


def cover_view(section: Section, desk: Desk, references: References) -> dict[str, object]:
    """What `cover.html` prints."""
    drawing, look, top = cover_art(desk, "front")
    counted = desk.counted(desk.publication.entries)
    if not desk.publication.whole:
        counted = desk.words.from_book.format(counts=counted, title=desk.settings.title)
    return {
        "drawing": drawing,
        "look": look,
        "title": bind_short_words(desk.publication.title),
        "counted": counted,
        "cover_top": top,
    }


def cover_display(desk: Desk) -> Display:
    """The size of the cover title: the zone less the counted line under it."""
    top = cover_art_top(desk)
    room = top - 15.6 - COUNTED_ROOM
    return fit_display(
        bind_short_words(desk.publication.title),
        COVER_STEPS,
        desk.geometry.measure + (WIDER_PART if desk.publication.look else WIDER),
        room,
        desk.geometry,
    )


def cover_art_top(desk: Desk) -> float:
    """Depth of the title zone of this publication's cover, mm."""
    height = desk.geometry.trim.height
    return cover_top(height) if desk.publication.look is None else booklet_top(height)


def back_cover_view(section: Section, desk: Desk, references: References) -> dict[str, object]:
    """What `back-cover.html` prints."""
    settings = desk.settings
    drawing, look, _ = cover_art(desk, "back")
    shown = short_url(settings.url) if settings.url else ""
    code = ""
    if settings.url and settings.qr:
        code = qr_code(settings.url, desk.words.qr_code.format(url=shown)).svg
    return {
        "drawing": drawing,
        "look": look,
        "blurb": desk.named_text("blurb", references),
        "qr": code,
        "shown_url": shown,
        "free_to_copy": desk.words.free_to_copy.format(licence=settings.licence),
    }


def blurb_rules(desk: Desk, references: References) -> str:
    """The size of the blurb as CSS custom properties: the largest that stays above the drawing."""
    geometry = desk.geometry
    narrow, line = geometry.columns == 1, geometry.line
    size, leading, address, edition = BLURB
    if line != LINE:
        size, leading, address, edition = BLURB_LARGE
    elif narrow:
        size, leading, address, edition = BLURB_NARROW
    room = mm_to_pt(cover_art_top(desk)) - geometry.head - edition - leading / 2
    html = desk.named_text("blurb", references)
    width = geometry.measure - address
    family = "IBM Plex Serif" if line == LINE else geometry.theme.text
    for scale in BLURB_SCALES:
        if text_height(html, mm_to_pt(width), size * scale, leading * scale, family) <= room:
            break
    return f":root{{--blurb-size:{size * scale:.2f}pt;--blurb-leading:{leading * scale:.2f}pt}}"


def imprint_view(
    section: Section, desk: Desk, references: References, pages: int
) -> dict[str, object]:
    """What `imprint.html` prints.

    Args:
        pages: extent of the publication.
    """
    settings, words = desk.settings, desk.words
    trim = words.paper(desk.geometry.trim.name)
    counts = desk.counted(desk.publication.entries)
    return {
        "text": desk.named_text("imprint", references),
        "extent": words.counted("pages_and_trim", pages, trim=trim),
        "edited_by": words.text_by.format(editors=words.listed(list(settings.editors))),
        "from_book": words.from_book.format(counts=counts, title=settings.title),
        "free_to_copy": words.free_to_copy.format(licence=settings.licence),
        "shown_url": short_url(settings.url) if settings.url else "",
    }


def title_page_view(section: Section, desk: Desk, references: References) -> dict[str, object]:
    """What `title-page.html` prints: the whole book as beads, in its order."""
    beads = []
    for entry in desk.publication.entries:
        kind = desk.settings.type_of(entry.type)
        beads.append((kind.shape, kind.fill))
    label = desk.counted(desk.publication.entries)
    measure = desk.geometry.measure
    per_row = beads_per_row(len(beads), measure, pt_to_mm(_room_for_beads(desk)))
    drawing = bead_rows(beads, per_row=per_row, measure=measure, label=label, style=desk.drawn)
    return {
        "title": bind_short_words(desk.publication.title),
        "drawing": desk.facing(drawing),
    }


def _room_for_beads(desk: Desk) -> float:
    """What the title page has between its words and the publisher at its foot, in pt."""
    display = title_page_display(desk)
    words = (display.lines + 1) * display.leading
    if subtitle := desk.settings.subtitle:
        words += (1 + math.ceil(len(subtitle) / _SUBTITLE)) * _SUBTITLE_LEADING
    return max(desk.geometry.block - words - _OVER_FOOT, desk.geometry.block / 3)


def title_page_display(desk: Desk) -> Display:
    """The size of the title on the title page."""
    title = bind_short_words(desk.publication.title)
    return fit_display(title, TITLE_PAGE_STEPS, desk.geometry.measure, 60.0, desk.geometry)


def text_view(section: Section, desk: Desk, references: References) -> dict[str, object]:
    """What `text.html` prints."""
    assert section.text is not None
    head = desk.balanced(section.title, HEAD_SIZE)
    return {"head": head, "text": desk.text(section.text, references)}


def opener_top(desk: Desk) -> float:
    """Where the picture of a chapter opener begins, mm from the head."""
    return OPENER_TOP * desk.geometry.trim.height / 210.0


def chapter_view(section: Section, desk: Desk, references: References) -> dict[str, object]:
    """What `chapter.html` prints: list and introduction, then name and picture."""
    chapter, geometry = _chapter(section), desk.geometry
    look = chapter.look
    count = len(desk.publication.chapters)
    top = opener_top(desk)
    drawing = opener_drawing(
        look.shape,
        look.fill,
        hero_y=tab_centre(chapter.place_index, count, trim_height=geometry.trim.height) - top,
        width=geometry.trim.width + 2 * geometry.bleed,
        height=geometry.trim.height - top + geometry.bleed,
        hero_x=geometry.trim.width + geometry.bleed,
        bleed=geometry.bleed,
        scale=geometry.trim.height / 210.0,
        ground=desk.ground,
        style=desk.drawn,
    )
    intro = desk.text(chapter.introduction, references) if chapter.introduction else ""
    style = fit_intro(intro, geometry)
    # What is longer than the page stands behind the opener, as running text.
    intro, behind = ("", intro) if style == NO_INTRO else (intro, "")
    listed = [references.to(entry) for entry in chapter.entries]
    see_also = [references.to(entry) for entry in chapter.see_also]
    contents = [one for one in desk.publication.sections if one.kind == "contents"]
    return {
        "chapter": chapter,
        "intro": intro,
        "intro_style": style,
        "behind": behind,
        "list": fit_list(listed, see_also, intro, geometry),
        "counted": desk.counted(chapter.entries),
        "contents": [references.to_section(one.key, one.title) for one in contents],
        "drawing": desk.facing(drawing),
        "title": bind_short_words(chapter.title),
    }


def chapter_display(section: Section, desk: Desk) -> Display:
    """The size of a chapter's name over its picture."""
    title = bind_short_words(_chapter(section).title)
    room = opener_top(desk) - 15.0
    return fit_display(title, OPENER_STEPS, desk.geometry.measure + 10, room, desk.geometry)


def group_view(section: Section, desk: Desk, references: References) -> dict[str, object]:
    """What `group.html` prints: the entries under one value, and those printed elsewhere."""
    group = section.group
    assert group is not None
    return {
        "head": desk.balanced(section.title, HEAD_SIZE),
        "chapter": _chapter(section),
        "references": [references.to(entry) for entry in group.entries],
        "see_also": [references.to(entry) for entry in group.see_also],
    }


def _chapter(section: Section) -> Chapter:
    assert section.chapter is not None
    return section.chapter
