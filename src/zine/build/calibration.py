"""The calibration sheet: flip edge, drift of the backs, what the printer leaves blank, scale."""

from __future__ import annotations

from collections.abc import Iterator

from zine.build.onepage import Setter
from zine.impose.fitting import laid
from zine.impose.sheets import Flip
from zine.paper import Paper

_COMB = 14  # mm from the edge of the sheet up to which the combs count
_SCALE = 8  # mm to each side of the cross that is read
_OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w:g} {h:g}" role="img">'
_TYPE = 'font-family="Barlow Condensed" font-weight="600"'
_THIN = 'fill="none" stroke="#000" stroke-width="0.12"'
_BOLD = 'fill="none" stroke="#000" stroke-width="0.35"'


def calibration_sheet(setter: Setter, sheet: Paper, name: str, *, landscape: bool = True) -> bytes:
    """Two pages, front and back of a sheet, with the command that saves what is read off it.

    Everything is drawn in mm of the sheet itself. On the front: combs that count the mm from each
    edge, a scale around the middle, a line of 100 mm. On the back: a cross in the middle, and which
    edge the printer turned on, written so that only the right answer is upright.

    Args:
        setter: sets it.
        sheet: the paper, either way up.
        name: of the printer that is calibrated; "" for none yet.
        landscape: how the sheet lies.
    """
    paper = laid(sheet, landscape)
    words = setter.words
    option = "--drift" if landscape else "--drift-portrait"
    upright = "short" if landscape else "long"
    context = {
        "front": "".join((_open(paper), *_combs(paper), *_scales(paper), "</svg>")),
        "back": "".join((_open(paper), *_cross(paper), "</svg>")),
        "command": f"zine calibrate {name or 'NAME'} --flip … --margin … {option} …,…",
        "option": option,
        "upright": upright,
        "turned": "long" if upright == "short" else "short",
        "landscape": landscape,
        "paper": sheet.name,
    }
    rules = (
        f"@page{{size:{paper.width:.3f}mm {paper.height:.3f}mm;margin:0;bleed:0}}"
        f":root{{--sheet-width:{paper.width:.3f}mm;--sheet-height:{paper.height - 0.2:.3f}mm}}"
    )
    return setter.page("calibration", words.calibration_title, paper, rules, context, Flip(upright))


def _open(paper: Paper) -> str:
    return _OPEN.format(w=paper.width, h=paper.height)


def _combs(paper: Paper) -> Iterator[str]:
    """At the middle of each edge: steps that begin 1, 2, 3 … mm from it, each with its number."""
    w, h = paper.width, paper.height
    for edge in ("left", "right", "top", "bottom"):
        level = edge in ("left", "right")
        along = h * 0.5 if level else w * 0.5
        for mm in range(_COMB + 1):
            # Beside one another, so that the first whole one can be told from the next.
            at = along + (mm - _COMB / 2) * 5.0
            near, far = float(mm), float(mm) + 4.0
            x0, x1 = {"left": (near, far), "right": (w - near, w - far)}.get(edge, (at, at))
            y0, y1 = {"top": (near, far), "bottom": (h - near, h - far)}.get(edge, (at, at))
            yield f'<path d="M{x0:g} {y0:g}L{x1:g} {y1:g}" {_BOLD}/>'
            # The blunt end is the measure: a short bar across it, where ink begins.
            if level:
                yield f'<path d="M{x0:g} {y0 - 1.2:g}V{y0 + 1.2:g}" {_BOLD}/>'
            else:
                yield f'<path d="M{x0 - 1.2:g} {y0:g}H{x0 + 1.2:g}" {_BOLD}/>'
            tx = {"left": far + 1.6, "right": w - far - 1.6}.get(edge, at)
            ty = {"top": far + 2.6, "bottom": h - far - 1.0}.get(edge, at + 0.9)
            yield _text(tx, ty, str(mm), "middle")


def _scales(paper: Paper) -> Iterator[str]:
    """A cross with a line every half millimetre, on which the cross of the back is read."""
    x, y = paper.width / 2, paper.height / 2
    reach = _SCALE + 1
    yield _crossed(x, y, reach, _THIN)
    for half in range(-2 * _SCALE, 2 * _SCALE + 1):
        mm = half / 2
        long = 1.6 if half % 10 == 0 else 1.1 if half % 2 == 0 else 0.6
        yield f'<path d="M{x + mm:g} {y - long:g}V{y + long:g}" {_THIN}/>'
        yield f'<path d="M{x - long:g} {y + mm:g}H{x + long:g}" {_THIN}/>'
    # Numbers at the ends of the arms, where none stands in the way of another.
    for number, sign in ((_SCALE, "+"), (-_SCALE, "−")):
        away = number + (2.4 if number > 0 else -2.4)
        yield _text(x + away, y + 0.9, f"{sign}{_SCALE}", "middle")
        yield _text(x, y - away + 0.9, f"{sign}{_SCALE}", "middle")


def _cross(paper: Paper) -> Iterator[str]:
    """A plain cross in the very middle, in a ring so that it is found through the paper."""
    x, y = paper.width / 2, paper.height / 2
    reach = _SCALE + 12
    yield _crossed(x, y, reach, _BOLD)
    yield f'<circle cx="{x:g}" cy="{y:g}" r="{reach - 2:g}" {_BOLD}/>'


def _crossed(x: float, y: float, reach: float, pen: str) -> str:
    arms = f"M{x - reach:g} {y:g}H{x + reach:g}M{x:g} {y - reach:g}V{y + reach:g}"
    return f'<path d="{arms}" {pen}/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="2.6" {_TYPE}>{words}</text>'
    )
