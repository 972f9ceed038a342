"""Entry types: the four that every project has, changed and added to by book.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from slugify import slugify

from zine.config.model import TypeIn
from zine.config.problems import Problems
from zine.content.entry import EntryType
from zine.content.positions import Key
from zine.diagnostics import did_you_mean
from zine.drawing import SHAPES, unit_path
from zine.settings import BLACK, WHITE

# look.md, "Types": shapes and colours measured for grey copies and contrast.
DEFAULT_TYPES = (
    EntryType("value", "Value", "Values", "values", "star", "#FFC21A", BLACK, BLACK),
    EntryType("theory", "Theory", "Theories", "theories", "circle", "#2337B5", WHITE, "#2337B5"),
    EntryType(
        "solution", "Solution", "Solutions", "solutions", "square", "#D1311A", WHITE, "#D1311A"
    ),
    EntryType("story", "Story", "Stories", "stories", "triangle", "#00756B", WHITE, "#00756B"),
)
_SPARE_SHAPES = SHAPES[len(DEFAULT_TYPES) :]
# Dark enough for white type (4.5 and more), apart from the four in hue.
_SPARE_COLOURS = ("#7A2E8C", "#8A4B08", "#3F5F00", "#9C1F5C", "#4A4A4A", "#005F8A")

# A mark smaller than 3 mm needs this contrast with the paper (WCAG 2.2, 1.4.11).
_MARK_CONTRAST = 3.0
_COLOUR = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_RESERVED_FOLDERS = ("images",)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours "#RRGGBB", 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def plural_of(word: str) -> str:
    """The English plural of a regular noun."""
    if re.search(r"[^aeiou]y$", word, re.IGNORECASE):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search(r"(s|x|z|ch|sh)$", word, re.IGNORECASE) else f"{word}s"


def make_types(given: Mapping[str, TypeIn | None], problems: Problems) -> tuple[EntryType, ...]:
    """The types of a project: the four first, changed where `types:` says so, then its own."""
    made = {one.id: one for one in DEFAULT_TYPES}
    for name, value in given.items():
        at: Key = ("types", name)
        if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
            hint = f"write it as “{slugify(name) or 'principle'}”; its words go under singular:"
            message = f"“{name}” cannot be the id of a type"
            problems.add("type-id", message, at, hint, key=True)
            continue
        fields = value or TypeIn()
        base = made.get(name) or _fresh(name, fields, list(made.values()))
        made[name] = _changed(base, fields, at, problems)
    _refuse_shared_folders(made, problems)
    return tuple(made.values())


def _fresh(name: str, fields: TypeIn, others: list[EntryType]) -> EntryType:
    singular = fields.singular or name.replace("-", " ").capitalize()
    plural = fields.plural or plural_of(singular)
    own = len(others) - len(DEFAULT_TYPES)
    used = {one.shape for one in others}
    fallback = _SPARE_SHAPES[own % len(_SPARE_SHAPES)]
    shape = next((s for s in _SPARE_SHAPES if s not in used), fallback)
    colours = {one.fill for one in others}
    again = _SPARE_COLOURS[own % len(_SPARE_COLOURS)]
    fill = next((c for c in _SPARE_COLOURS if c not in colours), again)
    base = EntryType(name, singular, plural, slugify(plural), shape, fill, WHITE, fill)
    return _coloured(base, fill)


def _changed(base: EntryType, fields: TypeIn, at: Key, problems: Problems) -> EntryType:
    singular = fields.singular or base.singular
    folder = slugify(fields.folder) if fields.folder else base.folder
    if fields.folder and folder != fields.folder:
        message = f"“{fields.folder}” cannot be the name of a folder"
        problems.add("type-folder", message, (*at, "folder"), f"write it as “{folder}”")
    plural = fields.plural
    if not plural:
        plural = plural_of(singular) if fields.singular else base.plural
    if fields.shape and fields.shape not in SHAPES:
        message = f"there is no shape “{fields.shape}”"
        problems.add("shape-unknown", message, (*at, "shape"), did_you_mean(fields.shape, SHAPES))
    shape = fields.shape if fields.shape in SHAPES else base.shape
    shape = _own_shape(fields, at, problems) or shape
    changed = replace(base, singular=singular, plural=plural, folder=folder, shape=shape)
    fill = _colour(fields.colour, (*at, "colour"), problems)
    if fill:
        changed = _coloured(changed, fill)
    on = _colour(fields.on, (*at, "on"), problems)
    mark = _colour(fields.mark, (*at, "mark"), problems)
    return replace(changed, on=on or changed.on, mark=mark or changed.mark)


def _own_shape(fields: TypeIn, at: Key, problems: Problems) -> str:
    """The shape that a type's path draws, or ""."""
    if not fields.path:
        return ""
    if fields.shape:
        message = "a type has either a shape or a path"
        problems.add("shape-twice", message, (*at, "path"), "take one of them out")
        return ""
    try:
        return unit_path(fields.path)
    except ValueError as problem:
        hint = "draw one closed outline, compact and without holes, as a logo stamp has it"
        problems.add("shape-path", f"this path makes no shape: {problem}", (*at, "path"), hint)
        return ""


def _coloured(base: EntryType, fill: str) -> EntryType:
    on = WHITE if contrast(fill, WHITE) >= contrast(fill, BLACK) else BLACK
    mark = fill if contrast(fill, WHITE) >= _MARK_CONTRAST else BLACK
    return replace(base, fill=fill, on=on, mark=mark)


def _colour(text: str, at: Key, problems: Problems) -> str:
    """The colour as "#RRGGBB"; "" where none is given."""
    if not text:
        # To YAML an unquoted # starts a comment, and the colour is gone without a word.
        unquoted = re.match(r"\s*#\s*([0-9a-fA-F]{3,6})\b", problems.source(at))
        if unquoted:
            hint = f'put it in quotes: "#{unquoted[1]}"'
            message = "to YAML a # without quotes starts a comment"
            problems.add("colour-unquoted", message, at, hint)
        return ""
    found = _COLOUR.fullmatch(text)
    if found is None:
        hint = 'write it as "#2337B5", in quotes'
        problems.add("colour-unknown", f"“{text}” is no colour", at, hint)
        return ""
    digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    return f"#{digits.upper()}"


def _refuse_shared_folders(made: Mapping[str, EntryType], problems: Problems) -> None:
    owners: dict[str, str] = {}
    for one in made.values():
        at: Key = ("types", one.id)
        if one.folder in _RESERVED_FOLDERS:
            message = f"the folder “{one.folder}” is kept for pictures"
            problems.add("type-folder", message, at, "choose another folder", key=True)
        owner = owners.setdefault(one.folder, one.id)
        if owner != one.id:
            message = f"the types “{owner}” and “{one.id}” have the same folder “{one.folder}”"
            problems.add("type-folder", message, at, "give one of them another folder:", key=True)


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
