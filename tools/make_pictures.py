"""Draws the pictures of README and docs: `python tools/make_pictures.py`, after `zine build`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from zine.build import build
from zine.build.report import Output, Request
from zine.project import load_project

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "pictures"
GROUND = (204, 205, 200)
GAP = 14
SCALE = 0.9
WIDE = 560  # px, of a spread among the looks
SMALL = 0.2  # of the pages on the contact sheet
COLUMNS = 8
LOOKS = """
editions:
  read:
  low-ink: {kind: read, theme: low-ink}
  mono: {kind: read, theme: mono}
  large-print: {kind: read, theme: large-print}
"""
CHANGED_TYPES = """
types:
  principle: {plural: Principles, shape: hexagon, colour: "#7A2E8C"}
  theory: {singular: Idea, plural: Ideas, shape: drop, colour: "#B4005A"}
"""
CHANGED_STYLE = ':root { --head: "IBM Plex Serif", serif; }\n'


def spread(document: pdfium.PdfDocument, left: int | None, right: int) -> Image.Image:
    """Two facing pages side by side; page numbers count from 1, None leaves the left side out."""
    pages = [
        document[number - 1].render(scale=SCALE).to_pil()
        for number in (left, right)
        if number is not None
    ]
    sheet = Image.new("RGB", (sum(page.width for page in pages), pages[0].height), "white")
    x = 0
    for page in pages:
        sheet.paste(page, (x, 0))
        x += page.width
    return sheet


def page_of(document: pdfium.PdfDocument, title: str) -> int:
    """The page, from 1, that the outline gives for a title."""
    for item in document.get_toc():
        if item.get_title() == title and (target := item.get_dest()) is not None:
            return int(target.get_index()) + 1
    raise LookupError(f"the outline of the book has no “{title}”")


def contact(rows: list[list[Image.Image]]) -> Image.Image:
    """Spreads in rows on a grey ground."""
    width = max(sum(one.width + GAP for one in row) for row in rows) + GAP
    height = sum(max(one.height for one in row) + GAP for row in rows) + GAP
    sheet = Image.new("RGB", (width, height), GROUND)
    y = GAP
    for row in rows:
        x = GAP
        for one in row:
            sheet.paste(one, (x, y))
            x += one.width + GAP
        y += max(one.height for one in row) + GAP
    return sheet


def all_spreads(document: pdfium.PdfDocument) -> list[list[Image.Image]]:
    """Every spread of a book, small, in rows."""
    pages = [page.render(scale=SMALL).to_pil().convert("RGB") for page in document]
    width, height = pages[0].size
    spreads = []
    for left in range(-1, len(pages), 2):
        sheet = Image.new("RGB", (2 * width, height), GROUND)
        for place, index in enumerate((left, left + 1)):
            if 0 <= index < len(pages):
                sheet.paste(pages[index], (place * width, 0))
        spreads.append(sheet)
    return [spreads[start : start + COLUMNS] for start in range(0, len(spreads), COLUMNS)]


def looks() -> list[list[Image.Image]]:
    """One entry in the standard look, in three themes, changed by hand, and one in Arabic."""
    with tempfile.TemporaryDirectory() as folder:
        plain, changed, arabic = (Path(folder) / name for name in ("plain", "changed", "arabic"))
        for root, case in ((plain, "principle"), (changed, "principle"), (arabic, "arabic")):
            shutil.copytree(ROOT / "tests/books" / case, root)
        _append(plain, LOOKS)
        text = (changed / "book/book.yaml").read_text(encoding="utf-8")
        start = text.index("types:")
        end = text.index("front:", start)
        rest = text[:start] + CHANGED_TYPES + text[end:]
        (changed / "book/book.yaml").write_text(rest, encoding="utf-8")
        (changed / "styles").mkdir()
        (changed / "styles/zz-mine.css").write_text(CHANGED_STYLE, encoding="utf-8")
        made = [one.path for one in _built(plain)]
        made += _built(changed)[0].path, _built(arabic)[0].path
        titles = ["Shared soil"] * 5 + ["الأفقية"]
        spreads = [_opening(path, title) for path, title in zip(made, titles, strict=True)]
    return [spreads[start : start + 2] for start in (0, 2, 4)]


def _append(root: Path, text: str) -> None:
    book = root / "book/book.yaml"
    book.write_text(book.read_text(encoding="utf-8") + text, encoding="utf-8")


def _built(root: Path) -> list[Output]:
    report = build(load_project(root), [Request()])
    return [one for one in report.outputs if not one.sheets]


def _opening(path: Path, title: str) -> Image.Image:
    document = pdfium.PdfDocument(path)
    first = page_of(document, title)
    rtl = title != "Shared soil"
    sheet = spread(document, first + 1, first) if rtl else spread(document, first, first + 1)
    document.close()
    return sheet.resize((WIDE, round(sheet.height * WIDE / sheet.width)), Image.Resampling.BOX)


def main() -> None:
    """Draw the pictures into docs/pictures/."""
    document = pdfium.PdfDocument(ROOT / "dist" / "solidarity-economics.pdf")
    theories = page_of(document, "Theories")
    entry = page_of(document, "Solidarity economics")
    story = page_of(document, "Marinaleda’s direct action economy")
    text = page_of(document, "Horizontalism") + 2
    rows = [
        [spread(document, None, 1), spread(document, 4, 5)],
        [spread(document, theories, theories + 1), spread(document, entry, entry + 1)],
        [spread(document, story, story + 1), spread(document, text, text + 1)],
    ]
    rows[0].append(spread(document, None, len(document)))
    OUT.mkdir(parents=True, exist_ok=True)
    for name, shown in (("pages", rows), ("contact", all_spreads(document)), ("looks", looks())):
        picture = contact(shown).quantize(96, dither=Image.Dither.NONE)
        picture.save(OUT / f"{name}.png", optimize=True)
    document.close()


if __name__ == "__main__":
    main()
