"""Tones: a photograph in the inks of its edition, grey, as dots or in process colours."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageOps

from zine.settings import Pictures
from zine.units import MM_PER_INCH

DOT_MM = 0.9  # from dot to dot (look.md, Pictures)
DOTS_PPI = 600.0  # line art needs it (print-conventions §11)
GAMMA = 1.1  # presses print greys darker than screens show them (look.md, Pictures)
_QUALITY = 90
_FAINTEST = 0.02  # darkness that is paper
Rgb = tuple[float, float, float]
Cmyk = tuple[float, float, float, float]
_CUTOFF = 1  # per cent of the darkest and lightest pixels that stretching may lose


@dataclass(frozen=True)
class Tone:
    """How photographs are printed.

    Args:
        pictures: in colour, grey or as dots.
        cmyk: in process colours, where they are in colour.
        profile: ICC profile of the press; None separates by the plain formula.
    """

    pictures: Pictures = Pictures.COLOUR
    cmyk: bool = False
    profile: Path | None = None

    @property
    def recipe(self) -> bytes:
        """Everything that decides a toned picture besides the picture."""
        profile = self.profile.read_bytes() if self.profile else b""
        return b"\0".join([self.pictures.encode(), b"cmyk" if self.cmyk else b"", profile])


def toned(image: Image.Image, tone: Tone, width: float) -> tuple[bytes, str]:
    """A grey or sRGB picture in its tone: file and suffix.

    Args:
        width: at which it is placed, mm.

    Raises:
        ImageCms.PyCMSError: the profile is none of a CMYK press.
    """
    out = io.BytesIO()
    if tone.pictures is Pictures.HALFTONE:
        _dots(image, width).save(out, "PNG", optimize=True)
        return out.getvalue(), ".png"
    if tone.pictures is Pictures.GREYSCALE:
        image = image.convert("L").point(_lifted)
    elif tone.cmyk and image.mode != "L":
        image = _separated(image, tone.profile)
    elif image.mode == "L" and tone == Tone():
        image.save(out, "PNG", optimize=True)
        return out.getvalue(), ".png"
    image.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue(), ".jpg"


def _lifted(level: int) -> float:
    return 255.0 * math.pow(level / 255, 1 / GAMMA)


def _separated(image: Image.Image, profile: Path | None) -> Image.Image:
    """Cyan, magenta, yellow and black of an sRGB picture."""
    if profile is not None:
        press = ImageCms.ImageCmsProfile(io.BytesIO(profile.read_bytes()))
        made = ImageCms.profileToProfile(
            image, ImageCms.createProfile("sRGB"), press, outputMode="CMYK"
        )
        assert made is not None
        return made
    # Black takes all the grey there is, so that no spot carries more than 200 % of ink.
    inks = ImageOps.invert(image).split()
    black = ImageChops.darker(ImageChops.darker(inks[0], inks[1]), inks[2])
    return Image.merge("CMYK", [*(ImageChops.subtract(ink, black) for ink in inks), black])


def _dots(image: Image.Image, width: float) -> Image.Image:
    """The picture as black dots on lines at 45°, larger where it is darker."""
    grey = ImageOps.autocontrast(image.convert("L"), cutoff=_CUTOFF).point(_lifted)
    wide = max(1, round(width / MM_PER_INCH * DOTS_PPI))
    high = max(1, round(wide * image.height / image.width))
    pitch = DOT_MM / MM_PER_INCH * DOTS_PPI
    across, down = max(1, round(2 * wide / pitch)), max(1, round(2 * high / pitch))
    samples = grey.resize((across, down), Image.Resampling.BOX)
    made = Image.new("L", (wide, high), 255)
    draw = ImageDraw.Draw(made)
    step = pitch / math.sqrt(2)
    radii = [radius * pitch for radius in _radii()]
    for row in range(math.ceil(high / step) + 2):
        y = row * step
        for column in range(row % 2, math.ceil(wide / step) + 2, 2):
            x = column * step
            at = (min(across - 1, int(x * across / wide)), min(down - 1, int(y * down / high)))
            level = samples.getpixel(at)
            assert isinstance(level, int)
            # Pillow draws the pixels at both ends: half of one too much on either side.
            if (r := radii[level] - 0.5) > 0:
                draw.ellipse((x - r, y - r, x + r, y + r), fill=0)
    return made


@cache
def _radii() -> tuple[float, ...]:
    """Radius of the dot for each of 256 levels of grey, in pitches; 0 prints none."""
    return tuple(_radius(1 - level / 255) for level in range(256))


def _radius(darkness: float) -> float:
    """The radius, in pitches, of a dot that covers so much of its cell; found by halving."""
    if darkness < _FAINTEST:
        return 0.0
    low, high = 0.0, math.sqrt(0.5)
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if _covered(middle) < darkness else (low, middle)
    return high


def _covered(r: float) -> float:
    """Area of a square cell of side 1 that a disc of radius r in its middle covers.

    Above half a pitch four segments r² acos(h/r) − h √(r² − h²), h = ½, lie in the neighbours'.
    """
    outside = 0.0
    if r > 0.5:
        outside = 4 * (r * r * math.acos(0.5 / r) - 0.5 * math.sqrt(r * r - 0.25))
    return math.pi * r * r - outside


def separation(profile: Path | None) -> Callable[[Rgb], Cmyk] | None:
    """How the press of a profile mixes an sRGB colour, shares from 0 to 1; None without one."""
    return partial(_mixed, profile) if profile else None


@cache
def _mixed(profile: Path, colour: Rgb) -> Cmyk:
    red, green, blue = (round(255 * part) for part in colour)
    pixel = Image.new("RGB", (1, 1), (red, green, blue))
    inks = _separated(pixel, profile).getpixel((0, 0))
    assert isinstance(inks, tuple)
    cyan, magenta, yellow, black = (round(ink / 255, 3) for ink in inks)
    return cyan, magenta, yellow, black


def profile_name(profile: Path) -> str:
    """What an ICC profile calls itself."""
    return ImageCms.getProfileDescription(str(profile)).strip()
