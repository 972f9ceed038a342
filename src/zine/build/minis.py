"""Mini zines: one entry on one sheet, eight panels, one slit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zine.build.pieces import PieceMaker
from zine.build.quality import look_over_piece
from zine.build.steps import Workshop
from zine.compiler.publication import Section
from zine.content.entry import Entry
from zine.diagnostics import Finding, Place, warning
from zine.impose.fitting import laid
from zine.paper import Paper
from zine.prove.sight import Box
from zine.settings import EditionSpec
from zine.typeset.job import Typeset
from zine.typeset.views.desk import Desk
from zine.typeset.views.mini import (
    FOOT,
    HEAD,
    PANELS,
    SIDE,
    MiniFit,
    mini_fits,
    mini_rules,
    mini_view,
    picture_size,
)
from zine.units import mm_to_pt

GRID = (2, 4)


def panel_of(sheet: Paper) -> Paper:
    """The eighth of a sheet: 74.25 × 105 mm of A4, 2.75 × 4.25 in of Letter."""
    lies = laid(sheet, landscape=True)
    rows, columns = GRID
    return Paper(f"{sheet.name}-panel", lies.width / columns, lies.height / rows)


def mini_pages(
    workshop: Workshop, entries: Sequence[Entry], sheet: Paper, edition: EditionSpec
) -> list[tuple[Entry, bytes, int]]:
    """For each entry a PDF of eight small pages in reading order, and how many there are.

    A poster is one page more, as large as the sheet.

    Running text is printed where it fits as a whole, else the lead alone; panels that nothing
    needs are left for handwriting. A lead that is too long at 8.5 pt loses its last paragraphs,
    which is a warning.
    """
    panel = panel_of(sheet)

    def view(section: Section, desk: Desk, fit: MiniFit) -> dict[str, object]:
        return mini_view(
            section, desk, desk.references({}), fit, poster_on=sheet if edition.poster else None
        )

    maker = PieceMaker(
        workshop, panel, entries, picture_size(panel), "mini.html", view, mini_rules, edition
    )
    most = PANELS + edition.poster

    def holds(section: Typeset) -> bool:
        return section.pages <= most

    fitted = maker.fitted({one: mini_fits(one) for one in entries}, holds, "mini zine")
    roomy = {
        entry: replace(fit, notes=most - section.pages)
        for entry, (fit, section) in fitted.items()
        if section.pages < most
    }
    made = {entry: section for entry, (_, section) in fitted.items()} | maker.set(
        roomy, "mini zine"
    )
    workshop.note(
        _shortened(entry) for entry, (fit, _) in fitted.items() if fit.paragraphs is not None
    )
    bound = [(entry, *maker.bound({entry: made[entry]}, entry.title)) for entry in entries]
    left, right = mm_to_pt(SIDE), mm_to_pt(panel.width - SIDE)
    area = Box(left, mm_to_pt(HEAD), right, mm_to_pt(panel.height - FOOT))
    for entry, pdf, count in bound:
        areas = [area if at < PANELS else None for at in range(count)]
        found = look_over_piece(pdf, entry, areas, workshop.project, workshop.alphabet)
        workshop.note(found)
    return bound


def _shortened(entry: Entry) -> Finding:
    return warning(
        "mini-shortened",
        f"the lead of “{entry.title}” is too long for a mini zine and lost its last paragraphs",
        Place(entry.place.path),
        f'shorten it, or print the entry as a booklet with zine build --entries "{entry.title}"',
    )
