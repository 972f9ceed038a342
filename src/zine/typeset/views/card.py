"""The view of a card: one entry, its picture in front and its words behind."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from zine.compiler.publication import Section
from zine.content.entry import Entry
from zine.drawing import bead_rows
from zine.paper import Paper
from zine.typeset.display import fit_display
from zine.typeset.job import Typeset
from zine.typeset.views.desk import Desk
from zine.typeset.views.entry import inset_drawing, picture_view
from zine.typeset.wording import bind_last_words, bind_short_words

SIDE, HEAD, FOOT = 7.0, 7.0, 7.0  # mm; what is nearer to the edge a knife or a printer may take
PICTURE_INSET, CHAIN_INSET = 5.0, 4.0
PICTURE_SHARE = 0.54  # of the card's height
TITLE_STEPS = ((40, 38), (33, 32), (27, 25.5), (23, 22), (20, 20), (17, 17.5), (14, 15))
TEXT_SIZE, TEXT_LEAST, TEXT_MOST = 9.6, 8.0, 13.5  # pt
BEADS_ROW, BEAD = 13, 4.4  # beads to a row at most, mm from one to the next at most
_STEPS = 6
SIDES = 2
_OVER_FOOT = 5.0  # pt


@dataclass(frozen=True)
class CardFit:
    """How the words of a card are made to fit.

    Args:
        size: of the text, pt.
        paragraphs: of the lead, from the first; None is all.
    """

    size: float = TEXT_SIZE
    paragraphs: int | None = None


def card_fits(entry: Entry, card: Paper) -> tuple[CardFit, ...]:
    """What is tried, best first: the whole lead from large to small, then fewer paragraphs."""
    most = TEXT_MOST if card.width > 90 else TEXT_SIZE + 1.4
    steps = [most - step * (most - TEXT_LEAST) / _STEPS for step in range(_STEPS + 1)]
    fewer = range(len(_paragraphs(entry.lead)) - 1, 0, -1)
    return (
        *(CardFit(round(size, 2)) for size in steps),
        *(CardFit(TEXT_LEAST, paragraphs) for paragraphs in fewer),
    )


def picture_size(card: Paper) -> tuple[float, float]:
    """Width and height of the picture in front, mm."""
    return card.width - 2 * PICTURE_INSET, round(card.height * PICTURE_SHARE, 2)


def card_rules(entry: Entry, card: Paper, fit: CardFit) -> str:
    """The rules of one card."""
    width, height = picture_size(card)
    room = card.height - PICTURE_INSET - height - FOOT - 8
    display = fit_display(bind_short_words(entry.title), TITLE_STEPS, card.width - 2 * SIDE, room)
    return (
        f"@page{{size:{card.width:.4f}mm {card.height:.4f}mm;bleed:0}}html{{break-before:right}}"
        f":root{{--margin-head:{HEAD}mm;--margin-inner:{SIDE}mm;--margin-outer:{SIDE}mm;"
        f"--margin-foot:{FOOT}mm;--card-size:{fit.size}pt;--card-leading:{1.4 * fit.size:.2f}pt;"
        f"--card-width:{width:.3f}mm;--card-picture:{height}mm;"
        f"--card-block:{card.height - HEAD - FOOT - 0.3:.3f}mm}}" + display.custom_properties()
    )


def card_holds(section: Typeset) -> bool:
    """Whether a card has two sides and its words end above its foot."""
    end, foot = section.anchors.get("_card-end"), section.anchors.get("_card-foot")
    if section.pages != SIDES or end is None or foot is None:
        return section.pages == SIDES
    return end.bottom <= foot.top - _OVER_FOOT


def card_view(section: Section, desk: Desk, fit: CardFit) -> dict[str, object]:
    """What `card.html` prints."""
    entry = section.entry
    assert entry is not None
    card = desk.geometry.trim
    width, height = picture_size(card)
    kinds = [kind for kind in desk.relation_types if desk.library.related(entry).get(kind.id)]
    related = [item for kind in kinds for item in desk.library.related(entry)[kind.id]]
    entries = [item.entry for item in related if item.entry]
    beads = [
        (kind.shape, kind.mark) for kind in kinds for _ in desk.library.related(entry)[kind.id]
    ]
    measure = card.width - 2 * SIDE
    per_row = max(min(len(beads), BEADS_ROW), math.floor(measure / BEAD), 1)
    return {
        "entry": entry,
        "type": desk.settings.type_of(entry.type),
        "title": bind_short_words(entry.title),
        "picture": picture_view(entry, desk),
        "drawing": inset_drawing(entry, desk, width, height, CHAIN_INSET),
        "lead": bind_last_words("".join(_paragraphs(entry.lead)[: fit.paragraphs])),
        "counted": desk.counted(entries),
        "beads": _beads(beads, per_row, measure, desk) if beads else "",
    }


def _beads(beads: list[tuple[str, str]], per_row: int, measure: float, desk: Desk) -> str:
    return bead_rows(beads, per_row=per_row, measure=measure, style=desk.drawn)


def _paragraphs(html: str) -> list[str]:
    return [part for part in re.split(r"(?<=</p>)\s*", html) if part.strip()]
