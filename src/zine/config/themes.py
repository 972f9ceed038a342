"""Themes: small files of differences in styles/themes/, read and put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from zine.config.model import Blank, Measure
from zine.content.files import read_text, shown_path
from zine.content.positions import Document, load_yaml
from zine.content.validation import Strict, Text, validate
from zine.diagnostics import Finding, UsageError, ZineError, did_you_mean, error
from zine.paper import parse_paper
from zine.resources import Resources
from zine.settings import STANDARD, Pictures, Theme
from zine.units import length, mm_to_pt

FOLDER = "themes"
_LEAST_LINE, _MOST_LINE = 9.0, 60.0  # pt


class MarginsIn(Strict):
    """The margins of a theme."""

    head: Measure = ""
    foot: Measure = ""
    inner: Measure = ""
    outer: Measure = ""


class ThemeIn(Strict):
    """Every key of a theme's .yaml file."""

    outline: Annotated[bool | None, Blank] = None
    black: Annotated[bool | None, Blank] = None
    tabs: Annotated[bool | None, Blank] = None
    pictures: Annotated[Pictures | None, Blank] = None
    trim: Text = ""
    line: Measure = ""
    margins: Annotated[
        MarginsIn, BeforeValidator(lambda value: value or {}), Field(default_factory=MarginsIn)
    ]
    picture: Measure = ""
    columns: Annotated[int | None, Blank, Field(ge=1, le=2)] = None
    text: Text = ""
    display: Text = ""
    weight: Annotated[int | None, Blank, Field(ge=100, le=900)] = None


def theme_names(project: Path) -> tuple[str, ...]:
    """All themes there are, the project's own among them."""
    styles = Resources("styles", project)
    names = {
        name.removeprefix(f"{FOLDER}/").rpartition(".")[0]
        for suffix in (".yaml", ".css")
        for name in styles.names(suffix)
        if name.startswith(f"{FOLDER}/")
    }
    return tuple(sorted(names))


def make_theme(names: Sequence[str], project: Path) -> Theme:
    """Several themes put together; where two say the same, the later one is heard.

    Raises:
        UsageError: there is no such theme ("theme-unknown"), or its file is wrong; all findings.
    """
    styles = Resources("styles", project)
    made, found = STANDARD, list[Finding]()
    for name in names:
        settings = styles.find(f"{FOLDER}/{name}.yaml")
        sheet = styles.find(f"{FOLDER}/{name}.css")
        if settings is None and sheet is None:
            hint = did_you_mean(name, theme_names(project))
            found.append(error("theme-unknown", f"there is no theme “{name}”", hint=hint))
            continue
        changes: dict[str, Any] = {}
        if settings:
            changes, wrong = _read(settings, project)
            found += wrong
        sheets = (*made.sheets, f"{FOLDER}/{name}.css") if sheet else made.sheets
        whole = f"{made.name}+{name}".strip("+")
        made = replace(made, **changes, name=whole, sheets=sheets)
    if found:
        raise UsageError(found)
    return made


def _read(path: Path, project: Path) -> tuple[dict[str, Any], Iterable[Finding]]:
    """What a theme's file changes, and what is wrong with it."""
    shown = shown_path(path, project)
    try:
        document = load_yaml(read_text(path, shown), shown)
    except ZineError as problem:
        return {}, problem.findings
    known = {(): tuple(ThemeIn.model_fields), ("margins",): tuple(MarginsIn.model_fields)}
    given, found = validate(ThemeIn, document, known)
    if given is None:
        return {}, found
    changes: dict[str, Any] = {
        name: getattr(given, name)
        for name in ("outline", "black", "tabs", "pictures", "columns", "text", "display", "weight")
        if getattr(given, name) not in (None, "")
    }
    for name in MarginsIn.model_fields:
        if text := getattr(given.margins, name):
            changes[name] = _length(text, document, ("margins", name), found)
    if given.picture:
        changes["picture"] = _length(given.picture, document, ("picture",), found)
    if given.line:
        line = _length(given.line, document, ("line",), found, default="pt")
        changes["line"] = mm_to_pt(line)
        if not _LEAST_LINE <= changes["line"] <= _MOST_LINE:
            place = document.place(("line",))
            message = f"a grid of {given.line} cannot be read"
            found.append(error("value-wrong", message, place, "the house's is 13.5pt"))
    if given.trim:
        try:
            changes["trim"] = parse_paper(given.trim)
        except UsageError as problem:
            place = document.place(("trim",))
            found += [replace(one, place=place) for one in problem.findings]
    assert set(changes) <= {one.name for one in fields(Theme)}
    return changes, found


def _length(
    text: str, document: Document, at: tuple[str, ...], found: list[Finding], default: str = "mm"
) -> float:
    """A length in mm; 0 with a finding where it is none."""
    value = length(text, default)
    if value is None:
        hint = "write it as 20mm, 0.75in or 27pt"
        found.append(error("value-wrong", f"“{text}” is no length", document.place(at), hint))
        return 0.0
    return value
