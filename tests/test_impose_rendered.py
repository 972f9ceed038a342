"""Numbered pages imposed and printed: the digits stand where the plan says, turned as it says."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops

from zine.impose.dummy import dummy_pages
from zine.impose.options import Options
from zine.impose.press import impose
from zine.impose.printer import Printer
from zine.impose.registry import make_plan
from zine.impose.sheets import Flip
from zine.paper import PAPERS

SCALE = 0.5  # pixels a point
A4 = PAPERS["a4"]


def rendered(data: bytes) -> list[Image.Image]:
    """Every page in grey."""
    document = pdfium.PdfDocument(data)
    images = [page.render(scale=SCALE).to_pil().convert("L") for page in document]
    document.close()
    return images


def likest(cell: Image.Image, numbers: list[Image.Image]) -> tuple[int, int]:
    """The number (from 0) and the clockwise turn whose picture differs least from a cell."""

    def difference(number: Image.Image, turn: int) -> float:
        picture = number.rotate(-turn, expand=True).resize(cell.size)
        return sum(ImageChops.difference(picture, cell).histogram()[128:])

    turns = [(n, turn) for n in range(len(numbers)) for turn in (0, 90, 180, 270)]
    return min(turns, key=lambda one: difference(numbers[one[0]], one[1]))


@pytest.mark.parametrize(
    ("scheme", "pages", "options"),
    [
        ("saddle", 8, {"flip": Flip.LONG}),
        ("saddle", 5, {"rtl": True}),
        ("octavo", 16, {}),
        ("mini", 8, {}),
        ("mini", 8, {"form": "feet"}),
        ("four-up", 8, {"flip": Flip.SHORT}),
        ("cards", 8, {"grid": (2, 2), "flip": Flip.SHORT}),
        ("accordion", 8, {}),
    ],
)
def test_the_digits_stand_where_the_plan_says(scheme, pages, options):
    plan = make_plan(scheme, pages, Options(**options))
    source = dummy_pages(plan, A4)
    out = io.BytesIO()
    impose(io.BytesIO(source), plan, sheet=A4, out=out)
    numbers, sides = rendered(source), rendered(out.getvalue())
    rows, columns = plan.grid
    for side, picture in zip(plan.printed, sides, strict=True):
        width, height = picture.width / columns, picture.height / rows
        for row, column, cell in side.face.placed:
            box = (column * width, row * height, (column + 1) * width, (row + 1) * height)
            seen = picture.crop(tuple(round(edge) for edge in box))
            if cell.page is None:
                assert seen.getextrema() == (255, 255)
            else:
                assert likest(seen, numbers) == (cell.page, cell.rotation)


@pytest.mark.parametrize("flip", Flip)
def test_backs_are_moved_against_the_drift(flip):
    """What a printer sets 2 mm to the right and 1 mm too low comes to lie behind the front."""
    printer = Printer("kitchen", drift=(2.0, -1.0))
    plan = make_plan("saddle", 4, Options(flip=flip))
    source = dummy_pages(plan, A4)

    def printed(drift: tuple[float, float]) -> list[Image.Image]:
        out = io.BytesIO()
        impose(io.BytesIO(source), plan, sheet=A4, out=out, drift=drift)
        return rendered(out.getvalue())

    straight, moved = printed((0.0, 0.0)), printed(printer.drift_of(plan))
    assert straight[0].tobytes() == moved[0].tobytes()
    right, down = 2.0 * 72 / 25.4 * SCALE, 1.0 * 72 / 25.4 * SCALE
    # Seen from the front the back goes 2 mm to the left and 1 mm up: on its own picture, turned
    # left to right, to the right and up; turned head to foot, to the left and down.
    expected = (right, -down) if flip is Flip.SHORT else (-right, down)
    before, after = (ImageChops.invert(picture).getbbox() for picture in (straight[1], moved[1]))
    assert after[0] - before[0] == pytest.approx(expected[0], abs=1.1)
    assert after[1] - before[1] == pytest.approx(expected[1], abs=1.1)
