"""Indexes: entries by value and by tag, poured into the columns of pages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from zine.compiler.publication import Section
from zine.compiler.references import Reference, References
from zine.content.entry import Entry, EntryType
from zine.content.library import title_key
from zine.typeset.fitting import SHORT_MOST
from zine.typeset.geometry import FULL_LEAST, LINE, Geometry
from zine.typeset.views.columns import DENSE, SLACK, column_width, in_house_type, is_far, lines_of
from zine.typeset.views.desk import Desk
from zine.units import mm_to_pt

COLUMNS = 2
# Measures of an index (back.css), pt: what titles are set in from both sides, and turnovers beyond
# their first line; heads and their marks; the head of the page, its leading and what is under it.
_SIDES, _FAR_SIDES, _TURNOVER = 39.0, 43.0, 7.0
_HEAD, _HEAD_MARK, _WEIGHT = 12.0, 13.0, 800
_TITLE, _TITLE_LEADING, _UNDER_TITLE = 38.0, 40.5, 13.5
_TOGETHER = 2  # references that stand under a head, and that end a list


@dataclass(frozen=True)
class IndexGroup:
    """A head of an index and the entries under it; "" where the list goes on from before."""

    title: str
    type: EntryType | None
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class IndexPart:
    """An index; several may share a section.

    Args:
        groups: what style sheets pour into columns, where these are not known.
        pages: for each page, what stands in its columns.
    """

    kind: str
    title: str
    groups: tuple[IndexGroup, ...]
    pages: tuple[tuple[tuple[IndexGroup, ...], ...], ...] = ()


def index_view(section: Section, desk: Desk, references: References) -> dict[str, object]:
    """What `index.html` prints: entries by value, by tag or both, sorted without article."""
    made = {"index-by-value": _by_value, "index-by-tag": _by_tag}
    found = {kind: tuple(made[kind](desk, references)) for kind in section.kinds}
    far = is_far(one for groups in found.values() for group in groups for one in group.references)
    parts = [
        IndexPart(kind, desk.words[kind.replace("-", "_")], groups)
        for kind, groups in found.items()
        if groups
    ]
    house = in_house_type(desk.geometry)
    # A second index begins wherever the first comes to end.
    if house and len(parts) == 1 and desk.geometry.columns == COLUMNS:
        parts = [poured(parts[0], desk.geometry, far=far)]
    return {"parts": parts, "far": far}


@dataclass(frozen=True)
class _Piece:
    """References of a group that stand together, with the head before the first of them."""

    group: int
    first: int
    end: int
    height: float


def poured(part: IndexPart, geometry: Geometry, *, far: bool) -> IndexPart:
    """An index with its groups on pages of two columns, those of the last about equally long.

    Style sheets would come to the same, but lay all that is to come out for every column.
    """
    groups = part.groups
    width = column_width(geometry)
    title = lines_of(part.title, mm_to_pt(geometry.measure), _TITLE, _WEIGHT)
    first = geometry.block - title * _TITLE_LEADING - _UNDER_TITLE
    pieces = [
        piece
        for number, group in enumerate(groups)
        for piece in _pieces(number, group, width, _FAR_SIDES if far else _SIDES)
    ]
    columns = _filled(pieces, first, geometry.block)
    for short in range(1, math.ceil(SHORT_MOST * geometry.lines)):
        if len(columns) <= COLUMNS or _last_height(columns) >= FULL_LEAST * geometry.block + LINE:
            break
        columns = _filled(pieces, first - short * LINE, geometry.block - short * LINE)
    pages = tuple(
        tuple(tuple(_in_column(one, groups)) for one in columns[at : at + COLUMNS])
        for at in range(0, len(columns), COLUMNS)
    )
    return replace(part, groups=(), pages=pages)


def _filled(pieces: Sequence[_Piece], first: float, full: float) -> list[list[_Piece]]:
    """Columns of all pages, those of the last even."""
    columns = list(_columns(pieces, first - SLACK * LINE, full - SLACK * LINE))
    last = _last(columns)
    columns[last:] = _even([piece for column in columns[last:] for piece in column])
    return columns


def _last(columns: Sequence[Sequence[_Piece]]) -> int:
    """The first column of the last page."""
    return (len(columns) - 1) // COLUMNS * COLUMNS


def _last_height(columns: Sequence[Sequence[_Piece]]) -> float:
    """How far down the last page goes."""
    return max(map(_height, columns[_last(columns) :]))


def _pieces(number: int, group: IndexGroup, width: float, sides: float) -> Iterator[_Piece]:
    heights = [
        lines_of(one.title, width - sides, DENSE.size, DENSE.weight, first=-_TURNOVER) * LINE
        for one in group.references
    ]
    mark = _HEAD_MARK if group.type else 0.0
    head = lines_of(group.title, width, _HEAD, _WEIGHT, first=mark) * LINE
    count = len(heights)
    bounds = [0, *range(_TOGETHER, count - _TOGETHER + 1), count]
    for first, end in pairwise(bounds if count >= 2 * _TOGETHER else [0, count]):
        yield _Piece(number, first, end, sum(heights[first:end]) + (0.0 if first else head))


def _height(pieces: Sequence[_Piece]) -> float:
    """Height of a column, a line between groups."""
    return sum(one.height for one in pieces) + LINE * sum(not one.first for one in pieces[1:])


def _columns(pieces: Iterable[_Piece], first: float, full: float) -> Iterator[list[_Piece]]:
    """Columns filled one after another; those of the first page have less room, pt."""
    column: list[_Piece] = []
    count = 0
    for piece in pieces:
        room = first if count < COLUMNS else full
        if column and _height([*column, piece]) > room:
            yield column
            column, count = [], count + 1
        column.append(piece)
    yield column


def _even(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Two columns as even as can be, the first as long as the longer may be; or one."""
    longer = {
        at: max(_height(pieces[:at]), _height(pieces[at:])) for at in range(1, len(pieces) + 1)
    }
    least = min(longer.values())
    turn = max(at for at, height in longer.items() if height <= least + 0.01)
    return [list(part) for part in (pieces[:turn], pieces[turn:]) if part]


