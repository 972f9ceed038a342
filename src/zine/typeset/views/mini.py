"""The view of a mini zine: one entry on the eight panels of one sheet."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from zine.compiler.publication import Section
from zine.compiler.references import References
from zine.content.entry import Entry
from zine.content.markup import plain
from zine.drawing import bead_rows
from zine.paper import Paper
from zine.typeset.display import Display, fit_display
from zine.typeset.fonts import text_width
from zine.typeset.qr import qr_code
from zine.typeset.views.desk import Desk
from zine.typeset.views.entry import (
    Row,
    apparatus_rows,
    body_of,
    drawing_of,
    facts_of,
    inset_drawing,
    link_views,
    picture_view,
)
from zine.typeset.wording import bind_last_words, bind_short_words, short_url
from zine.units import mm_to_pt

PANELS = 8
# mm (look.md, Mini zine).
SIDE, HEAD, FOOT = 7.0, 7.0, 9.0
PICTURE_INSET, PICTURE_HEIGHT, CHAIN_INSET = 5.0, 50.0, 4.0
TITLE_STEPS = ((27, 25), (23, 22), (20, 20), (17, 17.5), (14, 15))
TITLE_ROOM = 28.0
POSTER_STEPS = ((120, 112), (102, 96), (88, 83), (72, 69), (60, 58), (48, 47), (38, 38))
POSTER_SIDE, POSTER_SHARE = 12.0, 0.66
LIST_LINE = 15.75  # pt
LIST_SIZE = 11.25
HEAD_LINES = 1.35  # lines that rule and head of a list take
LIST_PANELS, LINKS, TEXT_PANELS = 3, 3, 6
BEADS_LEAST, BEADS_MOST = 6, 13  # to a row
BEAD_SHARE = 0.9
SHORT_LEAD = 560  # characters; a lead that fills less than a panel is set larger
SCALES = (1.0, 0.94, 8.5 / 9.6)  # of running text; never below 8.5 pt
LARGE = 11.4 / 9.6
PANEL_CHARACTERS = 620  # about what a panel holds at full size
_SENTENCE = re.compile(r"[.!?][”’»\"']?\s+(?=[^\Wa-z\d_])")


@dataclass(frozen=True)
class MiniFit:
    """How an entry is made to fit eight panels.

    Args:
        scale: of the running text.
        body: whether the running text follows the lead.
        paragraphs: of the lead, from the first; None is all.
        balanced: the second half of the lead starts on a panel of its own.
        notes: panels for handwriting.
    """

    scale: float = 1.0
    body: bool = False
    paragraphs: int | None = None
    balanced: bool = True
    notes: int = 0


@dataclass(frozen=True)
class Panel:
    """Lists that share a panel, and their beads where there is room for them."""

    rows: tuple[Row, ...]
    beads: str
    more: int = 0


def mini_fits(entry: Entry) -> tuple[MiniFit, ...]:
    """What is tried, best first: running text and all, then the lead, smaller and shorter."""
    facts = entry.where or entry.when or entry.who or entry.scale
    large = len(plain(entry.lead)) < SHORT_LEAD and not facts
    scales = (LARGE, *SCALES) if large else SCALES
    # Not worth a try: a text that is longer than all panels there are.
    short = len(plain(entry.lead)) + len(entry.body) < TEXT_PANELS * PANEL_CHARACTERS * 1.3
    fits = [MiniFit(scale, body=True, balanced=False) for scale in SCALES if entry.body and short]
    for scale in scales:
        fits += [MiniFit(scale), MiniFit(scale, balanced=False)]
    shorter = range(len(_paragraphs(entry.lead)) - 1, 0, -1)
    return (*fits, *(MiniFit(SCALES[-1], paragraphs=n, balanced=False) for n in shorter))


def picture_size(panel: Paper) -> tuple[float, float]:
    """Width and height of the picture on the first panel, mm."""
    return panel.width - 2 * PICTURE_INSET, PICTURE_HEIGHT


def mini_rules(entry: Entry, panel: Paper, fit: MiniFit) -> str:
    """The rules of one mini zine, and of its poster on a sheet eight panels large."""
    sheet = Paper("sheet", 2 * panel.height, 4 * panel.width)
    poster = fit_display(
        bind_short_words(entry.title),
        POSTER_STEPS,
        sheet.width - 2 * POSTER_SIDE,
        sheet.height * (1 - POSTER_SHARE) - 2 * POSTER_SIDE - 12,
    )
    display = _display(entry, panel)
    width, height = picture_size(panel)
    return (
        f"@page{{size:{panel.width:.4f}mm {panel.height:.4f}mm;bleed:0}}html{{break-before:right}}"
        f"@page poster{{size:{sheet.width:.4f}mm {sheet.height:.4f}mm;margin:{POSTER_SIDE}mm}}"
        f":root{{--margin-head:{HEAD}mm;--margin-inner:{SIDE}mm;--margin-outer:{SIDE}mm;"
        f"--margin-foot:{FOOT}mm;--scale:{fit.scale:.4f};--mini-width:{width:.3f}mm;"
        f"--mini-picture:{height}mm;--poster-size:{poster.size}pt;"
        f"--poster-leading:{poster.leading}pt;"
        f"--mini-block:{panel.height - HEAD - FOOT - 0.3:.3f}mm}}" + display.custom_properties()
    )


def mini_view(
    section: Section,
    desk: Desk,
    references: References,
    fit: MiniFit,
    poster_on: Paper | None = None,
) -> dict[str, object]:
    """What `mini.html` prints.

    Args:
        poster_on: the sheet whose back bears a poster; None for none.
    """
    entry = section.entry
    assert entry is not None
    settings, words, panel = desk.settings, desk.words, desk.geometry.trim
    width, height = picture_size(panel)
    picture = picture_view(entry, desk)
    code = None
    if settings.url:
        code = qr_code(settings.url, words.qr_code.format(url=short_url(settings.url)))
    page = desk.full_folios.get(entry.slug, "")
    places = (settings.edition, words.handout_source_page.format(page=page) if page else "")
    title = ", ".join(part for part in (settings.title, settings.subtitle) if part)
    source = [title, ", ".join(part for part in places if part)]
    return {
        "entry": entry,
        "type": settings.type_of(entry.type),
        "title": bind_short_words(entry.title),
        "picture": picture,
        "drawing": inset_drawing(entry, desk, width, height, CHAIN_INSET),
        "facts": facts_of(entry, desk),
        "lead": _lead(entry, fit),
        "body": body_of(entry, desk, references) if fit.body else "",
        "panels": _panels(apparatus_rows(entry, desk, references), panel, desk),
        "links": link_views(entry.learn_more[:LINKS], desk),
        "poster": _poster(entry, desk, poster_on) if poster_on else "",
        "numbers_note": _numbers_note(desk) if fit.body and desk.full_folios else "",
        "notes": range(fit.notes),
        "lines": range(math.floor((panel.height - HEAD - FOOT - 10) / 8)),
        "source": ". ".join(part for part in source if part),
        "code": code,
        "shown_url": short_url(settings.url) if settings.url else "",
        "free_to_copy": words.free_to_copy.format(licence=settings.licence),
    }


def _poster(entry: Entry, desk: Desk, sheet: Paper) -> str:
    """The entry's drawing as large as the sheet lets it be."""
    width, height = sheet.width - 2 * POSTER_SIDE, sheet.height * POSTER_SHARE
    inset = POSTER_SIDE / 2
    measure = width - 2 * inset
    return drawing_of(entry, desk, width=width, height=height, text_left=inset, measure=measure)


