"""What becomes of the printed sheets: gathered, cut and folded, in which order and to what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class Part(StrEnum):
    """A part of the paper as it lies before us, front of the first sheet up."""

    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"

    def mirrored(self) -> Part:
        """The part in a looking glass: left and right exchanged."""
        return {Part.LEFT: Part.RIGHT, Part.RIGHT: Part.LEFT}.get(self, self)


class Product(StrEnum):
    """What the sheets become, which decides how it is read."""

    BOOK = "book"
    STRIP = "strip"
    LEAFLET = "leaflet"
    CARDS = "cards"
    COVER = "cover"


class Kind(StrEnum):
    """What happens to the paper along a line."""

    CUT = "cut"
    FOLD = "fold"
    SPINE = "spine"


@dataclass(frozen=True)
class Line:
    """A straight line between cells of every sheet, as seen from its front.

    Args:
        upright: it runs from head to foot; without it, from left to right.
        at: number of cells on its left (upright) or above it (level).
        start: the cell line from which it runs, counted from the top or from the left.
        stop: the cell line to which it runs; None is the far edge of the sheet.
    """

    upright: bool
    at: int
    start: int = 0
    stop: int | None = None

    def mirrored(self, columns: int) -> Line:
        """The line in a looking glass."""
        if self.upright:
            return replace(self, at=columns - self.at)
        stop = columns if self.stop is None else self.stop
        start, stop = columns - stop, columns - self.start
        return replace(self, start=start, stop=None if stop == columns else stop)

    def covers(self, cell: int) -> bool:
        """Whether it runs along that row (an upright line) or column (a level one)."""
        return self.start <= cell and (self.stop is None or cell < self.stop)


def upright(at: int) -> Line:
    """The line from head to foot with so many columns on its left."""
    return Line(True, at)


def level(at: int, start: int = 0, stop: int | None = None) -> Line:
    """The line from left to right with so many rows above it, whole or between two columns."""
    return Line(False, at, start, stop)


@dataclass(frozen=True)
class Gather:
    """Lay so many pieces on one another, the first on top with its front up; None is all."""

    count: int | None = None


@dataclass(frozen=True)
class Cut:
    """Cut every pile along a line, right through; two piles come of each.

    Args:
        line: where.
        first: the piece that is taken first.
        turned: the other piece is turned by 180° where it lies on the table.
    """

    line: Line
    first: Part
    turned: bool = False


@dataclass(frozen=True)
class Slit:
    """Cut along a line that does not reach the edges: the sheet stays one piece."""

    line: Line


@dataclass(frozen=True)
class Fold:
    """Fold every pile, the part named going behind the rest.

    Args:
        lines: the lines that lie on one another when the fold is made.
        part: what goes behind, as the pile lies.
        spine: it is the fold through which the booklet is bound.
        square: it is bent by a right angle only, as a cover is at the edges of a spine.
    """

    lines: tuple[Line, ...]
    part: Part
    spine: bool = False
    square: bool = False


@dataclass(frozen=True)
class Ring:
    """Push a slit sheet together until its cells, a ring, stand as leaves around one spine.

    Args:
        cover: row and column of the cell that becomes the front cover.
        folds: all folds at which it bends, those of the spine not among them.
        spines: the folds that come to lie on one another as the spine.
    """

    cover: tuple[int, int]
    folds: tuple[Line, ...]
    spines: tuple[Line, ...]


Step = Gather | Cut | Slit | Fold | Ring


@dataclass(frozen=True)
class Crease:
    """A line on the sheet, what happens along it and at which step (from 0)."""

    line: Line
    kind: Kind
    step: int


@dataclass(frozen=True)
class Finish:
    """The hand work after printing.

    Args:
        steps: in their order; the sheets come from the printer one by one, each a pile.
        product: what comes of it.
        rtl: it is bound on the right.
        signature: places (pages and blanks) of one signature; 0 where all sheets nest in one.
    """

    steps: tuple[Step, ...] = ()
    product: Product = Product.BOOK
    rtl: bool = False
    signature: int = 0

    @property
    def creases(self) -> Iterator[Crease]:
        """Every line along which the sheets are cut or folded, in the order of the work."""
        for number, step in enumerate(self.steps):
            match step:
                case Cut(line=line) | Slit(line=line):
                    yield Crease(line, Kind.CUT, number)
                case Fold(lines=lines, spine=spine):
                    for line in lines:
                        yield Crease(line, Kind.SPINE if spine else Kind.FOLD, number)
                case Ring(folds=folds, spines=spines):
                    for line in folds:
                        yield Crease(line, Kind.FOLD, number)
                    for line in spines:
                        yield Crease(line, Kind.SPINE, number)

    @property
    def nested(self) -> bool:
        """Whether sheets lie in one another at a spine fold, so that the inner ones creep out."""
        return any(isinstance(s, Fold) and s.spine and not s.square for s in self.steps)

    def mirrored(self, columns: int) -> Finish:
        """The same work in a looking glass: what was bound on the left is bound on the right."""
        return replace(
            self, steps=tuple(_mirrored(step, columns) for step in self.steps), rtl=not self.rtl
        )


def _mirrored(step: Step, columns: int) -> Step:
    def lines(many: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(line.mirrored(columns) for line in many)

    match step:
        case Gather():
            return step
        case Cut(line=line, first=first):
            return replace(step, line=line.mirrored(columns), first=first.mirrored())
        case Slit(line=line):
            return Slit(line.mirrored(columns))
        case Fold():
            return replace(step, lines=lines(step.lines), part=step.part.mirrored())
        case Ring(cover=(row, column)):
            return Ring((row, columns - 1 - column), lines(step.folds), lines(step.spines))
