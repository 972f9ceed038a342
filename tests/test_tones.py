"""Photographs in the inks of their edition."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops

from support.icc import press_profile
from zine.settings import Pictures
from zine.typeset.tones import DOT_MM, DOTS_PPI, Tone, profile_name, separation, toned

HALFTONE = Tone(Pictures.HALFTONE)


def made(image, tone, width=40.0):
    content, suffix = toned(image, tone, width)
    return Image.open(io.BytesIO(content)), suffix


def ramp():
    """From black to white, left to right, so that stretching changes nothing."""
    return Image.linear_gradient("L").rotate(90).convert("RGB")


def test_dots_are_black_on_paper_and_as_wide_as_the_picture():
    image, suffix = made(ramp(), HALFTONE)
    assert (image.mode, suffix) == ("L", ".png")
    assert {level for level, count in enumerate(image.histogram()) if count} == {0, 255}
    assert image.size == (round(40 / 25.4 * DOTS_PPI),) * 2


def test_dots_cover_as_much_as_the_picture_is_dark():
    image, _ = made(ramp(), HALFTONE)
    for share in (0.25, 0.5, 0.75):
        x = round(share * image.width)
        strip = image.crop((x - 15, 0, x + 15, image.height))
        light = strip.histogram()[255] / (strip.width * strip.height)
        assert light == pytest.approx(share ** (1 / 1.1), abs=0.05)


def test_dots_stand_on_lines_at_45_degrees():
    """The pattern repeats along the diagonal after one pitch, and not along the line."""
    grey = Image.new("L", (60, 60), 140)
    grey.putpixel((0, 0), 0)
    grey.putpixel((59, 59), 255)
    image, _ = made(grey, HALFTONE)
    step = round(DOT_MM / 25.4 * DOTS_PPI / 2**0.5)
    area = (200, 200, 600, 600)
    here = image.crop(area)

    def same(dx, dy):
        there = image.crop((area[0] + dx, area[1] + dy, area[2] + dx, area[3] + dy))
        apart = ImageChops.difference(here, there).histogram()
        return apart[0] / (here.width * here.height)

    assert same(step, step) > 0.95
    assert same(step, 0) < 0.6


def test_greys_are_lifted_by_a_tenth():
    image, suffix = made(Image.new("RGB", (40, 40), (128, 128, 128)), Tone(Pictures.GREYSCALE))
    assert (image.mode, suffix) == ("L", ".jpg")
    assert image.getpixel((20, 20)) == pytest.approx(255 * (128 / 255) ** (1 / 1.1), abs=2)


def test_process_colours_with_and_without_a_profile(tmp_path):
    red = Image.new("RGB", (40, 40), (200, 30, 30))
    image, _ = made(red, Tone(cmyk=True))
    assert image.mode == "CMYK"
    cyan, magenta, yellow, black = image.getpixel((20, 20))
    assert cyan < 8
    assert min(magenta, yellow) > 140
    assert black == pytest.approx(55, abs=8)
    path = tmp_path / "cellar.icc"
    path.write_bytes(press_profile())
    with_profile, _ = made(red, Tone(cmyk=True, profile=path))
    assert with_profile.mode == "CMYK"
    assert with_profile.getpixel((20, 20)) != image.getpixel((20, 20))
    assert profile_name(path) == "A press in the cellar"


def test_a_profile_mixes_single_colours(tmp_path):
    assert separation(None) is None
    path = tmp_path / "cellar.icc"
    path.write_bytes(press_profile())
    mix = separation(path)
    cyan, magenta, _, _ = mix((0.82, 0.19, 0.1))
    assert magenta > 0.5 > cyan
    assert mix((1.0, 1.0, 1.0)) == pytest.approx((0, 0, 0, 0), abs=0.03)


def test_every_wish_has_a_recipe_of_its_own(tmp_path):
    path = tmp_path / "cellar.icc"
    path.write_bytes(press_profile())
    tones = [
        Tone(),
        HALFTONE,
        Tone(Pictures.GREYSCALE),
        Tone(cmyk=True),
        Tone(cmyk=True, profile=path),
    ]
    assert len({tone.recipe for tone in tones}) == len(tones)