def _numbers_note(desk: Desk) -> str:
    """Whose the page numbers in the running text are."""
    settings, words = desk.settings, desk.words
    form = words.handout_numbers_edition if settings.edition else words.handout_numbers
    return form.format(title=settings.title, edition=settings.edition)


def _display(entry: Entry, panel: Paper) -> Display:
    return fit_display(
        bind_short_words(entry.title), TITLE_STEPS, panel.width - 2 * SIDE, TITLE_ROOM
    )


def _paragraphs(html: str) -> list[str]:
    """Its paragraphs, each with its tags."""
    return [part for part in re.split(r"(?<=</p>)\s*", html) if part.strip()]


def _lead(entry: Entry, fit: MiniFit) -> tuple[str, ...]:
    """The lead, in two parts where it needs two panels: broken between paragraphs or sentences."""
    parts = _paragraphs(entry.lead)[: fit.paragraphs]
    if not parts:
        return ()
    lengths = [len(plain(part)) for part in parts]
    if not fit.balanced or sum(lengths) * fit.scale**2 < SHORT_LEAD:
        return (bind_last_words("".join(parts)),)
    if len(parts) == 1:
        return tuple(bind_last_words(half) for half in _halves(parts[0]))
    splits = range(1, len(parts))
    at = min(splits, key=lambda split: abs(sum(lengths[:split]) - sum(lengths[split:])))
    return tuple(bind_last_words("".join(half)) for half in (parts[:at], parts[at:]))


