"""Small typographic repairs, and the size of display type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zine.paper import PAPERS
from zine.typeset.display import COVER_STEPS, OPENER_STEPS, fit_display, running_head
from zine.typeset.fonts import text_width
from zine.typeset.geometry import Geometry
from zine.typeset.wording import (
    NBSP,
    bind_last_words,
    bind_short_words,
    short_url,
    title_size,
)
from zine.units import mm_to_pt


@pytest.mark.parametrize(
    ("title", "bound"),
    [
        ("The river with the rights of a person", "The_river with the_rights of_a_person"),
        ("Zakat", "Zakat"),
        ("Traffic mimes in Bogotá", "Traffic mimes in_Bogotá"),
    ],
)
def test_short_words_hold_on_to_the_next(title, bound):
    assert bind_short_words(title) == bound.replace("_", NBSP)


def test_a_lead_never_ends_on_a_single_word():
    assert bind_last_words("<p>one two three.</p>") == f"<p>one two{NBSP}three.</p>"
    assert bind_last_words("<p>one</p><p>two three</p>") == f"<p>one</p><p>two{NBSP}three</p>"


@pytest.mark.parametrize(
    ("title", "size"),
    [
        ("Solidarity economics", "s"),
        ("x" * 18 + " economy and the rest", "s"),
        ("Chitsvachirimurutsoka Cooperative, Zimbabwe", "m"),
        ("a " * 31, "l"),
        ("x" * 25, "l"),
    ],
)
def test_size_of_an_entry_title(title, size):
    assert title_size(title) == size


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.geo.coop/", "geo.coop"),
        ("http://example.org/a/b?lang=fr#x", "example.org/a/b"),
        (
            "http://www.geo.coop/sites/default/files/SolidarityEconomicsEthanMiller.pdf",
            "geo.coop/…",
        ),
    ],
)
def test_an_address_is_printed_short(url, shown):
    assert short_url(url) == shown


def test_the_cover_of_the_demo_is_set_as_specified():
    assert fit_display("Solidarity Economics", COVER_STEPS, 117, 54.4).size == 81
    assert fit_display("Theories", COVER_STEPS, 117, 41.4).size == 102
    assert fit_display("Theories", OPENER_STEPS, 121, 33).size == 94


@given(st.text("abcdefghij MW", min_size=1, max_size=60).filter(str.strip))
def test_no_word_of_a_display_line_is_wider_than_its_measure(title):
    title = " ".join(title.split())
    display = fit_display(title, COVER_STEPS, 111, 60)
    smallest = COVER_STEPS[-1][0]
    # Letters stand .015 em closer than their widths say (front.css, .display).
    widest = max(
        text_width(word, display.size) - 0.015 * len(word) * display.size for word in title.split()
    )
    assert display.size == smallest or widest <= mm_to_pt(111) + 0.01
    assert display.size == smallest or display.lines * display.leading <= mm_to_pt(60)


def test_a_running_head_stays_beside_its_folio():
    a5 = Geometry(PAPERS["a5"], 3.0)
    long = "The very long title of a theory, that says all there is to say, " * 2
    assert running_head("Solidarity economics", a5) == "Solidarity economics"
    cut = running_head(long, a5)
    assert cut.endswith("\u2026") and long.startswith(cut[:-1])
    assert not cut[:-1].endswith((",", " "))
    assert text_width(cut, 9, weight=700) < mm_to_pt(a5.measure) - 45
    noted = running_head(long, a5, "Page numbers in italics are those of another book")
    assert len(noted) < len(cut)
    assert len(running_head("x" * 200, a5)) < 100
