"""What a printer's mark is: lines and circles in mm, and which of them are wanted."""

from __future__ import annotations

from dataclasses import dataclass

# mm from the trim where there is no bleed that says how far (print-conventions.md §7).
_OFFSET = 3.175


@dataclass(frozen=True)
class Marks:
    """Which marks are drawn; none unless asked for.

    Args:
        crop: at the corners of what is trimmed or cut, in the slug.
        fold: dashed, at both ends of every fold, in the slug.
        staple: on the outside of each fold that is stapled, at a quarter and three quarters.
        sewing: number of stations, on the inside of each fold that is sewn.
        collation: bars on the outside of each signature's fold, a step lower each time.
        registration: targets in the slug.
        guides: cut lines over the whole length of the fronts.
        creases: fold lines over the whole length of the fronts, dashed, as cut guides are not.
        weight: of lines, points (0.25 to 0.5).
    """

    crop: bool = False
    fold: bool = False
    staple: bool = False
    sewing: int = 0
    collation: bool = False
    registration: bool = False
    guides: bool = False
    creases: bool = False
    weight: float = 0.25

    @property
    def wanted(self) -> tuple[str, ...]:
        """Names of the marks that are asked for."""
        names = ("crop", "fold", "staple", "sewing", "collation", "registration", "guides")
        return tuple(name for name in (*names, "creases") if getattr(self, name))


NO_MARKS = Marks()


@dataclass(frozen=True)
class Stroke:
    """A line in mm from the sheet's foot left corner; `weight` in points, butt ends."""

    name: str
    start: tuple[float, float]
    end: tuple[float, float]
    weight: float
    dashed: bool = False


@dataclass(frozen=True)
class Circle:
    """A circle in mm from the sheet's foot left corner; `weight` in points."""

    name: str
    centre: tuple[float, float]
    radius: float
    weight: float


Mark = Stroke | Circle


@dataclass(frozen=True)
class Frame:
    """The front of the sheet in mm: edges of the cells, and where ink may lie."""

    columns: tuple[tuple[float, float], ...]
    rows: tuple[tuple[float, float], ...]
    size: tuple[float, float]
    margin: float
    bleed: float

    @property
    def clear(self) -> float:
        """Distance of marks from the trim: outside the bleed."""
        return self.bleed or _OFFSET