def _halves(paragraph: str) -> tuple[str, ...]:
    """A paragraph in two, between the sentences nearest its middle that are in no inline tag."""
    ends = [
        match.end()
        for match in _SENTENCE.finditer(paragraph)
        if paragraph.count("<", 0, match.end()) == 2 * paragraph.count("</", 0, match.end()) + 1
    ]
    if not ends:
        return (paragraph,)
    at = min(ends, key=lambda end: abs(2 * end - len(paragraph)))
    return paragraph[:at].rstrip() + "</p>", "<p>" + paragraph[at:].lstrip()


def _panels(rows: Sequence[Row], panel: Paper, desk: Desk) -> tuple[Panel, ...]:
    """The lists on three panels at most; neighbours share one where there are more."""
    groups = [[row] for row in rows]
    measure = panel.width - 2 * SIDE
    while len(groups) > LIST_PANELS:
        sums = [_height(one, measure) + _height(two, measure) for one, two in pairwise(groups)]
        # Of equal neighbours the last: values and solutions keep panels of their own.
        at = len(sums) - 1 - min(range(len(sums)), key=lambda n: sums[::-1][n])
        groups[at : at + 2] = [groups[at] + groups[at + 1]]
    return tuple(_panel(group, panel, measure, desk) for group in groups)


def _panel(group: Sequence[Row], panel: Paper, measure: float, desk: Desk) -> Panel:
    """Lists cut to the room there is, with beads at the foot where one list leaves it."""
    room = mm_to_pt(panel.height - HEAD - FOOT) / LIST_LINE
    rows, more = list(group), 0
    while _height(rows, measure) + (1 if more else 0) > room:
        longest = max(range(len(rows)), key=lambda n: len(rows[n].references))
        rows[longest] = replace(rows[longest], references=rows[longest].references[:-1])
        more += 1
    beads = ""
    if len(rows) == 1 and not more:
        kind, count = rows[0].type, len(rows[0].references)
        per_row = min(BEADS_MOST, max(BEADS_LEAST, count))
        height = math.ceil(count / per_row) * measure / per_row
        left = room - _height(rows, measure) - mm_to_pt(height) / LIST_LINE
        if left > 1:
            shapes = [(kind.shape, kind.mark)] * count
            beads = bead_rows(
                shapes, per_row=per_row, measure=measure, share=BEAD_SHARE, style=desk.drawn
            )
    return Panel(tuple(rows), beads, more)


def _height(rows: Sequence[Row], measure: float) -> float:
    """Lines that lists take, their heads counted."""
    room = mm_to_pt(measure)
    lines = sum(
        max(1, math.ceil(text_width(one.title, LIST_SIZE) / room))
        for row in rows
        for one in row.references
    )
    return lines + HEAD_LINES * len(rows) + 0.6 * (len(rows) - 1)
