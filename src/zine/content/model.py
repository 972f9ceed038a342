"""The front matter of an entry, validated: the pydantic edge of the content."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, create_model

from zine.content.validation import Address, Known, Listed, Strict, Text, Texts, blank_to_none


def _as_relation(value: object) -> object:
    return {"title": value} if isinstance(value, str) else value


class RelationIn(Strict):
    """A relation: its title, or its title with a note."""

    title: Text = ""
    note: Text = ""


class LinkIn(Strict):
    """An item of `learn_more`."""

    title: Text = ""
    description: Text = ""
    type: Text = ""
    url: Address = ""


class PictureIn(Strict):
    """An item of `images`."""

    url: Address = ""
    name: Text = ""
    alt: Text = ""
    caption: Text = ""
    source: Text = ""
    source_url: Address = ""


_EMPTY: Any = Field(default_factory=list)
Relations = Annotated[
    list[Annotated[RelationIn, BeforeValidator(_as_relation)] | None],
    Listed,
    _EMPTY,
]


class FrontMatter(Strict):
    """Every key of an entry but `related_…`, which `front_matter_model` adds for each type."""

    id: Text = ""
    title: Text = ""
    short_write_up: Annotated[str, BeforeValidator(lambda v: "" if v is None else v)] = ""
    where: Text = ""
    when: Text = ""
    who: Text = ""
    scale: Text = ""
    values: Relations
    tags: Texts
    learn_more: Annotated[list[LinkIn | None], Listed, _EMPTY]
    images: Annotated[list[PictureIn | None], Listed, _EMPTY]
    contributors: Texts
    slug: Text = ""
    language: Text = ""
    aliases: Texts
    date: Annotated[dt.date | None, BeforeValidator(blank_to_none)] = None
    weight: Annotated[float | None, BeforeValidator(blank_to_none)] = Field(
        None, allow_inf_nan=False
    )
    extra: Annotated[
        dict[str, Any],
        BeforeValidator(lambda v: {} if v in (None, "") else v),
        Field(default_factory=dict),
    ]


@lru_cache(maxsize=32)
def front_matter_model(relation_keys: tuple[str, ...]) -> tuple[type[FrontMatter], Known]:
    """The model of an entry in a project with these relation keys, and its keys by mapping.

    Args:
        relation_keys: `EntryType.relation_key` of every type.
    """
    fields: dict[str, Any] = dict.fromkeys(relation_keys, (Relations, ...))
    model = create_model("ProjectFrontMatter", __base__=FrontMatter, **fields)
    relation = tuple(RelationIn.model_fields)
    known: dict[tuple[str, ...], tuple[str, ...]] = {
        (): tuple(model.model_fields),
        ("learn_more",): tuple(LinkIn.model_fields),
        ("images",): tuple(PictureIn.model_fields),
        ("values",): relation,
        **{(key,): relation for key in relation_keys},
    }
    return model, known