def _in_column(column: Sequence[_Piece], groups: Sequence[IndexGroup]) -> Iterator[IndexGroup]:
    for number, together in groupby(column, key=lambda one: one.group):
        pieces, group = list(together), groups[number]
        first, end = pieces[0].first, pieces[-1].end
        title = "" if first else group.title
        yield replace(group, title=title, references=group.references[first:end])


def _sorted(entries: list[Entry], desk: Desk) -> list[Entry]:
    language = desk.settings.language
    return sorted(
        entries, key=lambda entry: (title_key(entry.title, language, articles=True), entry.slug)
    )


def _by_value(desk: Desk, references: References) -> list[IndexGroup]:
    printed = desk.publication.entries
    inside = {entry.slug for entry in printed}
    held = {entry.slug: desk.library.values_of(entry) for entry in printed}
    values = {value.slug: value for holds in held.values() for value in holds}
    groups = []
    for value in _sorted(list(values.values()), desk):
        members = [e for e in printed if value.slug in {v.slug for v in held[e.slug]}]
        listed = [e for e in members if e.slug in inside]
        if listed:
            kind = desk.settings.type_of(value.type)
            found = tuple(references.to(entry) for entry in _sorted(listed, desk))
            groups.append(IndexGroup(value.title, kind, found))
    return groups


def _by_tag(desk: Desk, references: References) -> list[IndexGroup]:
    tagged: dict[str, list[Entry]] = {}
    for entry in desk.publication.entries:
        for tag in entry.tags:
            tagged.setdefault(tag, []).append(entry)
    language = desk.settings.language
    return [
        IndexGroup(tag, None, tuple(references.to(entry) for entry in _sorted(entries, desk)))
        for tag, entries in sorted(tagged.items(), key=lambda item: title_key(item[0], language))
    ]
