"""Digits: neutral numbers are found in the pages of a section, and the true ones written there.

Nothing but glyphs of figures changes, and where a number hangs with fewer figures, its place: a
section with its true numbers looks as if it had been set with them.
"""

from __future__ import annotations

import io
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pikepdf import Object, Page, Pdf

from zine.bind.links import NUMBER, address_of, sorted_rect, targets_of
from zine.bind.objects import count_objects
from zine.bind.runs import CODE, Glyph, Run, left_of, runs_of
from zine.bind.tagging.marked import FontTexts
from zine.bind.tags import count_parents
from zine.typeset.job import Job, Slot, Typeset
from zine.typeset.neutral import FIGURES, HUNG_DIGITS, NEUTRAL, RIGHT, count_numbers, figure_lines

_PX = 0.75  # pt
_NEAR = 0.02  # pt that a box may lie beside its text
_HANGS = {figure: hangs for hangs, figure in NEUTRAL.items()}
# How WeasyPrint begins a page, whatever its size: CSS pixels from the head.
_SPACE = re.compile(rb"1 0 0 -1 0 ([\d.]+) cm\s+q\s+0\.75 0 0 0?\.?75 0 0 cm")


def located(job: Job, made: Typeset, pdf: Pdf) -> Typeset:
    """A section with the places of its neutral numbers.

    Args:
        job: what was set.
        made: its pages; what stands at `pdf` is what will be bound.
    """
    if not job.neutral:
        return made
    fonts = FontTexts()
    if job.key == FIGURES:
        return replace(made, slots=tuple(dict.fromkeys(_figures(pdf, fonts))))
    slots: list[Slot] = []
    for index, page in enumerate(pdf.pages):
        found = _on_page(page, index, fonts, None if job.first is None else job.first + index)
        if found is None:
            return replace(made, slots=None)
        slots += found
    whole = sum(slot.target != "" for slot in slots) == count_numbers(job.html)
    return replace(made, slots=tuple(slots) if whole else None)


def _on_page(page: Page, index: int, fonts: FontTexts, folio: int | None) -> list[Slot] | None:
    """The numbers of a page; None where one cannot be told from other text."""
    raw = page.obj["/Contents"].read_bytes()
    space = _SPACE.match(raw)
    if space is None:
        return None
    height = float(space[1])
    shown = sorted(runs_of(raw, page, fonts), key=left_of)
    slots: list[Slot] = []
    for number, annotation in enumerate(page.obj.get("/Annots", ())):
        uri, target = address_of(annotation)
        if target is None or not uri.startswith(NUMBER):
            continue
        left, low, right, high = sorted_rect([float(one) for one in annotation["/Rect"]])
        begin = bisect_left(shown, left - _NEAR, key=left_of)
        fitting = [
            run
            for run in shown[begin : bisect_right(shown, left + _NEAR, lo=begin, key=left_of)]
            if abs(left_of(run) - left) < _NEAR
            and low < height - run.y * _PX < high
            and not run.text.isspace()  # the blank at the end of a line has no width
        ]
        slot = _number(fitting[0], raw) if len(fitting) == 1 else None
        if slot is None:
            continue  # roman, or set as it is; whoever counts will find it missing
        digit = (right - left) / _PX / len(slot.text)
        slots.append(replace(slot, page=index, target=target, link=number, digit=digit))
    if folio is not None:
        feet = [found for run in shown if run.running for found in _folios(run, str(folio), raw)]
        if len(feet) > 1 or None in feet:
            return None
        slots += [replace(foot, page=index) for foot in feet if foot]
    return slots


def _slot(font: str, glyphs: Sequence[Glyph], raw: bytes) -> Slot | None:
    """Figures that stand together; None where something but one and the same lies between them."""
    between = {raw[a.start + CODE : b.start].decode("latin-1") for a, b in pairwise(glyphs)}
    if len(between) > 1:
        return None
    span = glyphs[0].start, glyphs[-1].start + CODE
    text = "".join(glyph.text for glyph in glyphs)
    codes = tuple(glyph.code for glyph in glyphs)
    return Slot(0, span, font, text, codes, next(iter(between), ""))


def _number(run: Run, raw: bytes) -> Slot | None:
    """A neutral number that is the whole of a run, but for a blank at the end of its line."""
    text = run.text.rstrip()
    if not text or len(set(text)) > 1 or text[0] not in _HANGS:
        return None
    slot = _slot(run.font, run.glyphs[: len(text)], raw)
    return slot and replace(slot, hangs=_HANGS[text[0]], place=run.place, x=run.x)


def _folios(run: Run, folio: str, raw: bytes) -> Iterator[Slot | None]:
    """Where a run prints the folio; None where what stands beside it might change its place."""
    if len(run.text) != len(run.glyphs):  # ligatures: glyphs and letters do not go in step
        letters = "".join(glyph.text if len(glyph.text) == 1 else "x" for glyph in run.glyphs)
    else:
        letters = run.text
    for found in re.finditer(rf"(?<![0-9]){folio}(?![0-9])", letters):
        beside = letters[: found.start()][-1:] + letters[found.end() :][:1]
        alone = all(side.isspace() for side in beside)
        yield _slot(run.font, run.glyphs[found.start() : found.end()], raw) if alone else None


