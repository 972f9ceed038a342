"""The keys of book.yaml, validated: the pydantic edge of the configuration."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator

from zine.content.validation import (
    Address,
    Known,
    Listed,
    Strict,
    Text,
    Texts,
    blank_to_none,
    tidy,
)
from zine.diagnostics import did_you_mean
from zine.settings import Colour, Numbering, Outside, Pictures, Starts

ORDERS = ("title", "date", "weight", "given")


def _mapping(value: object) -> object:
    """Blank is an empty mapping; a list of names is a mapping of names to nothing."""
    if value is None or value == "":
        return {}
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return dict.fromkeys(value)
    return value


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, str) and value.strip() else value


def _order(value: object) -> object:
    """One of `ORDERS`, or a list of titles."""
    if value is None or value == "":
        return None
    if isinstance(value, list) and all(one is None or isinstance(one, str) for one in value):
        return [tidy(one) for one in value if one]
    if isinstance(value, str) and value.strip() in ORDERS:
        return value.strip()
    near = did_you_mean(str(value), ORDERS)
    raise ValueError(f"“{value}” is no order\n{near}; a list of titles works too")


Names = Annotated[list[Text], Listed, BeforeValidator(_one_or_more), Field(default_factory=list)]
Blank = BeforeValidator(blank_to_none)


def _number_as_text(value: object) -> object:
    """`margin: 5` is as good as `margin: 5mm`."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value:g}" if number else value


# The validator that stands last is asked first.
Measure = Annotated[Text, BeforeValidator(_number_as_text)]


class TypeIn(Strict):
    """An entry type under `types:`."""

    singular: Text = ""
    plural: Text = ""
    folder: Text = ""
    shape: Text = ""
    path: Text = ""
    colour: Text = ""
    on: Text = ""
    mark: Text = ""


class ChapterIn(Strict):
    """An item of `chapters:`."""

    id: Text = ""
    title: Text = ""
    type: Text = ""
    value: Text = ""
    tag: Text = ""
    by: Annotated[Literal["value"] | None, Blank] = None
    entries: Texts
    group_by: Annotated[Literal["value"] | None, Blank] = None
    order: Annotated[str | list[str] | None, PlainValidator(_order)] = None
    include: Texts
    exclude: Texts
    introduction: Text = ""


class EditionIn(Strict):
    """An edition under `editions:`."""

    kind: Annotated[Literal["read", "booklet", "press", "mini", "cards"] | None, Blank] = None
    paper: Text = ""
    flip: Annotated[Literal["short", "long"] | None, Blank] = None
    instructions: Annotated[bool | None, Blank] = None
    scheme: Text = ""
    sheets: Annotated[int | None, Blank] = None
    creep: Measure = ""
    stock: Text = ""
    marks: Names
    margin: Measure = ""
    trim: Text = ""
    theme: Names
    pictures: Annotated[Pictures | None, Blank] = None
    colour: Annotated[Colour | None, Blank] = None
    profile: Text = ""
    condition: Text = ""
    form: Text = ""
    grid: Text = ""
    gap: Measure = ""
    cover: Annotated[Literal["separate"] | None, Blank] = None
    poster: Annotated[bool | None, Blank] = None


class MatterIn(Strict):
    """A text in `front:` or `back:` that is written with its title."""

    text: Text = ""
    title: Text = ""


class TextsIn(Strict):
    """The texts inside fixed sections."""

    imprint: Text = ""
    colophon: Text = ""
    blurb: Text = ""


class BookIn(Strict):
    """Every key of book.yaml."""

    title: Text = ""
    slug: Text = ""
    subtitle: Text = ""
    language: Text = ""
    editors: Names
    publisher: Text = ""
    licence: Text = ""
    licence_url: Address = ""
    url: Address = ""
    date: Annotated[dt.date | None, Blank] = None
    edition: Text = ""
    trim: Text = ""
    bleed: Text = ""
    starts: Annotated[Starts | None, Blank] = None
    numbering: Annotated[Numbering | None, Blank] = None
    outside: Annotated[Outside | None, Blank] = None
    qr: Annotated[bool | None, Blank] = None
    types: Annotated[
        dict[str, TypeIn | None], BeforeValidator(_mapping), Field(default_factory=dict)
    ]
    front: Annotated[list[Any] | None, Blank] = None
    chapters: Annotated[list[ChapterIn | None] | None, Blank] = None
    back: Annotated[list[Any] | None, Blank] = None
    editions: Annotated[
        dict[str, EditionIn | None], BeforeValidator(_mapping), Field(default_factory=dict)
    ]
    texts: Annotated[TextsIn, BeforeValidator(_mapping), Field(default_factory=TextsIn)]


def known_keys(type_ids: tuple[str, ...], editions: tuple[str, ...]) -> Known:
    """The keys of each mapping, for nearest names.

    Args:
        type_ids: names under `types:` in the file.
        editions: names under `editions:` in the file.
    """
    keys: dict[tuple[str, ...], tuple[str, ...]] = {
        (): tuple(BookIn.model_fields),
        ("chapters",): tuple(ChapterIn.model_fields),
        ("texts",): tuple(TextsIn.model_fields),
        ("front",): tuple(MatterIn.model_fields),
        ("back",): tuple(MatterIn.model_fields),
    }
    for name in type_ids:
        keys["types", name] = tuple(TypeIn.model_fields)
    for name in editions:
        keys["editions", name] = tuple(EditionIn.model_fields)
    return keys
