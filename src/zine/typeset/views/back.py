"""Views of back matter: contributors, picture credits, colophon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from zine.compiler.publication import Section
from zine.compiler.references import Reference, References
from zine.content.entry import Entry
from zine.content.library import title_key
from zine.typeset.views.columns import is_far
from zine.typeset.views.desk import VALUE, Desk
from zine.typeset.views.entry import chosen_picture

RUN_IN = 3  # titles; more run on in one paragraph
# Measures of the rows of contributors (back.css): pt, and characters to a line.
_HEAD, _ROW, _ROW_DENSE = 54.0, 20.25, 16.0
_NAME_LINE, _RUN_IN_LINE = 30, 44


@dataclass(frozen=True)
class Person:
    """A contributor and what they wrote."""

    name: str
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class Credit:
    """Whom a picture is owed to."""

    reference: Reference
    words: str


@dataclass(frozen=True)
class Part:
    """One of the lists that share a section."""

    kind: str
    title: str


def _last_name(name: str, desk: Desk) -> tuple[object, object]:
    last = name.split()[-1] if name.split() else name
    language = desk.settings.language
    return title_key(last, language), title_key(name, language)


def people_of(desk: Desk, references: References) -> list[Person]:
    """Contributors by last name, each with their entries in printed order."""
    wrote: dict[str, list[Entry]] = {}
    for entry in desk.publication.entries:
        for name in entry.contributors:
            wrote.setdefault(name, []).append(entry)
    return [
        Person(name, tuple(references.to(entry) for entry in entries))
        for name, entries in sorted(wrote.items(), key=lambda item: _last_name(item[0], desk))
    ]


def credits_of(desk: Desk, references: References) -> list[Credit]:
    """The sources of the pictures that are printed, in page order."""
    found = []
    for entry in desk.publication.entries:
        chosen = chosen_picture(entry, desk)
        if chosen and chosen[0].source:
            found.append(Credit(references.to(entry), chosen[0].source))
    return found


def _are_dense(people: Sequence[Person], desk: Desk) -> bool:
    """Whether rows a little closer bring all contributors onto one page."""
    extra = 0
    for person in people:
        titles = len(person.references)
        if titles > RUN_IN:
            titles = ceil(sum(len(one.title) + 5 for one in person.references) / _RUN_IN_LINE)
        extra += max(titles, ceil(len(person.name) / _NAME_LINE)) - 1
    room = desk.geometry.block - _HEAD - extra * desk.geometry.line
    return len(people) * _ROW_DENSE <= room < len(people) * _ROW


def credits_view(section: Section, desk: Desk, references: References) -> dict[str, object]:
    """What `credits.html` prints; a list with nothing in it leaves no head."""
    people = people_of(desk, references)
    pictures = credits_of(desk, references)
    colophon = desk.named_text("colophon", references)
    filled = {"contributors": people, "image-credits": pictures, "colophon": colophon}
    parts = [
        Part(kind, desk.words[kind.replace("-", "_")]) for kind in section.kinds if filled[kind]
    ]
    return {
        "parts": parts,
        "people": people,
        "far": is_far(one for person in people for one in person.references),
        "run_in": RUN_IN,
        "dense": len(parts) == 1 and _are_dense(people, desk),
        "credits": pictures,
        "colophon": colophon or f"<p>{desk.set_in}</p>",
        "value_type": VALUE,
    }
