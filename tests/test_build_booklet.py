"""The booklet of theories: every half of every sheet bears the page of the plan."""

from __future__ import annotations

import pytest

from support.pdfs import Read

pytestmark = pytest.mark.slow
WIDTH, HEIGHT = 841.89, 595.28  # A4 landscape, pt
FOLIO_BAND = 40.0  # pt from the foot of the trim


@pytest.fixture(scope="module")
def booklet(demo):
    with Read(demo.path("theories-booklet-a4.pdf")) as read:
        yield read


def saddle(pages: int) -> list[tuple[int, int]]:
    """Pages of the halves of every side, left and right (print-conventions, 1); 0 is blank.

    Blanks stand before the back cover, which stays last.
    """
    full = 4 * -(-pages // 4)
    order = [*range(1, pages), *[0] * (full - pages), pages]
    sides = []
    for sheet in range(1, full // 4 + 1):
        sides.append((full - 2 * (sheet - 1), 2 * sheet - 1))
        sides.append((2 * sheet, full - 2 * sheet + 1))
    return [(order[left - 1], order[right - 1]) for left, right in sides]


def test_the_oracle_is_the_convention():
    assert saddle(8) == [(8, 1), (2, 7), (6, 3), (4, 5)]
    assert saddle(10) == [(10, 1), (2, 0), (0, 3), (4, 9), (8, 5), (6, 7)]


def test_four_pages_to_a_sheet(demo, demo_theories, booklet):
    sheets = -(-len(demo_theories) // 4)
    assert len(booklet) == 2 * sheets
    (output,) = [o for o in demo.report.outputs if o.path.name == "theories-booklet-a4.pdf"]
    assert (output.pages, output.sheets) == (len(demo_theories), sheets)


def test_sheets_are_a4_landscape(booklet):
    for index in range(len(booklet)):
        assert booklet.size(index) == pytest.approx((WIDTH, HEIGHT), abs=0.01)


def letters(words: str) -> str:
    """Words without hyphens and spaces, of which tags tell those that a line break added."""
    return "".join(one for one in words if one not in " -")


def halves(booklet: Read, side: int) -> tuple[str, str]:
    middle = WIDTH / 2
    left = booklet.words(side, (0, 0, middle, HEIGHT))
    return left, booklet.words(side, (middle, 0, WIDTH, HEIGHT))


def test_every_half_bears_the_words_of_its_page(demo_theories, booklet):
    for side, pages in enumerate(saddle(len(demo_theories))):
        for words, page in zip(halves(booklet, side), pages, strict=True):
            expected = demo_theories.words(page - 1) if page else ""
            assert sorted(letters(words)) == sorted(letters(expected))


def test_every_half_bears_the_folio_of_its_page_at_the_fore_edge(demo_theories, booklet):
    width, printed = demo_theories.size(0)[0], 0
    for side, pages in enumerate(saddle(len(demo_theories))):
        for half, page in enumerate(pages):
            band = demo_theories.words(page - 1, (0, 0, width, FOLIO_BAND)) if page else ""
            if str(page) not in band.split():
                continue  # covers and the imprint bear none
            printed += 1
            left = half * WIDTH / 2
            foot = booklet.words(side, (left, 0, left + WIDTH / 2, FOLIO_BAND)).split()
            assert foot[0 if page % 2 == 0 else -1] == str(page)
            assert (page % 2 == 0) == (half == 0)
    assert printed > len(demo_theories) * 0.6


def test_it_is_printed_as_it_is_and_turned_on_the_short_edge(booklet):
    preferences = booklet.pikepdf.Root.ViewerPreferences
    assert str(preferences.PrintScaling) == "/None"
    assert str(preferences.Duplex) == "/DuplexFlipShortEdge"
