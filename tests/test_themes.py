"""Themes: small files of differences, and what they make of the same book."""

from __future__ import annotations

import pypdfium2
import pytest

from support.pdfs import Read
from support.projects import built, copy_of, write
from zine.bind.inkreading import read_inks
from zine.build import Request, check_pages, checking
from zine.compiler.selection import Selection
from zine.config.loading import load_settings
from zine.config.themes import make_theme, theme_names
from zine.diagnostics import UsageError
from zine.paper import PAPERS
from zine.project import load_project
from zine.settings import STANDARD, Pictures

BLACK, PAPER = ("gray", (0.0,)), ("gray", (1.0,))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = copy_of("principle", tmp_path_factory.mktemp("themes"))
    write(root, "styles/themes/loud.css", ".tag { font-size: 20pt; }")
    return root


@pytest.fixture(scope="module")
def editions(project):
    """The same book as it is, in one ink, and in little of it."""
    names = ("read", "mono", "low-ink")
    return built(project, Request(Selection(), names))


def settings_with(root, text):
    return load_settings(write(root, "book/book.yaml", f"title: A book\n{text}"))


def test_themes_are_found_by_their_files(project):
    assert theme_names(project) == ("large-print", "loud", "low-ink", "mono")


def test_a_theme_says_what_differs(project):
    theme = make_theme(["low-ink"], project)
    assert (theme.outline, theme.black, theme.pictures) == (True, True, Pictures.HALFTONE)
    assert (theme.line, theme.trim, theme.text) == (STANDARD.line, None, STANDARD.text)
    large = make_theme(["large-print"], project)
    assert (large.line, large.trim, large.columns) == (pytest.approx(27), PAPERS["a4"], 1)
    assert large.text == large.display == "Atkinson Hyperlegible"


def test_themes_are_put_together_in_order(project):
    theme = make_theme(["large-print", "mono", "loud"], project)
    assert theme.name == "large-print+mono+loud"
    assert theme.black
    assert theme.line == pytest.approx(27)
    assert theme.sheets[-1] == "themes/loud.css"


def test_an_unknown_theme_is_named_at_its_line(project, tmp_path):
    with pytest.raises(UsageError) as raised:
        settings_with(tmp_path, "editions:\n  thin:\n    kind: read\n    theme: low-inc\n")
    (finding,) = raised.value.findings
    assert (finding.code, finding.place.line) == ("theme-unknown", 5)
    assert "low-ink" in finding.hint


def test_a_wrong_theme_is_named_in_its_own_file(tmp_path):
    write(tmp_path, "styles/themes/mine.yaml", "outlines: true\nline: tall\n")
    with pytest.raises(UsageError) as raised:
        settings_with(tmp_path, "editions: {thin: {kind: read, theme: mine}}\n")
    found = {(one.code, one.place.path, one.place.line) for one in raised.value.findings}
    assert found == {
        ("key-unknown", "styles/themes/mine.yaml", 1),
        ("value-wrong", "styles/themes/mine.yaml", 2),
    }


def test_editions_have_what_their_names_say(tmp_path):
    settings = settings_with(tmp_path, "editions:\n  mono: {kind: read, trim: a6}\n  booklet:\n")
    mono, booklet = settings.editions
    assert (mono.kind, mono.theme.name, mono.trim) == ("read", "mono", PAPERS["a6"])
    assert (booklet.kind, booklet.theme) == ("booklet", STANDARD)
    names = [one.name for one in settings.stock]
    assert names == [
        "read",
        "low-ink",
        "large-print",
        "press",
        "press-greyscale",
        "press-cmyk",
        "mini",
        "cards",
    ]


def test_files_of_themed_editions_have_their_names(editions):
    assert [one.path.name for one in editions.report.outputs] == [
        "the-shared-garden.pdf",
        "the-shared-garden-mono-a4.pdf",
        "the-shared-garden-mono-a4-instructions.pdf",
        "the-shared-garden-low-ink-a4.pdf",
        "the-shared-garden-low-ink-a4-instructions.pdf",
    ]


@pytest.mark.parametrize("name", ["mono", "low-ink"])
def test_one_ink_is_black_and_nothing_else(editions, name):
    pages = read_inks(editions.path(f"the-shared-garden-{name}-a4.pdf").read_bytes()).pages
    colours = {(one.space, one.parts) for page in pages for one in page.colours}
    assert colours == {BLACK, PAPER}


