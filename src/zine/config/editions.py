"""Editions and paper as book.yaml asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypedDict

from slugify import slugify

from zine.config.model import EditionIn
from zine.config.presses import press_keys
from zine.config.problems import Problems
from zine.config.sheetkeys import OWN_SCHEMES, found_at, sheet_keys
from zine.config.themes import make_theme
from zine.content.positions import Key
from zine.diagnostics import did_you_mean
from zine.impose.creep import DEFAULT_PAPER, caliper, creep_step
from zine.impose.registry import SCHEMES, scheme_named
from zine.impose.wishes import marks_named
from zine.paper import PAPERS, Paper, parse_paper
from zine.settings import STANDARD, EditionSpec, Theme
from zine.units import length

READ, BOOKLET, PRESS, MINI, CARDS = "read", "booklet", "press", "mini", "cards"
KINDS = (READ, BOOKLET, PRESS, MINI, CARDS)
STOCK: Mapping[str, Mapping[str, object]] = {
    READ: {"kind": READ},
    BOOKLET: {"kind": BOOKLET},
    "low-ink": {"kind": BOOKLET, "theme": ["low-ink"]},
    "mono": {"kind": BOOKLET, "theme": ["mono"]},
    "large-print": {"kind": READ, "theme": ["large-print"]},
    PRESS: {"kind": PRESS},
    "press-greyscale": {"kind": PRESS, "colour": "greyscale"},
    "press-cmyk": {"kind": PRESS, "colour": "cmyk"},
    MINI: {"kind": MINI},
    CARDS: {"kind": CARDS},
}
"""Editions that every book has without a word; `editions:` may change what they say."""
DEFAULT_BLEED = 3.0
_MOST_BLEED = 20.0
_MOST_MARGIN = 30.0
_LEAST_TRIM = 40.0


def make_editions(
    given: Mapping[str, EditionIn | None], problems: Problems
) -> tuple[EditionSpec, ...]:
    """The editions in order; `read` and `booklet` where `editions:` is absent."""
    made = []
    for name, value in (given or {READ: None, BOOKLET: None}).items():
        at: Key = ("editions", name)
        if not name or slugify(name) != name:
            hint = f"write it as “{slugify(name) or BOOKLET}”; file names are made of it"
            message = f"“{name}” cannot be the name of an edition"
            problems.add("edition-name", message, at, hint, key=True)
            continue
        fields = _filled(name, value)
        if not fields.kind:
            kinds = ", ".join(f"“kind: {kind}”" for kind in KINDS)
            hint = f"add one of {kinds}. {did_you_mean(name, list(STOCK))}"
            message = f"the edition “{name}” does not say what kind it is"
            problems.add("edition-kind", message, at, hint, key=True)
            continue
        made.append(_edition(name, fields, problems))
    return tuple(made)


def stock_editions(made: tuple[EditionSpec, ...], problems: Problems) -> tuple[EditionSpec, ...]:
    """The editions that can be asked for by name though book.yaml does not list them."""
    listed = {one.name for one in made} | {str(name) for name in _given(problems)}
    return tuple(
        _edition(name, _filled(name, None), problems) for name in STOCK if name not in listed
    )


def _given(problems: Problems) -> Mapping[str, object]:
    data = problems.document.data
    editions = data.get("editions") if isinstance(data, dict) else None
    return editions if isinstance(editions, dict) else {}


def _filled(name: str, value: EditionIn | None) -> EditionIn:
    """What an edition says, with what its name says by itself where it is in `STOCK`."""
    said = value.model_dump(exclude_unset=True) if value else {}
    said = {key: what for key, what in said.items() if what not in (None, "", [])}
    return EditionIn.model_validate({**STOCK.get(name, {}), **said})


def _edition(name: str, fields: EditionIn, problems: Problems) -> EditionSpec:
    at: Key = ("editions", name)
    kind = fields.kind or READ
    folded = kind in (BOOKLET, MINI, CARDS)
    edition = EditionSpec(
        name=name,
        kind=kind,
        place=problems.place(at, key=True),
        paper=paper(fields.paper, (*at, "paper"), problems),
        flip=fields.flip or "short",
        instructions=folded if fields.instructions is None else fields.instructions,
        trim=trim(fields.trim, (*at, "trim"), problems) if fields.trim else None,
        theme=_theme(fields, (*at, "theme"), problems),
        pictures=fields.pictures,
        **_sheets(fields, kind, at, problems),
        **sheet_keys(fields, kind, at, problems),
    )
    return replace(edition, **press_keys(fields, kind, at, problems))


def _theme(fields: EditionIn, at: Key, problems: Problems) -> Theme:
    names = [name.casefold() for name in fields.theme if name]
    with found_at(at, problems):
        return make_theme(names, problems.project)
    return STANDARD


class _Sheets(TypedDict, total=False):
    """What an edition says about its sheets."""

    scheme: str
    sheets: int | None
    creep: float
    caliper: float
    marks: tuple[str, ...]
    margin: float


def _sheets(fields: EditionIn, kind: str, at: Key, problems: Problems) -> _Sheets:
    """The sheets of a booklet; keys that are only for those are an error elsewhere."""
    if kind != BOOKLET:
        for key in ("scheme", "sheets", "creep", "stock", "marks", "margin"):
            beside = ("marks",) if kind == PRESS else ("marks", "margin")
            if getattr(fields, key) and (kind == READ or key not in beside):
                message = f"“{key}” is for editions of the kind “{BOOKLET}”"
                problems.add("edition-kind", message, (*at, key), "take it out", key=True)
    if kind in (READ, PRESS):
        return {}
    press = _Sheets(sheets=fields.sheets, margin=_margin(fields.margin, (*at, "margin"), problems))
    with found_at((*at, "scheme"), problems):
        scheme = scheme_named(fields.scheme or OWN_SCHEMES.get(kind, "saddle"))
        press["scheme"] = scheme.name
        if fields.sheets is not None and "sheets" not in scheme.takes:
            takers = [one.name for one in SCHEMES.values() if "sheets" in one.takes]
            message = f"the scheme “{scheme.name}” has no number of sheets"
            hint = f"these have: {', '.join(takers)}"
            problems.add("scheme-option", message, (*at, "sheets"), hint, key=True)
        elif fields.sheets is not None and fields.sheets < 1:
            message = "a signature has one sheet at least"
            problems.add("value-wrong", message, (*at, "sheets"), "four is a good number")
    with found_at((*at, "stock"), problems):
        press["caliper"] = caliper(fields.stock or DEFAULT_PAPER)
        with found_at((*at, "creep"), problems):
            press["creep"] = creep_step(fields.creep or "0", fields.stock or DEFAULT_PAPER)
    with found_at((*at, "marks"), problems):
        press["marks"] = tuple(mark.casefold() for mark in fields.marks if mark)
        marks_named(press["marks"])
    return press


def _margin(text: str, at: Key, problems: Problems) -> float:
    """A printer's margin in mm; 0 where none is given."""
    wide = length(text) if text else 0.0
    if wide is None or wide > _MOST_MARGIN:
        message = f"“{text}” is no margin of a printer"
        problems.add("value-wrong", message, at, "write it as 5mm or 0.25in")
        return 0.0
    return wide


def paper(text: str, at: Key, problems: Problems) -> Paper | None:
    """The paper of that name or measure; None where there is none."""
    if not text:
        return None
    with found_at(at, problems):
        return parse_paper(text)
    return None


def trim(text: str, at: Key, problems: Problems) -> Paper:
    """The page; a5 where none is given."""
    found = paper(text, at, problems) or PAPERS["a5"]
    if min(found.width, found.height) < _LEAST_TRIM:
        message = f"a page of {found.width:g} × {found.height:g} mm is too small for the margins"
        problems.add("trim-small", message, at, "the smallest paper that works is a7")
    return found


def bleed(text: str, at: Key, problems: Problems) -> float:
    """The bleed in mm ("3mm", "0.125in", "3"); 3 where none is given."""
    if not text:
        return DEFAULT_BLEED
    wide = length(text)
    if wide is None:
        problems.add("value-wrong", f"“{text}” is no length", at, "write it as 3mm or 0.125in")
        return DEFAULT_BLEED
    if wide > _MOST_BLEED:
        message = f"a bleed of {wide:g} mm is more than any printer asks for"
        problems.add("value-wrong", message, at, "printers ask for 3mm, some for 5mm")
        return DEFAULT_BLEED
    return wide