def _figures(pdf: Pdf, fonts: FontTexts) -> Iterator[Slot]:
    """The rows of figures of equal width, between which nothing is ever different."""
    # A face has one empty glyph for several blanks, so that they read alike.
    lines = [re.sub(r"\s", " ", line) for line in figure_lines()]
    runs: list[tuple[Run, bytes]] = []
    for page in pdf.pages:
        raw = page.obj["/Contents"].read_bytes()
        runs += [(run, raw) for run in runs_of(raw, page, fonts) if not run.running]
    # A line that another font had to help with is more than one run, and out of step.
    for at in range(len(runs)):
        group = runs[at : at + len(lines)]
        if [re.sub(r"\s", " ", run.text) for run, _ in group] == lines:
            row = _row(group, {run.font for run, _ in group})
            if row is not None:
                yield row


def _row(group: Sequence[tuple[Run, bytes]], named: set[str]) -> Slot | None:
    known: dict[str, str] = {}
    for run, raw in group:
        for glyph in run.glyphs:
            if glyph.text.isdigit() and known.setdefault(glyph.text, glyph.code) != glyph.code:
                return None
        if not _even(run, raw):
            return None
    if len(named) > 1:
        return None
    glyphs = tuple(known[str(figure)] for figure in range(10))
    return Slot(0, (0, 0), named.pop(), "0123456789", glyphs, "")


def _even(run: Run, raw: bytes) -> bool:
    """Whether figures and what stands beside them always have the same between them."""
    between: dict[tuple[bool, bool], set[bytes]] = {}
    for a, b in pairwise(run.glyphs):
        kind = a.text.isdigit(), b.text.isdigit()
        between.setdefault(kind, set()).add(raw[a.start + CODE : b.start])
    return all(len(one) == 1 for one in between.values())


@dataclass(frozen=True)
class Number:
    """A true number and where it goes.

    Args:
        figures: the glyphs of the ten figures in the font of the slot.
        number: in arabic figures.
    """

    slot: Slot
    figures: tuple[str, ...]
    number: str


def numbers_of(
    rows: Mapping[Slot, tuple[str, ...]], folios: Mapping[str, str], first: int
) -> tuple[Number, ...]:
    """The true numbers of a section.

    Args:
        rows: slot → the glyphs of the ten figures in its font.
        folios: link target → folio, in arabic figures.
        first: the section's first folio.
    """
    return tuple(
        Number(slot, figures, folios[slot.target] if slot.target else str(first + slot.page))
        for slot, figures in rows.items()
    )


def write_numbers(part: Pdf, numbers: Iterable[Number]) -> None:
    """Write true numbers over neutral ones, in an open section."""
    pages: dict[int, list[tuple[int, int, bytes]]] = {}
    for one in numbers:
        slot, number = one.slot, one.number
        glyphs = slot.kern.join(one.figures[int(figure)] for figure in number)
        edits = pages.setdefault(slot.page, [])
        edits.append((*slot.span, glyphs.encode()))
        if slot.hangs:
            spare = (HUNG_DIGITS - len(number)) * slot.digit
            annotation = part.pages[slot.page].obj["/Annots"][slot.link]
            if slot.hangs == RIGHT:
                edits.append((*slot.place, _number_text(slot.x + spare)))
            _narrow(annotation, spare * _PX, left=slot.hangs == RIGHT)
    for index, edits in pages.items():
        contents = part.pages[index].obj["/Contents"]
        raw = contents.read_bytes()
        pieces, at = [], 0
        for start, end, new in sorted(edits):
            pieces += [raw[at:start], new]
            at = end
        contents.write(b"".join([*pieces, raw[at:]]))


def _narrow(annotation: Object, spare: float, *, left: bool) -> None:
    x1, y1, x2, y2 = (float(one) for one in annotation["/Rect"])
    if left:
        x1 += spare
    else:
        x2 -= spare
    annotation["/Rect"] = [round(one, 6) for one in (x1, y1, x2, y2)]


def _number_text(value: float) -> bytes:
    """A number as WeasyPrint writes it."""
    return f"{value:.6f}".rstrip("0").encode()


def finished(job: Job, made: Typeset) -> Typeset:
    """What a worker does to a section, so that binding has less to do.

    A pure function of what was set: the result is kept.
    """
    from zine.bind.tagging.prepare import is_raw, prepare, saved

    with Pdf.open(io.BytesIO(made.pdf)) as part:
        raw = is_raw(part)
        if raw:
            prepare(part)
        made = located(job, made, part)
        pdf = saved(part) if raw else made.pdf
        parents, targets = count_parents(part), targets_of(part)
    return replace(made, pdf=pdf, parents=parents, targets=targets, objects=count_objects(pdf))
