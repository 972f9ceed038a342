"""What an edition says of its sheets beyond their scheme: variant, grid, gaps, cover, poster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TypedDict

from zine.config.model import EditionIn
from zine.config.problems import Problems
from zine.content.positions import Key
from zine.diagnostics import UsageError, did_you_mean
from zine.impose.registry import SCHEMES
from zine.impose.wishes import grid_named
from zine.units import length

# The scheme of a kind of edition that has one of its own.
OWN_SCHEMES = {"mini": "mini", "cards": "cards"}
_MOST_GAP = 50.0
# Keys that only some kinds of editions have.
_KINDS = {
    "form": ("booklet", "mini", "cards"),
    "grid": ("booklet", "cards"),
    "gap": ("booklet",),
    "cover": ("booklet",),
    "poster": ("mini",),
}


class SheetKeys(TypedDict, total=False):
    """Fields of an `EditionSpec`."""

    form: str
    grid: tuple[int, int] | None
    gap: float
    cover: str
    poster: bool


def sheet_keys(fields: EditionIn, kind: str, at: Key, problems: Problems) -> SheetKeys:
    """The keys; one that the kind or the scheme does not have is an error at its place."""
    name = (fields.scheme or OWN_SCHEMES.get(kind, "saddle")).strip().casefold()
    scheme = SCHEMES.get(name.replace("_", "-").replace(" ", "-"))
    keys = SheetKeys()
    for key, kinds in _KINDS.items():
        if getattr(fields, key) and kind not in kinds:
            which = " or ".join(f"“{one}”" for one in kinds)
            message = f"“{key}” is for editions of the kind {which}"
            problems.add("edition-kind", message, (*at, key), "take it out", key=True)
            return keys
    for key in ("form", "grid", "gap"):
        if getattr(fields, key) and scheme and key not in scheme.takes:
            message = f"the scheme “{scheme.name}” has no “{key}”"
            takers = [one.name for one in SCHEMES.values() if key in one.takes]
            hint = f"these have: {', '.join(takers)}"
            problems.add("scheme-option", message, (*at, key), hint, key=True)
            return keys
    if fields.form and scheme and fields.form not in scheme.forms:
        message = f"the scheme “{scheme.name}” has no form “{fields.form}”"
        hint = did_you_mean(fields.form, scheme.forms)
        problems.add("scheme-option", message, (*at, "form"), hint)
    keys["form"] = fields.form
    if fields.grid:
        with found_at((*at, "grid"), problems):
            keys["grid"] = grid_named(fields.grid)
    gap = length(fields.gap) if fields.gap else 0.0
    if gap is None or gap > _MOST_GAP:
        message = f"“{fields.gap}” is no gap between pages"
        problems.add("value-wrong", message, (*at, "gap"), "write it as 6mm")
        gap = 0.0
    keys["gap"] = gap
    keys["cover"] = fields.cover or ""
    keys["poster"] = bool(fields.poster)
    return keys


@contextmanager
def found_at(at: Key, problems: Problems) -> Iterator[None]:
    """What is wrong with a value is noted with its place."""
    try:
        yield
    except UsageError as problem:
        place = problems.place(at)
        problems.found += [replace(one, place=one.place or place) for one in problem.findings]
