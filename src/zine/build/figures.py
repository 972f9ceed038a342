"""Small drawings for the instruction sheet: the sheet with its lines, the edge it turns on."""

from __future__ import annotations

from zine.impose.finish import Crease, Kind
from zine.impose.sheets import Plan
from zine.paper import Paper

_OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">'
_LINE = 'fill="none" stroke="#000"'
_DASHED = 'stroke-dasharray="3 2"'


def sheet_figure(plan: Plan, paper: Paper) -> str:
    """The front of the first sheet: its pages, folds dashed, cuts solid."""
    width, height = 100.0, round(100.0 * paper.height / paper.width, 2)
    rows, columns = plan.grid
    size = min(width / columns, height / rows) / 2.5
    parts = [_OPEN.format(box=f"-1 -1 {width + 2:g} {height + 2:g}"), _outline(width, height)]
    for row, column, cell in plan.sheets[0].front.placed:
        if cell.page is None:
            continue
        down, across = cell.span
        x, y = (column + across / 2) * width / columns, (row + down / 2) * height / rows
        parts.append(
            f'<text x="0" y="{0.35 * size:.2f}" text-anchor="middle" font-size="{size:.2f}" '
            f'font-family="Barlow Condensed" font-weight="600" '
            f'transform="translate({x:.2f} {y:.2f}) rotate({cell.rotation})">'
            f"{cell.page + 1}</text>"
        )
    parts += [_crease(crease, plan.grid, width, height) for crease in plan.finish.creases]
    return "".join([*parts, "</svg>"])


def flip_figure(plan: Plan) -> str:
    """The sheet, the edge over which it turns drawn thick, and the way it goes."""
    width, height = (60.0, 42.0) if plan.landscape else (42.0, 60.0)
    parts = [_OPEN.format(box="-30 -24 120 100"), _outline(width, height)]
    if plan.sideways:
        edge, middle = f"M{width} 0V{height}", height / 2
        start, bend, end = (width - 14, middle), (width, middle - 26), (width + 14, middle)
        tip = f"M{end[0] - 5} {end[1] - 4}L{end[0]} {end[1]}L{end[0] + 3} {end[1] - 6}"
    else:
        edge, middle = f"M0 0H{width}", width / 2
        start, bend, end = (middle, 14), (middle + 26, 0), (middle, -14)
        tip = f"M{end[0] + 7} {end[1] - 1}L{end[0]} {end[1]}L{end[0] + 3} {end[1] + 6}"
    parts.append(f'<path d="{edge}" {_LINE} stroke-width="3"/>')
    arc = f"M{start[0]} {start[1]}Q{bend[0]} {bend[1]} {end[0]} {end[1]}"
    parts.append(f'<path d="{arc}{tip}" {_LINE} stroke-width="1.5"/>')
    return "".join([*parts, "</svg>"])


def _outline(width: float, height: float) -> str:
    return f'<path d="M0 0H{width:g}V{height:g}H0Z" {_LINE} stroke-width="0.8"/>'


def _crease(crease: Crease, grid: tuple[int, int], width: float, height: float) -> str:
    rows, columns = grid
    line = crease.line
    if line.upright:
        stop = rows if line.stop is None else line.stop
        x = line.at * width / columns
        path = f"M{x:.2f} {line.start * height / rows:.2f}V{stop * height / rows:.2f}"
    else:
        stop = columns if line.stop is None else line.stop
        y = line.at * height / rows
        path = f"M{line.start * width / columns:.2f} {y:.2f}H{stop * width / columns:.2f}"
    if crease.kind is Kind.CUT:
        return f'<path d="{path}" {_LINE} stroke-width="1.6"/>'
    return f'<path d="{path}" {_LINE} stroke-width="0.8" {_DASHED}/>'
