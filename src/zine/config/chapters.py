"""Chapters as book.yaml asks for them."""

from __future__ import annotations

from collections.abc import Sequence

from slugify import slugify

from zine.config.model import ChapterIn
from zine.config.problems import Problems
from zine.content.entry import EntryType
from zine.content.positions import Key
from zine.diagnostics import did_you_mean
from zine.settings import ChapterSpec

_QUERIES = ("type", "value", "tag", "entries", "by")
GIVEN = "given"


def make_chapters(
    given: Sequence[ChapterIn | None] | None, types: Sequence[EntryType], problems: Problems
) -> tuple[ChapterSpec, ...]:
    """The chapters in order; one for each type where `chapters:` is absent."""
    if given is None:
        place = problems.place(("chapters",), key=True)
        return tuple(ChapterSpec(one.folder, one.plural, place, type=one.id) for one in types)
    if not any(given):
        hint = "list a chapter, or take the key out: then each type has one"
        problems.add("chapter-none", "the book has no chapters", ("chapters",), hint, key=True)
    made: list[ChapterSpec] = []
    for number, fields in enumerate(given):
        at: Key = ("chapters", number)
        spec = _chapter(fields, at, types, problems) if fields else None
        if spec is None:
            continue
        if spec.id in {other.id for other in made}:
            message = f"two chapters have the id “{spec.id}”"
            hint = "give one of them an “id:” of its own"
            problems.add("chapter-twice", message, at, hint)
        made.append(spec)
    return tuple(made)


def _chapter(
    fields: ChapterIn, at: Key, types: Sequence[EntryType], problems: Problems
) -> ChapterSpec | None:
    asked = [name for name in _QUERIES if _has(fields, name)]
    if not asked and any((*at, name) in problems.document.keys for name in _QUERIES):
        asked = [name for name in _QUERIES if problems.is_wrong((*at, name))]
        if asked:
            return None
    if len(asked) != 1:
        names = " or ".join(f"“{name}:”" for name in _QUERIES)
        message = (
            f"a chapter asks for {' and '.join(asked)} at once"
            if asked
            else "a chapter does not say what it holds"
        )
        problems.add("chapter-query", message, at, f"give it exactly one of {names}")
        return None
    query = asked[0]
    entry_type = _type(fields.type, (*at, "type"), types, problems) if fields.type else None
    if query == "type" and entry_type is None:
        return None
    title = fields.title or _title(fields, entry_type)
    identifier = _id(fields, entry_type, title)
    if not identifier or (query == "entries" and not title):
        hint = "add “title: …”"
        problems.add("chapter-title", "the chapter has no title", at, hint)
        return None
    order, listed = _order(fields, at, problems)
    introduction = None
    if fields.introduction:
        introduction = problems.file(fields.introduction, (*at, "introduction"))
    return ChapterSpec(
        id=identifier,
        title=title,
        place=problems.place(at),
        type=entry_type.id if entry_type else "",
        value=fields.value,
        tag=fields.tag,
        by=fields.by or "",
        entries=_full(fields.entries),
        group_by=fields.group_by or "",
        order=order,
        include=tuple(dict.fromkeys([*listed, *_full(fields.include)])),
        exclude=_full(fields.exclude),
        introduction=introduction,
    )


def _has(fields: ChapterIn, name: str) -> bool:
    value = getattr(fields, name)
    return bool(_full(value)) if isinstance(value, list) else bool(value)


def _full(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _type(name: str, at: Key, types: Sequence[EntryType], problems: Problems) -> EntryType | None:
    """A type by id, folder or plural, in any case."""
    for one in types:
        if name.casefold() in (one.id, one.folder, one.singular.casefold(), one.plural.casefold()):
            return one
    hint = did_you_mean(name, [one.id for one in types])
    problems.add("type-unknown", f"there is no type “{name}”", at, hint)
    return None


def _title(fields: ChapterIn, entry_type: EntryType | None) -> str:
    if entry_type is not None:
        return entry_type.plural
    return fields.value or fields.tag[:1].upper() + fields.tag[1:]


def _id(fields: ChapterIn, entry_type: EntryType | None, title: str) -> str:
    if fields.id:
        return slugify(fields.id)
    if entry_type is not None:
        return entry_type.folder
    return slugify(title) or ("by-value" if fields.by else "")


def _order(fields: ChapterIn, at: Key, problems: Problems) -> tuple[str, tuple[str, ...]]:
    """(order, titles listed under `order:`)."""
    if isinstance(fields.order, list):
        listed = _full(fields.order)
        if fields.by:
            message = "chapters by value cannot be put in a given order"
            problems.add("chapter-order", message, (*at, "order"), "order them by title")
        return GIVEN, listed
    if fields.order == GIVEN and not (_full(fields.entries) or _full(fields.include)):
        message = "there is no list whose order could be kept"
        hint = "list titles under “order:”, or order by title, date or weight"
        problems.add("chapter-order", message, (*at, "order"), hint)
    return fields.order or (GIVEN if _full(fields.entries) else "title"), ()
