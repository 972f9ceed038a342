"""Small drawings for the instruction sheet: the sheet, the edge it turns on, each fold as it comes.

All are drawn in one scale, so that the paper is seen to become smaller from fold to fold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from zine.impose.finish import Crease, Cut, Finish, Fold, Kind, Part, Slit, Step
from zine.impose.sheets import Plan
from zine.paper import Paper

WIDTH, HEIGHT = 44.0, 38.0
# The sheet lies within this; what is left is room for arrows.
_SHEET = (36.0, 28.0)
_OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w:g} {h:g}">'
_LINE = 'fill="none" stroke="#000"'
_PAPER, _THIN, _BOLD = 'stroke-width="0.35"', 'stroke-width="0.45"', 'stroke-width="1"'
_DASHED = 'stroke-dasharray="1.5 1"'
_TIP = 1.9


@dataclass(frozen=True)
class Region:
    """The cells of the front that lie on top, as the paper lies before us: edges in cells."""

    left: int
    right: int
    top: int
    bottom: int

    def holds(self, upright: bool, at: int) -> bool:
        """Whether a line runs through it."""
        return self.left < at < self.right if upright else self.top < at < self.bottom

    def without(self, part: Part, at: int) -> Region:
        """What is left once the part on one side of a line is gone."""
        edge = {Part.LEFT: "left", Part.RIGHT: "right", Part.TOP: "top", Part.BOTTOM: "bottom"}
        return replace(self, **{edge[part]: at})


_OPPOSITE = {
    Part.LEFT: Part.RIGHT,
    Part.RIGHT: Part.LEFT,
    Part.TOP: Part.BOTTOM,
    Part.BOTTOM: Part.TOP,
}


def stages(finish: Finish, grid: tuple[int, int]) -> Iterator[tuple[Step, Region]]:
    """Every step with what lies on top before it is done."""
    region = Region(0, grid[1], 0, grid[0])
    for step in finish.steps:
        yield step, region
        match step:
            case Fold(lines=lines, part=part):
                for line in lines:
                    if region.holds(line.upright, line.at):
                        region = region.without(part, line.at)
                        break
            case Cut(line=line, first=first) if region.holds(line.upright, line.at):
                region = region.without(_OPPOSITE[first], line.at)


def sheet_figure(plan: Plan, paper: Paper) -> str:
    """The front of the first sheet: its pages, folds dashed, cuts solid, widths that differ."""
    scene = _Scene(plan, paper)
    lines = (scene.crease(crease) for crease in plan.finish.creases)
    return _drawn(scene.outline(), *scene.numbers(), *lines, *scene.measures())


def fold_figure(plan: Plan, paper: Paper, fold: Fold, region: Region) -> str:
    """The paper before a fold, and which part of it goes behind."""
    scene = _Scene(plan, paper, region)
    line = next(one for one in fold.lines if region.holds(one.upright, one.at))
    crease = scene.crease(Crease(line, Kind.FOLD, 0))
    return _drawn(scene.outline(), *scene.numbers(), crease, scene.over(fold.part, line.at))


def strip_figure(panels: int) -> str:
    """A strip that is folded to and fro, seen from above, page 1 in front."""
    step = min(6.0, (WIDTH - 8) / panels)
    left, low, high = (WIDTH - panels * step) / 2, 28.0, 12.0
    points = [(left + at * step, low if at % 2 == 0 else high) for at in range(panels + 1)]
    path = "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)
    return _drawn(f'<path d="{path}" {_LINE} stroke-width="0.7" stroke-linejoin="round"/>')


def ring_figure(plan: Plan, paper: Paper) -> str:
    """The slit sheet folded lengthways, its ends pushed together, and the cross it becomes."""
    scene = _Scene(plan, paper, Region(0, plan.grid[1], 1, plan.grid[0]))
    slit = next(step.line for step in plan.finish.steps if isinstance(step, Slit))
    left, right = scene.columns[0], scene.columns[-1]
    top, foot = scene.rows[1], scene.rows[2]
    middle = (top + foot) / 2
    folds = (f"M{x:.2f} {top:.2f}V{foot:.2f}" for x in scene.columns[1:-1])
    ends = scene.columns[slit.start], scene.columns[-1 if slit.stop is None else slit.stop]
    bulge = (ends[0] + ends[1]) / 2
    return _drawn(
        scene.outline(),
        f'<path d="{"".join(folds)}" {_LINE} {_THIN} {_DASHED}/>',
        f'<path d="M{ends[0]:.2f} {top:.2f}Q{bulge:.2f} {top - 7:.2f} {ends[1]:.2f} {top:.2f}'
        f'Q{bulge:.2f} {top + 3:.2f} {ends[0]:.2f} {top:.2f}Z" {_LINE} {_THIN}/>',
        _arrow(((left - 4, middle), (left + 1, middle), (left + 6, middle))),
        _arrow(((right + 4, middle), (right - 1, middle), (right - 6, middle))),
    )


def flip_figure(plan: Plan) -> str:
    """The sheet, the edge over which it turns drawn thick, and the way it goes."""
    wide, high = (30.0, 21.0) if plan.landscape else (21.0, 30.0)
    left, top = (WIDTH - wide) / 2 - (2 if plan.sideways else 0), HEIGHT - high - 0.5
    right, x, y = left + wide, left + wide / 2, top + high / 2
    outline = f"M{left:g} {top:g}H{right:g}V{top + high:g}H{left:g}Z"
    if plan.sideways:
        edge = f"M{right:g} {top:g}V{top + high:g}"
        arc = ((right - 9, y), (right, y - 14), (right + 6, y))
    else:
        edge = f"M{left:g} {top:g}H{right:g}"
        arc = ((x, top + 9), (x + 13, top), (x, top - 5))
    return _drawn(
        f'<path d="{outline}" {_LINE} {_PAPER}/>',
        f'<path d="{edge}" {_LINE} stroke-width="1.4"/>',
        _arrow(arc),
    )


class _Scene:
    """A part of the front of the first sheet, in the middle of the figure, at its foot.

    Args:
        plan: its panels say how wide the columns are.
        paper: the sheet as it lies.
        region: what is seen of it; all of it where none is given.
    """

    def __init__(self, plan: Plan, paper: Paper, region: Region | None = None) -> None:
        rows, columns = plan.grid
        self._plan = plan
        self._region = region or Region(0, columns, 0, rows)
        scale = min(_SHEET[0] / paper.width, _SHEET[1] / paper.height)
        across = _edges(plan.panels.widths, columns, paper.width * scale)
        down = _edges(plan.panels.heights, rows, paper.height * scale)
        seen = self._region
        left = (WIDTH - across[seen.left] - across[seen.right]) / 2
        top = HEIGHT - 0.5 - down[seen.bottom]
        self.columns = [left + x for x in across]
        self.rows = [top + y for y in down]

    def outline(self) -> str:
        """The edges of the paper."""
        seen = self._region
        left, right = self.columns[seen.left], self.columns[seen.right]
        top, foot = self.rows[seen.top], self.rows[seen.bottom]
        path = f"M{left:.2f} {top:.2f}H{right:.2f}V{foot:.2f}H{left:.2f}Z"
        return f'<path d="{path}" {_LINE} {_PAPER}/>'

    def numbers(self) -> Iterator[str]:
        """The pages that are seen, as they lie."""
        seen, (columns, rows) = self._region, (self.columns, self.rows)
        width = min(b - a for a, b in pairwise(columns))
        height = min(b - a for a, b in pairwise(rows))
        size = min(width / 1.3, height / 1.6, 9.0)
        for row, column, cell in self._plan.sheets[0].front.placed:
            inside = seen.left <= column < seen.right and seen.top <= row < seen.bottom
            if cell.page is None or not inside:
                continue
            down, across = cell.span
            x = (columns[column] + columns[column + across]) / 2
            y = (rows[row] + rows[row + down]) / 2
            yield (
                f'<text x="0" y="{0.35 * size:.2f}" text-anchor="middle" font-size="{size:.2f}" '
                f'font-family="Barlow Condensed" font-weight="600" '
                f'transform="translate({x:.2f} {y:.2f}) rotate({cell.rotation})">'
                f"{cell.page + 1}</text>"
            )

    def measures(self) -> Iterator[str]:
        """The widths of the columns in mm, where they are not all alike."""
        widths = self._plan.panels.widths
        if len(set(widths)) < 2:
            return
        y = self.rows[0] - 1.5
        for width, ends in zip(widths, pairwise(self.columns), strict=True):
            yield (
                f'<text x="{sum(ends) / 2:.2f}" y="{y:.2f}" text-anchor="middle" font-size="3.2" '
                f'font-family="Barlow Condensed" font-weight="600">{width:.4g}</text>'
            )

    def crease(self, crease: Crease) -> str:
        """A line as far as it is seen: folds dashed, cuts solid."""
        seen, line = self._region, crease.line
        low, high = (seen.top, seen.bottom) if line.upright else (seen.left, seen.right)
        start = max(low, line.start)
        stop = high if line.stop is None else min(high, line.stop)
        if line.upright:
            path = f"M{self.columns[line.at]:.2f} {self.rows[start]:.2f}V{self.rows[stop]:.2f}"
        else:
            path = f"M{self.columns[start]:.2f} {self.rows[line.at]:.2f}H{self.columns[stop]:.2f}"
        if crease.kind is Kind.CUT:
            return f'<path d="{path}" {_LINE} {_BOLD}/>'
        return f'<path d="{path}" {_LINE} {_THIN} {_DASHED}/>'

    def over(self, part: Part, at: int) -> str:
        """An arrow from a part over the line: beside the paper, where it hides no number."""
        seen = self._region
        if part in (Part.LEFT, Part.RIGHT):
            fold, top = self.columns[at], self.rows[seen.top]
            far = self.columns[seen.left if part is Part.LEFT else seen.right]
            reach = (far - fold) / 2
            return _arrow(((fold + reach, top - 1), (fold, top - 9), (fold - 0.8 * reach, top - 1)))
        fold, right = self.rows[at], self.columns[seen.right]
        far = self.rows[seen.top if part is Part.TOP else seen.bottom]
        reach = (far - fold) / 2
        return _arrow(
            ((right + 1, fold + reach), (right + 6, fold), (right + 1, fold - 0.8 * reach))
        )


def _edges(measures: Sequence[float], count: int, length: float) -> list[float]:
    """Where the cells begin and end on a length: shares of their measures, or even ones."""
    shares = measures or [1.0] * count
    return [length * so_far / sum(shares) for so_far in accumulate(shares, initial=0.0)]


def _arrow(curve: tuple[tuple[float, float], ...]) -> str:
    """A curve by its start, the point it bends towards and its end, with an open tip."""
    start, bend, end = curve
    x, y = end[0] - bend[0], end[1] - bend[1]
    length = (x * x + y * y) ** 0.5
    x, y = _TIP * x / length, _TIP * y / length
    back = (end[0] - x, end[1] - y)
    wings = [(back[0] - 0.6 * side * y, back[1] + 0.6 * side * x) for side in (1, -1)]
    points = (start, bend, end, wings[0], end, wings[1])
    a, b, c, d, e, f = (f"{x:.2f} {y:.2f}" for x, y in points)
    path = f"M{a}Q{b} {c}M{d}L{e}L{f}"
    return f'<path d="{path}" {_LINE} stroke-width="0.7" stroke-linecap="round"/>'


def _drawn(*parts: str) -> str:
    return "".join((_OPEN.format(w=WIDTH, h=HEIGHT), *parts, "</svg>"))
