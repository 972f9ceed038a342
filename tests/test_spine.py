"""The spine of a cover that is printed apart, read back from its sheet."""

from __future__ import annotations

from types import SimpleNamespace

import pypdfium2
import pytest

from support.pdfs import Read
from support.projects import copy_of
from zine.build import Options, Request, build
from zine.impose.covers import wrapped
from zine.paper import PAPERS
from zine.project import load_project
from zine.typeset.geometry import Geometry
from zine.typeset.views.spine import LEAST, spine_fit, spine_rules
from zine.units import mm_to_pt

TITLE = "The shared garden"
DPI = 150


@pytest.fixture(scope="module")
def covers(tmp_path_factory):
    """The cover's file and the width of its spine, mm, for thick paper and for thin."""
    root = copy_of("principle", tmp_path_factory.mktemp("spine"))
    book = root / "book" / "book.yaml"
    common = "kind: booklet, scheme: perfect, cover: separate, paper: a4"
    book.write_text(
        book.read_text(encoding="utf-8")
        + f"\neditions:\n  thick: {{{common}, stock: 0.5 mm}}\n  thin: {{{common}}}\n",
        encoding="utf-8",
    )
    report = build(load_project(root), [Request()], Options(processes=1))
    assert "marks-no-room" not in {one.code for one in report.findings}
    found = {}
    for name, stock in (("thick", 0.5), ("thin", 0.1)):
        inside = next(one for one in report.outputs if one.edition == name)
        spine = wrapped(inside.pages, PAPERS["a5"], caliper=stock, scheme="perfect").spine
        path = next(one.path for one in report.outputs if one.edition == f"{name}-cover")
        found[name] = path, spine
    return found


def spine_of(read: Read, spine: float) -> tuple[float, float, float, float]:
    """Left, foot, right and head of the spine on its sheet, pt."""
    width, height = read.size(0)
    half, tall = mm_to_pt(spine) / 2, PAPERS["a5"].height_pt / 2
    return width / 2 - half, height / 2 - tall, width / 2 + half, height / 2 + tall


def letters(read: Read, area) -> list[tuple[str, float, float]]:
    """Letters that stand in an area with the middle of each, in the order of the text."""
    page = pypdfium2.PdfDocument(read.raw)[0]
    text = page.get_textpage()
    whole = text.get_text_range()
    found = []
    for at, letter in enumerate(whole):
        left, foot, right, head = text.get_charbox(at)
        x, y = (left + right) / 2, (foot + head) / 2
        if letter.isalpha() and area[0] < x < area[2] and area[1] < y < area[3]:
            found.append((letter, x, y))
    return found


def test_the_title_runs_down_the_spine(covers):
    path, spine = covers["thick"]
    assert spine > LEAST
    with Read(path) as read:
        area = spine_of(read, spine)
        found = letters(read, area)
        assert "".join(letter for letter, _, _ in found) == TITLE.replace(" ", "")
        heights = [y for _, _, y in found]
        assert heights == sorted(heights, reverse=True)
        # In the middle of the spine, with room for a fold that strays by a millimetre.
        assert all(abs(x - (area[0] + area[2]) / 2) < mm_to_pt(spine) / 4 for _, x, _ in found)
        assert area[3] - heights[0] > mm_to_pt(10)


def test_a_spine_too_thin_for_words_bears_none(covers):
    path, spine = covers["thin"]
    assert 0 < spine < LEAST
    with Read(path) as read:
        assert letters(read, spine_of(read, spine)) == []
        assert read.words(0).count(TITLE) == 1


@pytest.mark.parametrize("stock", ["thick", "thin"])
def test_the_ground_of_the_cover_goes_on_over_the_spine(covers, stock):
    path, spine = covers[stock]
    with Read(path) as read:
        left, foot, right, head = spine_of(read, spine)
        height = read.size(0)[1]
    page = pypdfium2.PdfDocument(path)[0]
    image = page.render(scale=DPI / 72).to_pil().convert("RGB")

    def pixels(x: float) -> list[tuple[int, ...]]:
        """A column of the sheet, from the bleed at the head to that at the foot."""
        span = range(round((height - head - 8) * DPI / 72), round((height - foot + 8) * DPI / 72))
        return [image.getpixel((round(x * DPI / 72), y)) for y in span]

    edge = mm_to_pt(1 / 6)
    for fold in (left, right):
        here, there = pixels(fold - edge), pixels(fold + edge)
        far = sum(
            max(abs(a - b) for a, b in zip(one, two, strict=True)) > 60
            for one, two in zip(here, there, strict=True)
        )
        assert far / len(here) < 0.25
    # The title zone is one colour all the way, above the words.
    y = round((height - head + 5) * DPI / 72)
    zone = {image.getpixel((round(x * DPI / 72), y)) for x in (left - 20, left + 2, right + 20)}
    assert len(zone) == 1
    assert zone != {(255, 255, 255)}


def desk(title=TITLE, spine=9.0, language="en", publisher="", look=None):
    return SimpleNamespace(
        geometry=Geometry(PAPERS["a5"], 3.0),
        publication=SimpleNamespace(title=title, look=look),
        settings=SimpleNamespace(publisher=publisher, language=language),
        spine=spine,
    )


def test_what_stands_on_a_spine():
    assert spine_fit(desk(spine=LEAST - 0.1)).title == ""
    wide, narrow = spine_fit(desk(spine=20)), spine_fit(desk(spine=5))
    assert narrow.size == pytest.approx(0.55 * mm_to_pt(5), abs=0.11)
    assert narrow.size < wide.size
    long = spine_fit(desk("A title that goes on and on until it is a little long for it", 12))
    assert 6.5 <= long.size < spine_fit(desk(spine=12)).size
    # What could be read with a glass alone is left out.
    assert spine_fit(desk("A title of so many words that nobody reads it " * 3)).title == ""
    assert spine_fit(desk("Bread", publisher="A press")).publisher == "A press"
    assert spine_fit(desk("Bread", publisher="A press of a very long name" * 3)).publisher == ""


@pytest.mark.parametrize(
    ("language", "turn", "align"),
    [("en", "90", "start"), ("es-MX", "-90", "end"), ("fr", "-90", "end"), ("ar", "-90", "start")],
)
def test_which_way_the_words_run(language, turn, align):
    rules = spine_rules(desk(language=language))
    assert f"rotate({turn}deg)" in rules
    assert f"text-align:{align}" in rules
    assert "size:9.0000mm 210.0000mm" in rules
