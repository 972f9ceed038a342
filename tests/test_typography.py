"""Typography, measured: a text that holds everything, and the lines of the demo book."""

from __future__ import annotations

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.projects import built, copy_of
from zine.content.typography import typographic
from zine.paper import PAPERS
from zine.prove.sight import Run, sights
from zine.typeset.balance import balanced, balanced_pulls
from zine.typeset.fonts import text_width
from zine.typeset.geometry import LINE, Geometry
from zine.typeset.wording import LAST_WORDS, NBSP, hold_last_words
from zine.units import mm_to_pt

A5 = Geometry(PAPERS["a5"], 3.0)
FIRST = A5.head + 10.35  # pt: first baseline (look.md, Page)
NEAR = 0.2  # pt
Lines = list[tuple[Run, str]]


def lines_of(pdf) -> list[Lines]:
    """Runs with their words, page by page."""
    document = pypdfium2.PdfDocument(pdf.read_bytes())
    try:
        return [[(run, sight.words(run)) for run in sight.runs] for sight in sights(document)]
    finally:
        document.close()


def is_size(run: Run, size: float) -> bool:
    return abs(run.size - size) < 0.05


def line_number(run: Run) -> float:
    return (run.baseline - FIRST) / LINE


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """The book of all the parts, and the pages of its entry's running text."""
    made = built(copy_of("typography", tmp_path_factory.mktemp("typography")))
    pages = lines_of(made.path("all-the-parts.pdf"))
    key = "entry-all-parts"
    start = made.report.page_maps["all-the-parts"].targets[key] + 2
    return made, pages[start : start + 3]


@pytest.fixture(scope="module")
def demo_lines(demo):
    return lines_of(demo.path("solidarity-economics.pdf"))


class TestGrid:
    def test_everything_stands_on_a_line_or_between_two(self, parts):
        _, pages = parts
        found = 0
        for run, words in (one for page in pages for one in page):
            if run.role == "note" or run.size < 9 or words.strip() in ("•", ""):
                continue
            halves = 2 * line_number(run)
            assert abs(halves - round(halves)) * LINE / 2 < NEAR, words
            found += 1
        assert found > 60

    def test_text_after_each_part_is_on_a_line(self, parts):
        _, pages = parts
        after = [
            (run, words)
            for page in pages
            for run, words in page
            if words.startswith(("After", "A sentence after", "The first para"))
        ]
        assert len(after) == 8
        for run, words in after:
            assert abs(line_number(run) - round(line_number(run))) * LINE < NEAR, words

    def test_facing_pages_begin_on_the_same_line(self, parts):
        _, pages = parts
        tops = [min(line_number(run) for run, _ in page if run.size >= 9) for page in pages]
        assert tops == pytest.approx([0, 0, 0], abs=0.02)

    def test_notes_stand_at_the_foot(self, parts):
        _, pages = parts
        for page in (pages[0], pages[2]):
            notes = [run for run, _ in page if is_size(run, 8)]
            text = [run for run, _ in page if is_size(run, 9.6)]
            assert notes and max(run.baseline for run in text) < min(r.baseline for r in notes)
            assert max(line_number(run) for run in notes) == pytest.approx(36, abs=0.2)

    def test_a_picture_has_its_caption_and_no_flaw_is_found(self, parts):
        made, pages = parts
        words = " ".join(words for page in pages for _, words in page)
        assert "Five beds, seen from the roof" in words
        codes = {one.code for one in made.report.findings}
        assert not {one for one in codes if one.startswith(("type-", "page-", "heading-"))}


