"""Editions made of pieces: a mini zine of every entry, a deck of cards of all of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from zine.build.decks import GRID, card_of, deck_pages
from zine.build.minis import mini_pages, panel_of
from zine.build.report import Made, Request
from zine.build.sheets import (
    Pages,
    flip_of,
    instructed,
    instructions_for,
    on_sheets,
    sheet_of,
)
from zine.build.steps import Workshop
from zine.compiler.publication import Publication
from zine.content.entry import Entry
from zine.impose.options import Options
from zine.impose.registry import make_plan
from zine.paper import PAPERS, SHEET_FOR_TRIM, Paper
from zine.settings import EditionSpec, Settings

MINI, CARDS = "mini", "cards"
PIECES = (MINI, CARDS)
# mm at the edges of panels and cards on which nothing stands (styles/mini.css, styles/card.css).
WHITE = 5.0


def pieces(
    workshop: Workshop,
    publication: Publication,
    edition: EditionSpec,
    request: Request,
    out: Path,
) -> list[Made]:
    """The files of such an edition."""
    if edition.kind == MINI:
        folder = out / edition.name
        return mini_zines(workshop, publication.entries, edition, request, folder)
    settings = workshop.project.settings
    sheet = _sheet(edition, request, settings)
    grid = edition.grid or GRID
    card = card_of(sheet, grid)
    pdf, count = deck_pages(workshop, publication.entries, card, publication.title, edition)
    pages = Pages(publication.title, pdf, count, card, white=WHITE)
    path = deck_path(out, publication.name, edition, request, settings)
    return on_sheets(workshop, pages, replace(edition, grid=grid), request, sheet, path)


def mini_zines(
    workshop: Workshop,
    entries: tuple[Entry, ...],
    edition: EditionSpec,
    request: Request,
    folder: Path,
    *,
    name: str = "",
) -> list[Made]:
    """A mini zine of each entry in a folder, and one sheet of instructions.

    Args:
        name: stands between slug and paper in the names of the files: <slug>-<name><paper>.pdf.
    """
    sheet = _sheet(edition, request, workshop.project.settings)
    panel = panel_of(sheet)
    silent = replace(request, instructions=False)
    made: list[Made] = []
    for entry, pdf, count in mini_pages(workshop, entries, sheet, edition):
        pages = Pages(entry.title, pdf, count, panel, white=WHITE)
        path = folder / f"{entry.slug}-{name}{sheet.name}.pdf"
        made += on_sheets(workshop, pages, edition, silent, sheet, path)
    if made and instructed(edition, request):
        title = workshop.project.settings.title
        poster, rtl = int(edition.poster), workshop.project.settings.rtl
        options = Options(
            form=edition.form or None, poster=poster, flip=flip_of(edition, request), rtl=rtl
        )
        plan = make_plan("mini", 8 + poster, options)
        path = folder / f"{edition.name}-{sheet.name}.pdf"
        made.append(instructions_for(workshop, title, plan, sheet, path, edition, panel, request))
    return made


def deck_path(
    out: Path, stem: str, edition: EditionSpec, request: Request, settings: Settings
) -> Path:
    """Where a deck is written."""
    return out / f"{stem}-{edition.name}-{_sheet(edition, request, settings).name}.pdf"


def _sheet(edition: EditionSpec, request: Request, settings: Settings) -> Paper:
    """The sheet asked for, else the one on which two pages of the book lie."""
    pair = PAPERS[SHEET_FOR_TRIM.get(settings.trim.name, "a4")]
    return sheet_of(edition, request) or pair
