"""Indexes: entries by value and by tag, poured into the columns of pages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise

from zine.compiler.publication import Section, Side
from zine.compiler.references import Reference, References
from zine.content.entry import Entry, EntryType
from zine.content.library import title_key
from zine.typeset.fitting import SHORT_MOST
from zine.typeset.geometry import FULL_LEAST, LINE, Geometry
from zine.typeset.guess import PART
from zine.typeset.views.columns import DENSE, SLACK, column_width, in_house_type, is_far, lines_of
from zine.typeset.views.desk import Desk
from zine.units import mm_to_pt

COLUMNS = 2
# Measures of an index (back.css), pt: what titles are set in from both sides, and turnovers beyond
# their first line; heads and their marks; the head of the page, its leading and what is under it.
_SIDES, _FAR_SIDES, _TURNOVER = 39.0, 43.0, 7.0
_HEAD, _HEAD_MARK, _WEIGHT = 12.0, 13.0, 800
_TITLE, _TITLE_LEADING, _UNDER_TITLE = 38.0, 40.5, 13.5
_PLANS = 8  # of indexes that are remembered: all parts of one follow one plan
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
    lists = {kind: groups for kind in section.kinds if (groups := _groups(kind, desk))}
    # Folios grow: the last has the most figures.
    far = is_far([references.to(desk.publication.entries[-1])])
    if _is_poured(section, desk):
        ((kind, groups),) = lists.items()
        pages = _poured(_heading(kind, desk), groups, desk.geometry, far=far)
        part, parts = section.part
        own = pages[part * PART : (part + 1) * PART if part < parts - 1 else None]
        made = tuple(
            tuple(tuple(_printed(group, references) for group in column) for column in page)
            for page in own
        )
        title = "" if section.goes_on else _heading(kind, desk)
        return {"parts": [IndexPart(kind, title, (), made)], "far": far}
    whole = [
        IndexPart(kind, _heading(kind, desk), tuple(_printed(one, references) for one in groups))
        for kind, groups in lists.items()
    ]
    return {"parts": whole, "far": far}


def with_divided_indexes(desk: Desk) -> Desk:
    """The desk of a publication whose long indexes are several sections in a row.

    A section is set as a whole: one that grows with the book would take ever more time and memory
    of a single worker.
    """
    sections: list[Section] = []
    for section in desk.publication.sections:
        if section.kind != "index" or not _is_poured(section, desk):
            sections.append(section)
            continue
        ((kind, groups),) = ((kind, _groups(kind, desk)) for kind in section.kinds)
        pages = _poured(_heading(kind, desk), groups, desk.geometry, far=False)
        parts = max(1, len(pages) // PART)
        sections.append(replace(section, part=(0, parts)))
        sections += (
            replace(
                section,
                key=f"{section.key}-part-{part + 1}",
                side=Side.ANY,
                level=section.level + 1,
                listed=False,
                part=(part, parts),
            )
            for part in range(1, parts)
        )
    return replace(desk, publication=replace(desk.publication, sections=tuple(sections)))


def _heading(kind: str, desk: Desk) -> str:
    return desk.words[kind.replace("-", "_")]


def _is_poured(section: Section, desk: Desk) -> bool:
    """Whether it is known what its columns hold; a second index begins wherever the first ends."""
    house = in_house_type(desk.geometry) and desk.geometry.columns == COLUMNS
    return house and sum(bool(_groups(kind, desk)) for kind in section.kinds) == 1


def _printed(group: _Listed, references: References) -> IndexGroup:
    found = tuple(references.to(entry) for entry in group.entries)
    return IndexGroup(group.title, group.type, found)


@dataclass(frozen=True)
class _Listed:
    """A head of an index and the entries under it."""

    title: str
    type: EntryType | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class _Piece:
    """References of a group that stand together, with the head before the first of them."""

    group: int
    first: int
    end: int
    height: float


def _poured(
    title: str, groups: Sequence[_Listed], geometry: Geometry, *, far: bool
) -> tuple[tuple[tuple[_Listed, ...], ...], ...]:
    """For each page of an index what stands in its columns, those of the last about equally long.

    Style sheets would come to the same, but lay all that is to come out for every column.
    """
    titles = tuple(
        (group.title, group.type is not None, tuple(entry.title for entry in group.entries))
        for group in groups
    )
    return tuple(
        tuple(tuple(_in_column(column, groups)) for column in page)
        for page in planned(title, titles, geometry, far=far)
    )


@lru_cache(maxsize=_PLANS)
def planned(
    title: str,
    groups: tuple[tuple[str, bool, tuple[str, ...]], ...],
    geometry: Geometry,
    *,
    far: bool,
) -> tuple[tuple[tuple[_Piece, ...], ...], ...]:
    """For each page the pieces in its columns.

    Args:
        groups: head, whether a mark stands before it, and titles of the entries.
    """
    width = column_width(geometry)
    lines = lines_of(title, mm_to_pt(geometry.measure), _TITLE, _WEIGHT)
    first = geometry.block - lines * _TITLE_LEADING - _UNDER_TITLE
    pieces = [
        piece
        for number, group in enumerate(groups)
        for piece in _pieces(number, *group, width, _FAR_SIDES if far else _SIDES)
    ]
    columns = _filled(pieces, first, geometry.block)
    for short in range(1, math.ceil(SHORT_MOST * geometry.lines)):
        if len(columns) <= COLUMNS or _last_height(columns) >= FULL_LEAST * geometry.block + LINE:
            break
        columns = _filled(pieces, first - short * LINE, geometry.block - short * LINE)
    return tuple(
        tuple(tuple(column) for column in columns[at : at + COLUMNS])
        for at in range(0, len(columns), COLUMNS)
    )


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


def _pieces(
    number: int, title: str, marked: bool, titles: Sequence[str], width: float, sides: float
) -> Iterator[_Piece]:
    heights = [
        lines_of(one, width - sides, DENSE.size, DENSE.weight, first=-_TURNOVER) * LINE
        for one in titles
    ]
    head = lines_of(title, width, _HEAD, _WEIGHT, first=_HEAD_MARK if marked else 0.0) * LINE
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


def _in_column(column: Sequence[_Piece], groups: Sequence[_Listed]) -> Iterator[_Listed]:
    for number, together in groupby(column, key=lambda one: one.group):
        pieces, group = list(together), groups[number]
        first, end = pieces[0].first, pieces[-1].end
        title = "" if first else group.title
        yield replace(group, title=title, entries=group.entries[first:end])


def _groups(kind: str, desk: Desk) -> tuple[_Listed, ...]:
    """What an index lists; its parts ask for it again and again."""
    if kind not in desk.lists:
        desk.lists[kind] = _by_value(desk) if kind == "index-by-value" else _by_tag(desk)
    found: tuple[_Listed, ...] = desk.lists[kind]
    return found


def _sorted(entries: list[Entry], desk: Desk) -> list[Entry]:
    language = desk.settings.language
    return sorted(
        entries, key=lambda entry: (title_key(entry.title, language, articles=True), entry.slug)
    )


def _by_value(desk: Desk) -> tuple[_Listed, ...]:
    members: dict[str, list[Entry]] = {}
    values: dict[str, Entry] = {}
    for entry in desk.publication.entries:
        for value in desk.library.values_of(entry):
            values[value.slug] = value
            members.setdefault(value.slug, []).append(entry)
    return tuple(
        _Listed(
            value.title,
            desk.settings.type_of(value.type),
            tuple(_sorted(members[value.slug], desk)),
        )
        for value in _sorted(list(values.values()), desk)
    )


def _by_tag(desk: Desk) -> tuple[_Listed, ...]:
    tagged: dict[str, list[Entry]] = {}
    for entry in desk.publication.entries:
        for tag in entry.tags:
            tagged.setdefault(tag, []).append(entry)
    language = desk.settings.language
    return tuple(
        _Listed(tag, None, tuple(_sorted(entries, desk)))
        for tag, entries in sorted(tagged.items(), key=lambda item: title_key(item[0], language))
    )
