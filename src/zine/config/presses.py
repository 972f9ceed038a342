"""Inks, profiles and marks of editions for paper, as book.yaml asks for them."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

from zine.config.model import EditionIn
from zine.config.problems import Problems
from zine.content.files import inside
from zine.content.positions import Key
from zine.diagnostics import did_you_mean
from zine.settings import Colour

READ, PRESS = "read", "press"
# Marks of a page on its own; a booklet's sheets have more.
PAGE_MARKS = ("crop", "registration", "none")


class PressKeys(TypedDict, total=False):
    """What an edition says about its inks."""

    colour: Colour
    profile: Path | None
    condition: str
    marks: tuple[str, ...]


def press_keys(fields: EditionIn, kind: str, at: Key, problems: Problems) -> PressKeys:
    """The inks of an edition; keys that mean nothing for its kind are errors."""
    colour = fields.colour or Colour.COLOUR
    if kind == READ and colour is Colour.CMYK:
        message = "a file for screens has no inks"
        problems.add("edition-kind", message, (*at, "colour"), "kind: press, or kind: booklet")
    for key in ("profile", "condition"):
        if getattr(fields, key) and colour is not Colour.CMYK:
            message = f"“{key}” is for editions of “colour: cmyk”"
            problems.add("edition-kind", message, (*at, key), "take it out", key=True)
    keys = PressKeys(
        colour=colour,
        profile=_profile(fields.profile, (*at, "profile"), problems),
        condition=fields.condition,
    )
    if kind == PRESS:
        keys["marks"] = _marks(fields, (*at, "marks"), problems)
    return keys


def _marks(fields: EditionIn, at: Key, problems: Problems) -> tuple[str, ...]:
    names = tuple(mark.casefold() for mark in fields.marks if mark) or ("crop",)
    for name in names:
        if name not in PAGE_MARKS:
            message = f"there is no mark “{name}” on a page of its own"
            problems.add("mark-unknown", message, at, did_you_mean(name, PAGE_MARKS))
    return () if "none" in names else names


def _profile(name: str, at: Key, problems: Problems) -> Path | None:
    """The ICC profile of that name beside book.yaml."""
    if not name:
        return None
    found = inside("book", name)
    path = problems.project / found if found else None
    if path is None or not path.is_file():
        message = f"there is no profile {name} beside book.yaml"
        hint = "ask the printer for the ICC profile of the press, and put it there"
        problems.add("profile-missing", message, at, hint)
        return None
    if not _of_a_press(path):
        message = f"the file {name} is no ICC profile of a CMYK press"
        problems.add("profile-wrong", message, at, "ask the printer for the right one")
        return None
    if not path.resolve().is_relative_to(problems.project.resolve()):
        message = f"the file “{name}” is a link that leads outside the project"
        problems.add("file-outside", message, at, "put the file itself beside book.yaml")
        return None
    return path


def _of_a_press(path: Path) -> bool:
    """Whether a file begins as an ICC profile of CMYK does (ICC.1:2022 §7.2)."""
    with path.open("rb") as file:
        head = file.read(40)
    return head[16:20] == b"CMYK" and head[36:40] == b"acsp"
