"""Editions and paper as book.yaml asks for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from slugify import slugify

from zine.config.model import EditionIn
from zine.config.problems import Problems
from zine.content.positions import Key
from zine.diagnostics import UsageError, did_you_mean
from zine.paper import PAPERS, Paper, parse_paper
from zine.settings import EditionSpec
from zine.units import MM_PER_INCH, pt_to_mm

READ, BOOKLET = "read", "booklet"
DEFAULT_BLEED = 3.0
_MOST_BLEED = 20.0
_LEAST_TRIM = 40.0
_LENGTH = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(mm|cm|in|pt)?", re.IGNORECASE)


def make_editions(
    given: Mapping[str, EditionIn | None], problems: Problems
) -> tuple[EditionSpec, ...]:
    """The editions in order; `read` and `booklet` where `editions:` is absent."""
    made = []
    for name, value in (given or {READ: None, BOOKLET: None}).items():
        at: Key = ("editions", name)
        fields = value or EditionIn()
        if not name or slugify(name) != name:
            hint = f"write it as “{slugify(name) or BOOKLET}”; file names are made of it"
            message = f"“{name}” cannot be the name of an edition"
            problems.add("edition-name", message, at, hint, key=True)
            continue
        kind = fields.kind or (name if name in (READ, BOOKLET) else "")
        if not kind:
            hint = f"add “kind: {READ}” or “kind: {BOOKLET}”. {did_you_mean(name, [READ, BOOKLET])}"
            message = f"the edition “{name}” does not say what kind it is"
            problems.add("edition-kind", message, at, hint, key=True)
            continue
        made.append(
            EditionSpec(
                name=name,
                kind=kind,
                place=problems.place(at, key=True),
                paper=paper(fields.paper, (*at, "paper"), problems),
                flip=fields.flip or "short",
                instructions=bool(fields.instructions),
            )
        )
    return tuple(made)


def paper(text: str, at: Key, problems: Problems) -> Paper | None:
    """The paper of that name or measure; None where there is none."""
    if not text:
        return None
    try:
        return parse_paper(text)
    except UsageError as problem:
        place = problems.place(at)
        problems.found += [replace(finding, place=place) for finding in problem.findings]
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
    match = _LENGTH.fullmatch(text)
    if match is None:
        problems.add("value-wrong", f"“{text}” is no length", at, "write it as 3mm or 0.125in")
        return DEFAULT_BLEED
    number = float(match[1])
    unit = (match[2] or "mm").lower()
    factors = {"mm": 1.0, "cm": 10.0, "in": MM_PER_INCH, "pt": pt_to_mm(1.0)}
    length = number * factors[unit]
    if length > _MOST_BLEED:
        message = f"a bleed of {length:g} mm is more than any printer asks for"
        problems.add("value-wrong", message, at, "printers ask for 3mm, some for 5mm")
        return DEFAULT_BLEED
    return length
