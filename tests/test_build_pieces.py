"""Mini zines, cards and covers of a small book: read back from the sheets."""

from __future__ import annotations

import pikepdf
import pytest

from support.pdfs import Read, plain
from support.projects import copy_of
from zine.build import Options, Request, build, build_minis
from zine.compiler.selection import SelectBy, Selection
from zine.diagnostics import UsageError
from zine.impose.printer import Printer
from zine.impose.sheets import Flip
from zine.paper import PAPERS
from zine.project import load_project

pytestmark = pytest.mark.slow
A4_LANDSCAPE = pytest.approx((841.89, 595.28), abs=0.02)


@pytest.fixture(scope="module")
def garden(tmp_path_factory):
    """The small book, with a deck on four cards a sheet and a mini zine with a poster."""
    root = copy_of("principle", tmp_path_factory.mktemp("pieces"))
    book = root / "book" / "book.yaml"
    book.write_text(
        book.read_text(encoding="utf-8")
        + "\neditions:\n  read:\n  deck: {kind: cards, grid: 2x2, paper: a4}\n"
        "  fold: {kind: mini, poster: true, paper: a4}\n",
        encoding="utf-8",
    )
    return load_project(root)


def names(report) -> list[str]:
    return [one.path.name for one in report.outputs]


def picture(path, side: int, cell: tuple[float, float, float, float]) -> str:
    """Words within a share of a side: left, foot, right, head from 0 to 1."""
    with Read(path) as read:
        width, height = read.size(side)
        left, foot, right, head = cell
        return read.words(side, (left * width, foot * height, right * width, head * height))


def test_a_deck_has_the_back_of_each_card_behind_its_front(garden):
    request = Request(editions=("deck",))
    report = build(garden, [request], Options())
    stem = "the-shared-garden-deck-a4"
    assert names(report) == [f"{stem}.pdf", f"{stem}-instructions.pdf"]
    path = report.outputs[0].path
    entries = [e.title for e in garden.library.entries]
    assert report.outputs[0].pages == 2 * len(entries)
    with Read(path) as read:
        assert len(read) == 2 * -(-len(entries) // 4)
        assert read.size(0) == pytest.approx((595.28, 841.89), abs=0.02)
        # Every title stands in front and behind.
        words = " ".join(read.words(side) for side in range(len(read)))
        assert all(words.count(plain(title)) >= 2 for title in entries)
    with pikepdf.open(path) as pdf:
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"


def test_a_mini_zine_is_eight_panels_on_one_side_and_a_poster_behind(garden):
    request = Request(Selection(SelectBy.ENTRIES, ("Waste nothing",)), editions=("fold",))
    report = build(garden, [request], Options())
    assert names(report) == ["waste-nothing-a4.pdf", "fold-a4-instructions.pdf"]
    path = report.outputs[0].path
    assert path.parent.name == "fold"
    assert (report.outputs[0].pages, report.outputs[0].sheets) == (9, 1)
    with Read(path) as read:
        assert len(read) == 2
        assert read.size(0) == A4_LANDSCAPE
        assert "Waste nothing" in read.words(1)
    # Heads to the centre: the cover is the last panel of the lower row, the source beside it.
    assert "Waste nothing" in picture(path, 0, (0.75, 0, 1, 0.5))
    assert "Where this comes from" in picture(path, 0, (0.5, 0, 0.75, 0.5))
    assert "The shared garden" in picture(path, 0, (0.5, 0, 0.75, 0.5))


def test_mini_zines_beside_handouts(garden, tmp_path):
    report = build_minis(garden, ["Patience"], PAPERS["letter"], Options(out=tmp_path))
    assert names(report) == ["patience-mini-letter.pdf", "mini-letter-instructions.pdf"]
    with Read(report.outputs[0].path) as read:
        assert read.size(0) == pytest.approx((792, 612), abs=0.02)


def test_a_cover_apart_leaves_the_inside_on_its_own_sides(garden, tmp_path):
    request = Request(editions=("booklet",), cover="separate")
    report = build(garden, [request], Options(out=tmp_path))
    stem = "the-shared-garden-booklet"
    assert names(report) == [
        f"{stem}-a4.pdf", f"{stem}-cover-a4.pdf", f"{stem}-a4-instructions.pdf",
    ]  # fmt: skip
    inside, cover, instructions = (one.path for one in report.outputs)
    with Read(cover) as read:
        assert len(read) == 2
        assert "garden" in read.words(0)
    with Read(inside) as read:
        # Page 3 is the first recto, with page 4 behind it.
        pages = report.outputs[0].pages
        assert len(read) == 2 * -(-(pages - 4) // 4)
    with Read(instructions) as read:
        words = read.words(0)
        assert f"{stem}-cover-a4.pdf" in words
        assert "Staple" in words


def test_a_printer_without_a_duplexer_has_fronts_and_backs(garden, tmp_path):
    kitchen = Printer("kitchen", flip=Flip.LONG, duplex=False, backs_reversed=True, margin=4)
    request = Request(editions=("booklet",), printer=kitchen)
    report = build(garden, [request], Options(out=tmp_path))
    stem = "the-shared-garden-booklet-a4"
    assert names(report) == [
        f"{stem}-fronts.pdf", f"{stem}-backs.pdf", f"{stem}-instructions.pdf",
    ]  # fmt: skip
    with Read(report.outputs[2].path) as read:
        assert "over its long edge" in read.words(0)
    assert {one.code for one in report.findings} & {"ink-lost", "bleed-lost"}


def test_keys_that_an_edition_does_not_have(garden, tmp_path):
    root = copy_of("principle", tmp_path)
    book = root / "book" / "book.yaml"
    text = book.read_text(encoding="utf-8")
    book.write_text(
        text + "\neditions:\n  read: {grid: 2x2}\n  booklet: {form: nest}\n"
        "  mini: {form: sideways}\n  cards: {poster: true}\n",
        encoding="utf-8",
    )
    with pytest.raises(UsageError) as raised:
        load_project(root)
    found = [(one.code, one.place.line) for one in raised.value.findings]
    first = len(text.splitlines()) + 3
    codes = ("edition-kind", "scheme-option", "scheme-option", "edition-kind")
    assert found == [(code, first + n) for n, code in enumerate(codes)]
