"""Goldens: small pictures of spreads that somebody has looked at, and how a new one differs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from support.projects import REPOSITORY

FOLDER = REPOSITORY / "tests" / "golden"
WIDTH = 300  # px, of a spread
COLOURS = 48
DIFFERENT = 40  # of 255, of a softened pixel: beyond what another rasteriser makes of an edge
SHARE = 0.004  # of all pixels that may differ so much


@dataclass(frozen=True)
class Goldens:
    """Compares pictures with those in tests/golden/, or puts them there.

    Args:
        accept: whether new pictures take the place of old ones.
        shown: folder for side-by-side pictures of what differs.
    """

    accept: bool
    shown: Path

    def check(self, name: str, picture: Image.Image) -> None:
        """Fail where a picture is not like its golden."""
        path = FOLDER / f"{name}.png"
        if self.accept:
            FOLDER.mkdir(exist_ok=True)
            picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
            return
        assert path.is_file(), f"no golden “{name}”; look at it and run pytest --accept-goldens"
        golden = Image.open(path).convert("RGB")
        share = difference(golden, picture)
        if share > SHARE:
            beside = self.shown / f"{name}.png"
            side_by_side(golden, picture).save(beside)
            raise AssertionError(
                f"{name}: {share:.1%} of the pixels differ; golden, new and difference are in "
                f"{beside}; where it is better so, run pytest --accept-goldens"
            )


def difference(one: Image.Image, other: Image.Image) -> float:
    """Share of the pixels that differ for good; 1 where the sizes do."""
    if one.size != other.size:
        return 1.0
    histogram = _changes(one, other).histogram()
    return sum(histogram[DIFFERENT:]) / (one.width * one.height)


def _changes(one: Image.Image, other: Image.Image) -> Image.Image:
    soft = [image.convert("RGB").filter(ImageFilter.BoxBlur(1)) for image in (one, other)]
    bands = ImageChops.difference(*soft).split()
    return ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])


def side_by_side(golden: Image.Image, new: Image.Image) -> Image.Image:
    """The golden, the new picture, and where they differ, in red on grey."""
    third = Image.new("RGB", new.size, "white")
    if golden.size == new.size:
        third = new.convert("L").point(lambda value: 128 + value // 2).convert("RGB")
        mask = _changes(golden, new).point(lambda value: 255 * (value >= DIFFERENT))
        third.paste((220, 0, 0), mask=mask)
    parts = (golden, new, third)
    sheet = Image.new("RGB", (sum(p.width + 8 for p in parts), max(p.height for p in parts)))
    x = 0
    for part in parts:
        sheet.paste(part, (x, 0))
        x += part.width + 8
    return sheet


def spread(pdf: bytes | Path, pages: tuple[int | None, ...]) -> Image.Image:
    """Pages side by side as a small picture; None leaves a place empty."""
    document = pypdfium2.PdfDocument(pdf)
    first = document[next(index for index in pages if index is not None)]
    scale = WIDTH / len(pages) / first.get_width()
    width, height = WIDTH // len(pages), round(first.get_height() * scale)
    sheet = Image.new("RGB", (WIDTH, height), (200, 200, 200))
    for place, index in enumerate(pages):
        if index is not None:
            # Drawn large and made smaller, so that thin lines do not depend on where they fall.
            drawn = document[index].render(scale=3 * scale).to_pil().convert("RGB")
            sheet.paste(drawn.resize((width, height), Image.Resampling.BOX), (place * width, 0))
    document.close()
    return sheet
