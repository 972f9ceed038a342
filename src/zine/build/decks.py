"""Decks: every entry on a card, its picture in front and its words behind."""

from __future__ import annotations

from collections.abc import Sequence

from zine.build.pieces import PieceMaker
from zine.build.steps import Workshop
from zine.content.entry import Entry
from zine.diagnostics import Finding, Place, warning
from zine.impose.fitting import laid
from zine.paper import Paper
from zine.settings import EditionSpec
from zine.typeset.views.card import (
    card_fits,
    card_holds,
    card_rules,
    card_view,
    picture_size,
)

GRID = (2, 4)


def card_of(sheet: Paper, grid: tuple[int, int] = GRID) -> Paper:
    """The card of which a grid (rows, columns) fills the sheet: a7 for eight on A4."""
    rows, columns = grid
    lies = laid(sheet, landscape=columns > rows)
    return Paper(f"{sheet.name}-card", lies.width / columns, lies.height / rows)


def deck_pages(
    workshop: Workshop, entries: Sequence[Entry], card: Paper, title: str, edition: EditionSpec
) -> tuple[bytes, int]:
    """A PDF of front and back of every card, in the order of the entries, and its pages."""
    maker = PieceMaker(
        workshop, card, entries, picture_size(card), "card.html", card_view, card_rules, edition
    )
    fitted = maker.fitted({one: card_fits(one, card) for one in entries}, card_holds, "card")
    workshop.note(
        _cut(entry, held=card_holds(made), shortened=fit.paragraphs is not None)
        for entry, (fit, made) in fitted.items()
        if fit.paragraphs is not None or not card_holds(made)
    )
    return maker.bound({entry: made for entry, (_, made) in fitted.items()}, title)


def _cut(entry: Entry, *, held: bool, shortened: bool) -> Finding:
    what = "lost its last paragraphs" if held else "runs over the foot of its card"
    return warning(
        "card-shortened",
        f"the lead of “{entry.title}” is too long for a card and {what}",
        Place(entry.place.path),
        "shorten it, or print larger cards, such as grid: 2x2",
    )
