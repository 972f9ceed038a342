"""One spread of every kind of section and of every theme looks as it did when it was accepted.

After a change of the look: `pytest tests/test_goldens.py --accept-goldens`, and look at what it
wrote to tests/golden/.
"""

from __future__ import annotations

import re
import shutil

import pytest
from PIL import Image, ImageDraw

from support.goldens import FOLDER, Goldens, difference, side_by_side, spread
from support.pdfs import Read
from support.projects import REPOSITORY, built, copy_of
from zine.build import Options, build_handouts

PHOTOGRAPH = "marinaleda-olive-harvest.png"
CHAPTERS = """
chapters:
- type: value
- type: principle
- {type: theory, group_by: value}
- type: story
editions:
  read:
  low-ink: {kind: read, theme: low-ink}
  mono: {kind: read, theme: mono}
  large-print: {kind: read, theme: large-print}
  booklet: {instructions: true}
"""
MOST_BYTES = 1_500_000

# Golden → title in the outline, or index of a page that stands alone.
KINDS = {
    "title-page": "Title page",
    "imprint": "Imprint",
    "contents": "Contents",
    "text": "Welcome",
    "chapter": "Stories",
    "group": "Patience",
    "entry-photograph": "The shed that moved",
    "entry": "Shared soil",
    "credits": "Contributors and credits",
}

pytestmark = pytest.mark.slow


@pytest.fixture
def goldens(request, tmp_path):
    return Goldens(request.config.getoption("--accept-goldens"), tmp_path)


@pytest.fixture(scope="module")
def garden(tmp_path_factory):
    """The project with one of everything, a photograph and all themes."""
    root = copy_of("principle", tmp_path_factory.mktemp("goldens"))
    (root / "content/images").mkdir(exist_ok=True)
    shutil.copy(REPOSITORY / "content/images" / PHOTOGRAPH, root / "content/images")
    story = root / "content/stories/the-shed-that-moved.md"
    text = story.read_text(encoding="utf-8")
    images = f"images:\n- {{name: {PHOTOGRAPH}, alt: Olives, caption: Olives}}\n"
    story.write_text(text.replace("values:", f"{images}values:", 1), encoding="utf-8")
    book = root / "book/book.yaml"
    text = re.sub(r"(?m)^(chapters|editions):.*\n([ -].*\n)*", "", book.read_text(encoding="utf-8"))
    book.write_text(text + CHAPTERS, encoding="utf-8")
    return built(root)


def path_of(garden, edition):
    return next(one.path for one in garden.report.outputs if one.edition == edition)


def spread_of(path, title):
    """The spread on which an entry or section starts."""
    with Read(path) as read:
        start = min(one.page for one in read.outline if one.title == title)
        count = len(read)
    left = start if start % 2 else start - 1
    return spread(path, (left if left >= 0 else None, left + 1 if left + 1 < count else None))


@pytest.mark.parametrize("kind", KINDS)
def test_a_section_of_every_kind(garden, goldens, kind):
    title = KINDS[kind]
    path = path_of(garden, "read")
    if kind == "group":  # it has the title of its value, whose own entry comes before
        with Read(path) as read:
            start = max(one.page for one in read.outline if one.title == title)
        goldens.check(kind, spread(path, (start, start + 1)))
        return
    goldens.check(kind, spread_of(path, title))


def test_both_sides_of_the_cover(garden, goldens):
    path = path_of(garden, "read")
    with Read(path) as read:
        last = len(read) - 1
    goldens.check("cover", spread(path, (last, 0)))


def test_the_indexes(garden, goldens):
    path = path_of(garden, "read")
    with Read(path) as read:
        title = next(one.title for one in read.outline if one.title.startswith(("Entries", "Ind")))
    goldens.check("index", spread_of(path, title))


@pytest.mark.parametrize("theme", ["low-ink", "mono", "large-print"])
def test_an_opener_and_an_entry_of_every_theme(garden, goldens, theme):
    path = path_of(garden, theme)
    goldens.check(f"{theme}-chapter", spread_of(path, "Stories"))
    goldens.check(f"{theme}-entry", spread_of(path, "Shared soil"))


def test_the_sheet_of_instructions(garden, goldens):
    goldens.check("instructions", spread(path_of(garden, "booklet-instructions"), (0,)))


def test_a_handout(garden, goldens):
    report = build_handouts(garden.project, ["Shared soil"], options=Options())
    goldens.check("handout", spread(report.outputs[0].path, (0, 1)))


def test_a_spread_that_is_read_from_the_right(tmp_path, goldens):
    root = copy_of("arabic", tmp_path)
    book = root / "book/book.yaml"
    text = re.sub(r"(?m)^editions:.*\n( .*\n)*", "", book.read_text(encoding="utf-8"))
    book.write_text(f"{text}editions: {{read: }}\n", encoding="utf-8")
    path = built(root).path("tadamun.pdf")
    with Read(path) as read:
        start = min(read.pages_of("الأفقية"))
    goldens.check("arabic-entry", spread(path, (start + 1, start)))


def test_the_goldens_are_small_and_each_is_used():
    sizes = {path.stem: path.stat().st_size for path in FOLDER.glob("*.png")}
    assert sum(sizes.values()) < MOST_BYTES
    themes = {f"{t}-{k}" for t in ("low-ink", "mono", "large-print") for k in ("chapter", "entry")}
    others = {"cover", "index", "instructions", "handout", "arabic-entry"}
    assert set(sizes) == set(KINDS) | themes | others


def test_a_moved_block_is_seen_and_a_soft_edge_is_not(tmp_path):
    page = Image.new("RGB", (300, 200), "white")
    ImageDraw.Draw(page).rectangle((50, 50, 120, 60), fill="black")
    softer = page.resize((600, 400), Image.Resampling.BICUBIC).resize((300, 200))
    assert difference(page, softer) == 0
    moved = Image.new("RGB", (300, 200), "white")
    ImageDraw.Draw(moved).rectangle((50, 56, 120, 66), fill="black")
    assert difference(page, moved) > 0.004
    assert side_by_side(page, moved).size == (924, 200)
    with pytest.raises(AssertionError, match="no golden"):
        Goldens(False, tmp_path).check("nothing-of-the-kind", page)
