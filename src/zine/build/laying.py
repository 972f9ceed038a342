"""How an edition's pages lie on its sheets: their size, the sheet, the plan."""

from __future__ import annotations

from dataclasses import replace

from zine.diagnostics import Finding, UsageError, error
from zine.impose.covers import Apart, wrapped
from zine.impose.creep import creeping
from zine.impose.fitting import length_findings, lying, sheet_for
from zine.impose.options import Options
from zine.impose.registry import SCHEMES, make_plan
from zine.impose.sheets import Flip, Plan
from zine.impose.wishes import panelled
from zine.paper import PAPERS, SHEET_FOR_TRIM, TRIM_FOR_SHEET, Paper, paired_sheet, paired_trim
from zine.settings import Colour, EditionSpec, Pictures, Settings
from zine.typeset.tones import Tone

BOOKLET_GRID = (1, 2)
BOOKLET = "booklet"
_UNIVERSAL = "universal"
_SADDLE = "saddle"


def grid_of(edition: EditionSpec) -> tuple[int, int]:
    """Rows and columns of pages on a side, as far as the scheme says so beforehand."""
    return SCHEMES[edition.scheme].grid or BOOKLET_GRID


def trim_on(sheet: Paper | None, trim: Paper, grid: tuple[int, int] = BOOKLET_GRID) -> Paper:
    """The page for a sheet: the book's own where it is the sheet's pair, else the sheet's share.

    A5 on A4 and half-letter on Letter are pairs; a sheet of another size keeps the book's trim.
    The universal trim is made for A4 and Letter, and stays what it is on both.
    """
    if sheet is None:
        return trim
    if grid != BOOKLET_GRID:
        pair = paired_sheet(trim, grid)
        own = pair is not None and pair.name == sheet.name
        return trim if own else paired_trim(sheet, grid) or trim
    if SHEET_FOR_TRIM.get(trim.name) == sheet.name:
        return trim
    if trim.name == _UNIVERSAL and sheet.name in ("a4", "letter"):
        return trim
    half = TRIM_FOR_SHEET.get(sheet.name)
    return PAPERS[half] if half else trim


def own_trim(edition: EditionSpec, settings: Settings) -> Paper:
    """The page of an edition where no sheet is asked for: its own, its theme's, the book's."""
    return edition.trim or edition.theme.trim or settings.trim


def trim_of(edition: EditionSpec, sheet: Paper | None, settings: Settings) -> Paper:
    """The page of an edition on a sheet.

    Pages of a theme that has its own, and are not folded, are as large as the sheet.
    """
    own = own_trim(edition, settings)
    if sheet is None or edition.trim:
        return own
    if edition.kind != BOOKLET and edition.theme.trim:
        return sheet
    return trim_on(sheet, own, grid_of(edition))


def tone_of(edition: EditionSpec) -> Tone:
    """How an edition prints photographs: as it says, else as its theme or its inks ask for."""
    pictures = edition.pictures or edition.theme.pictures
    if pictures is None:
        grey = edition.colour is Colour.GREYSCALE
        pictures = Pictures.GREYSCALE if grey else Pictures.COLOUR
    cmyk = edition.colour is Colour.CMYK and pictures is Pictures.COLOUR
    return Tone(pictures, cmyk, edition.profile if cmyk else None)


def paired(trim: Paper, edition: EditionSpec) -> Paper | None:
    """The sheet for pages of the book's trim where the edition names none."""
    grid = grid_of(edition)
    if grid == BOOKLET_GRID:
        pair = SHEET_FOR_TRIM.get(trim.name)
        return PAPERS[pair] if pair else None
    return paired_sheet(trim, grid)


def paired_or_error(trim: Paper, edition: EditionSpec) -> Paper:
    """As `paired`.

    Raises:
        UsageError: there is none, finding "paper-unpaired".
    """
    pair = paired(trim, edition)
    if pair is None:
        message = f"no sheet is paired with the trim {trim.name}"
        hint = "name one: paper: a4 in the edition, or --paper a4"
        raise UsageError([error("paper-unpaired", message, edition.place, hint)])
    return pair


def plan_for(
    edition: EditionSpec,
    pages: int,
    trim: Paper,
    sheet: Paper,
    *,
    keep_last: bool,
    flip: Flip,
    rtl: bool = False,
) -> Plan:
    """The plan of an edition, lying as its pages need it, creep and all.

    Raises:
        UsageError: the scheme cannot have so many pages, or the pages do not fit on the sheet.
    """
    scheme = SCHEMES[edition.scheme]
    if scheme.name == _SADDLE:
        sheet_for(trim, sheet)  # complains where pages and sheet are no match
    options = options_of(edition, flip, keep_last=keep_last, rtl=rtl)
    plan = make_plan(scheme.name, pages, panelled(scheme.name, options, sheet))
    return creeping(lying(plan, (trim.width_pt, trim.height_pt), sheet), edition.creep)


def options_of(
    edition: EditionSpec, flip: Flip, *, keep_last: bool = False, rtl: bool = False
) -> Options:
    """What an edition asks of its scheme."""
    takes = SCHEMES[edition.scheme].takes
    return Options(
        flip=flip,
        keep_last=keep_last and "keep_last" in takes,
        rtl=rtl and "rtl" in takes,
        sheets=edition.sheets,
        form=edition.form or None,
        grid=edition.grid,
        gap=edition.gap,
        poster=int(edition.poster),
    )


def apart_for(
    edition: EditionSpec,
    pages: int,
    trim: Paper,
    sheet: Paper,
    *,
    flip: Flip,
    rtl: bool = False,
    spined: bool = False,
) -> Apart:
    """Inside and cover of an edition whose cover is a file of its own.

    Args:
        spined: the last page but one is the spine.

    Raises:
        UsageError: there are too few pages, or they do not fit on the sheet; finding "cover-short".
    """
    try:
        apart = wrapped(
            pages,
            trim,
            caliper=edition.caliper,
            scheme=edition.scheme,
            options=panelled(edition.scheme, options_of(edition, flip, rtl=rtl), sheet),
            spined=spined,
        )
    except ValueError as problem:
        raise UsageError([error("cover-short", str(problem), edition.place)]) from problem
    inside = lying(apart.inside, (trim.width_pt, trim.height_pt), sheet)
    return replace(apart, inside=creeping(inside, edition.creep))


def length_notes(plan: Plan) -> tuple[Finding, ...]:
    """Advice on the length of what is stapled through one fold."""
    return length_findings(plan.pages) if plan.scheme == _SADDLE else ()