def coverage(path, index):
    """The share of a side that is black."""
    document = pypdfium2.PdfDocument(path)
    image = document[index].render(scale=0.5, grayscale=True).to_pil()
    document.close()
    return 1 - sum(image.histogram()[n] * n for n in range(256)) / (
        255 * image.width * image.height
    )


def test_little_ink_is_little(editions):
    """The drawings of the covers are solid in one, lines in the other."""
    mono = coverage(editions.path("the-shared-garden-mono-a4.pdf"), 0)
    low = coverage(editions.path("the-shared-garden-low-ink-a4.pdf"), 0)
    assert mono > 0.1
    assert low < 0.6 * mono


def test_the_words_are_the_same_in_every_theme(editions):
    """Themes change no page number: both booklets read as the book does."""
    with Read(editions.path("the-shared-garden.pdf")) as read:
        words = sorted(word for index in range(len(read)) for word in read.words(index).split())
    for name in ("mono", "low-ink"):
        with Read(editions.path(f"the-shared-garden-{name}-a4.pdf")) as sheets:
            sides = [sheets.words(index).split() for index in range(len(sheets))]
        assert sorted(word for side in sides for word in side) == words


@pytest.fixture(scope="module")
def sizes(project):
    """The book in large type, and on pages for a pocket."""
    book = project / "book" / "book.yaml"
    text = book.read_text(encoding="utf-8")
    pocket = "  pocket: {kind: read, trim: a6}\n"
    universal = "  universal: {kind: booklet, trim: universal, paper: letter}\n"
    book.write_text(f"{text}editions:\n{pocket}{universal}", encoding="utf-8")
    made = built(project, Request(Selection(), ("large-print", "pocket", "universal")))
    book.write_text(text, encoding="utf-8")
    return made


def test_large_print_is_a4_and_large_all_over(sizes):
    with Read(sizes.path("the-shared-garden-large-print.pdf")) as read:
        for index in range(len(read)):
            assert read.size(index) == pytest.approx((595.28, 841.89), abs=0.01)
            # Calls of footnotes stand in the line of their text; back covers have 16 pt.
            small = [one for one, size in read.sizes(index) if size < 15.9 and not one.isdigit()]
            assert not small, read.words(index)
        fonts = {
            str(font.BaseFont).split("+")[-1].lstrip("/")
            for page in read.pikepdf.pages
            for font in page.resources.get("/Font", {}).values()
        }
    assert fonts
    assert all(name.startswith("Atkinson") for name in fonts), fonts


def test_a_pocket_has_small_pages_and_type_of_the_usual_size(sizes):
    with Read(sizes.path("the-shared-garden-pocket.pdf")) as read:
        for index in range(len(read)):
            assert read.size(index) == pytest.approx((297.64, 419.53), abs=0.01)
        running = [size for _, size in read.sizes(read.pages_of("Shared soil")[0])]
    assert max(running) <= 30.01
    assert sum(abs(size - 9.6) < 0.01 or size >= 9 for size in running) > len(running) / 2


def test_a_universal_booklet_lies_on_letter_unscaled(sizes):
    with Read(sizes.path("the-shared-garden-universal-letter.pdf")) as read:
        assert read.size(0) == pytest.approx((792, 612), abs=0.01)
        found = [size for index in range(len(read)) for _, size in read.sizes(index)]
    assert any(abs(size - 9.6) < 0.01 for size in found)


def test_pages_are_checked_in_every_theme_and_at_every_trim_once(tmp_path, monkeypatch):
    write(
        tmp_path,
        "book/book.yaml",
        "title: T\neditions:\n  read:\n  booklet:\n  grey: {kind: press, colour: greyscale}\n"
        "  large-print:\n  pocket: {kind: read, trim: a6}\n  mini:\n",
    )
    write(tmp_path, "content/theories/one.md", "---\ntitle: One\n---\nWords.\n")
    seen = []

    class Noted(checking.LookOver):
        def __init__(self, desk, *others):
            seen.append((desk.geometry.trim.name, desk.geometry.theme.name))
            super().__init__(desk, *others)

    monkeypatch.setattr(checking, "LookOver", Noted)
    check_pages(load_project(tmp_path))
    assert sorted(seen) == [("a4", "large-print"), ("a5", ""), ("a6", "")]
