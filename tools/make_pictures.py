"""Draws the README's pictures from the built book: `python tools/make_pictures.py`."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "pictures"
GROUND = (204, 205, 200)
GAP = 14
SCALE = 0.9


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
    picture = contact(rows).quantize(128, dither=Image.Dither.NONE)
    picture.save(OUT / "pages.png", optimize=True)
    document.close()


if __name__ == "__main__":
    main()