class TestLines:
    def test_hyphens_leave_three_letters_and_bring_four(self, demo_lines):
        """Of words of seven and more (look.md, Type)."""
        found = 0
        for page in demo_lines:
            text = [(run, words) for run, words in page if is_size(run, 9.6)]
            # A hyphen that the program sets is a run of its own.
            for (_, before), (_, hyphen), (_, following) in zip(
                text, text[1:], text[2:], strict=False
            ):
                if hyphen != "\x02":
                    continue
                start = before.split()[-1].strip("“‘(")
                end = following.split()[0].strip(".,;:!?”’)")
                assert len(start) >= 3 and len(end) >= 4, f"{start}-{end}"
                assert len(start + end) >= 7
                found += 1
        assert found > 30

    def test_no_paragraph_ends_on_a_part_of_a_word(self, demo_lines):
        """The end mark closes a text: the line before it holds more than one word."""
        ends = 0
        for page in demo_lines:
            text = [(run, words) for run, words in page if is_size(run, 9.6)]
            for run, words in text[-1:]:
                line = " ".join(w for r, w in text if abs(r.baseline - run.baseline) < 1)
                assert len(line.replace(NBSP, " ").split()) > 1, words
                ends += 1
        assert ends > 20

    def test_folios_are_tabular(self, demo):
        """Digits take equal room: 11 is as wide as 10."""
        document = pypdfium2.PdfDocument(demo.path("solidarity-economics.pdf").read_bytes())
        widths = set()
        for index in (9, 11, 13, 17, 19, 21):
            text = document[index].get_textpage()
            number = text.get_text_range().rfind(str(index + 1) + NBSP)
            first, second = (text.get_charbox(number + at, loose=True) for at in (0, 1))
            widths.add(round(second[0] - first[0], 2))
        document.close()
        assert len(widths) == 1


class TestWords:
    @pytest.mark.parametrize(
        ("text", "bound"),
        [
            ("See p. 42 and pp. 4 to 6.", "See p._42 and pp._4 to 6."),
            ("25 kg of it, 12 m high, 5 %", "25_kg of it, 12_m high, 5_%"),
            ("3 million people, 4 of them", "3_million people, 4 of them"),
            ("(fig. 3) no. 4, vol. 2", "(fig._3) no._4, vol._2"),
            ("I said no. Then 5 men left at 5 maybe.", "I said no. Then 5 men left at 5 maybe."),
            ("in the 1980s, 12 months", "in the 1980s, 12 months"),
        ],
    )
    def test_numbers_hold_on_to_what_they_count(self, text, bound):
        assert typographic(text, "en") == bound.replace("_", NBSP)

    def test_last_words_hold_together(self):
        assert hold_last_words("<p>one two three.</p>") == (
            '<p>one <span class="nowrap">two three.</span></p>'
        )
        assert hold_last_words("<li>alone</li>") == "<li>alone</li>"
        marked = "<p>one <em>two</em> three</p>"
        assert hold_last_words(marked) == marked
        long = f"<p>a {'x' * LAST_WORDS} end</p>"
        assert hold_last_words(long) == long


class TestBalance:
    def test_a_title_that_fits_its_line_is_left_alone(self):
        assert balanced("Solidarity economics", 38, 111) == "Solidarity economics"

    @pytest.mark.parametrize(
        ("title", "lines"),
        [
            ("Traffic mimes in Bogotá", ["Traffic mimes", "in Bogotá"]),
            ("How to use this toolbox", ["How to use this", "toolbox"]),
            ("Marinaleda’s direct action economy", ["Marinaleda’s direct", "action economy"]),
        ],
    )
    def test_known_titles(self, title, lines):
        measure = 75 if title.startswith("Traffic") else 111
        made = balanced(title, 38, measure)
        assert [line.replace(NBSP, " ") for line in made.split(" ")] == lines

    @given(
        words=st.lists(st.text("aeimnorst", min_size=1, max_size=14), min_size=1, max_size=14),
        size=st.sampled_from([25.0, 30.0, 38.0]),
    )
    def test_lines_fit_and_nothing_is_lost(self, words, size):
        made = balanced(" ".join(words), size, 111)
        assert made.replace(NBSP, " ") == " ".join(words)
        if NBSP in made:
            for line in made.split(" "):
                wide = text_width(line.replace(NBSP, " "), size) - 0.005 * size * len(line)
                assert wide <= mm_to_pt(111)

    def test_pull_quotes_end_on_more_than_a_word(self):
        words = "The person who knows the machine should have a say in the money."
        made = balanced_pulls(f'<p class="pull">{words}</p>')
        last = made.removesuffix("</p>").split(" ")[-1]
        assert len(last.split(NBSP)) > 1
        assert balanced_pulls("<p>Words &amp; words.</p>") == "<p>Words &amp; words.</p>"
