"""Images: prepared once, upright, in sRGB or grey, no finer than the press can show."""

from __future__ import annotations

import io
import struct
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageDraw, ImageFile

from zine.diagnostics import Place, Severity
from zine.typeset.images import Box, prepare
from zine.units import MM_PER_INCH

BOX = Box(100.0, 50.0)
MEASURE = 80.0
PLACE = Place("content/stories/x.md", 12, 9)
RED, BLUE = (200, 30, 30), (30, 30, 200)


def two(size, first=RED, second=BLUE, mode="RGB") -> Image.Image:
    """A picture whose left half is one colour and whose right half is another."""
    image = Image.new(mode, size, first)
    ImageDraw.Draw(image).rectangle((size[0] // 2, 0, *size), second)
    return image


def made(image: Image.Image, tmp_path: Path, box=BOX, kind="png", **save):
    source = tmp_path / f"picture.{kind}"
    image.save(source, **save)
    prepared, findings = prepare(source, box, MEASURE, tmp_path / "kept", PLACE)
    assert prepared is not None, findings
    with Image.open(prepared.path) as opened:
        opened.load()
        return prepared, opened, findings


def pixels(mm: float) -> int:
    return round(mm / MM_PER_INCH * 300)


def near(colour, expected, slack=12) -> bool:
    return all(abs(a - b) <= slack for a, b in zip(colour, expected, strict=True))


class TestSize:
    """No finer than 300 ppi at the placed size, never enlarged."""

    def test_a_fine_picture_is_reduced_to_300_ppi(self, tmp_path):
        prepared, image, findings = made(two((4000, 2000)), tmp_path)
        assert image.size == (pixels(100), pixels(50))
        assert findings == () and not prepared.small
        assert prepared.ppi == pytest.approx(4000 / (100 / MM_PER_INCH))

    def test_a_picture_of_less_is_not_enlarged(self, tmp_path):
        prepared, image, (finding,) = made(two((1000, 500)), tmp_path)
        assert image.size == pytest.approx((1000, 500), abs=1)
        assert (finding.severity, finding.code) == (Severity.WARNING, "image-coarse")
        assert finding.place == PLACE
        assert "254 ppi" in finding.message
        assert f"{pixels(100)} pixels" in finding.hint
        assert not prepared.small

    def test_a_coarse_picture_is_kept_whole_and_set_small(self, tmp_path):
        prepared, image, (finding,) = made(two((500, 700)), tmp_path)
        assert prepared.small and image.size == (500, 700)
        assert "set smaller" in finding.message

    def test_a_coarse_picture_is_still_no_finer_than_the_measure_shows(self, tmp_path):
        prepared, image, _ = made(two((5000, 250)), tmp_path)
        assert prepared.small
        assert image.size == (pixels(80), round(250 * pixels(80) / 5000))

    def test_a_picture_in_running_text_is_kept_whole_for_the_measure(self, tmp_path):
        _, image, findings = made(two((3000, 900)), tmp_path, box=None)
        assert image.size == (pixels(80), round(900 * pixels(80) / 3000))
        assert findings == ()


class TestCrop:
    """A picture is cropped to its box; the upper third stays."""

    def test_a_tall_picture_loses_more_of_its_foot(self, tmp_path):
        image = Image.new("RGB", (1200, 1200), "white")
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 200, 1200, 299), RED)  # kept: 600 rows from row 198
        draw.rectangle((0, 900, 1200, 1000), BLUE)
        _, cropped, _ = made(image, tmp_path)
        middle = [cropped.getpixel((cropped.width // 2, y)) for y in range(cropped.height)]
        assert any(near(one, RED) for one in middle[:30])
        assert not any(near(one, BLUE, 40) for one in middle)

    def test_a_wide_picture_keeps_its_middle(self, tmp_path):
        image = Image.new("RGB", (3000, 600), "white")
        ImageDraw.Draw(image).rectangle((1400, 0, 1600, 600), RED)
        _, cropped, _ = made(image, tmp_path)
        assert cropped.size == (1181, 591)
        assert near(cropped.getpixel((cropped.width // 2, 10)), RED)

    def test_the_shape_is_that_of_the_box(self, tmp_path):
        _, cropped, _ = made(two((900, 1600)), tmp_path)
        assert cropped.width / cropped.height == pytest.approx(2, abs=0.01)


class TestUpright:
    """EXIF orientation is applied, and no EXIF is left."""

    @pytest.mark.parametrize(
        ("orientation", "corner"),
        [
            (1, "top left"),
            (2, "top right"),
            (3, "bottom right"),
            (4, "bottom left"),
            (5, "top left"),
            (6, "top right"),
            (7, "bottom right"),
            (8, "bottom left"),
        ],
    )
    def test_every_orientation(self, tmp_path, orientation, corner):
        """The corner of the stored picture's first pixel, by the EXIF standard."""
        stored = Image.new("RGB", (1300, 1300), "white")
        ImageDraw.Draw(stored).rectangle((0, 0, 400, 400), RED)
        exif = Image.Exif()
        exif[0x0112] = orientation
        exif[0x010F] = "A camera"
        _, upright, _ = made(stored, tmp_path, Box(50, 50), kind="jpg", exif=exif, quality=95)
        width, height = upright.size
        corners = {
            "top left": (5, 5),
            "top right": (width - 5, 5),
            "bottom left": (5, height - 5),
            "bottom right": (width - 5, height - 5),
        }
        found = [name for name, at in corners.items() if near(upright.getpixel(at), RED, 30)]
        assert found == [corner]

    def test_width_and_height_change_places(self, tmp_path):
        exif = Image.Exif()
        exif[0x0112] = 6
        prepared, upright, _ = made(two((600, 3000)), tmp_path, kind="jpg", exif=exif)
        assert prepared.ppi == pytest.approx(600 / (50 / MM_PER_INCH))
        assert upright.width > upright.height

    @pytest.mark.parametrize("kind", ["jpg", "png", "webp", "tiff"])
    def test_nothing_of_the_camera_is_left(self, tmp_path, kind):
        exif = Image.Exif()
        exif[0x010F] = "SECRET CAMERA"
        prepared, upright, _ = made(two((1200, 600)), tmp_path, kind=kind, exif=exif)
        assert not upright.getexif()
        assert b"SECRET" not in prepared.path.read_bytes()


class TestColour:
    """sRGB or grey."""

    def test_grey_stays_grey_and_lossless(self, tmp_path):
        source = Image.linear_gradient("L").resize((1181, 591))
        prepared, image, _ = made(source, tmp_path)
        assert image.mode == "L" and prepared.path.suffix == ".png"
        assert image.tobytes() == source.tobytes()

    @pytest.mark.parametrize(
        ("mode", "expected"),
        [("1", "L"), ("LA", "L"), ("RGBA", "RGB"), ("P", "RGB"), ("CMYK", "RGB")],
    )
    def test_other_modes(self, tmp_path, mode, expected):
        kind = "tiff" if mode == "CMYK" else "png"
        source = two((1181, 591)).convert(mode)
        prepared, image, _ = made(source, tmp_path, kind=kind)
        assert image.mode == expected
        assert prepared.path.suffix == (".png" if expected == "L" else ".jpg")

    def test_sixteen_bits_of_grey_are_scaled_not_cut_off(self, tmp_path):
        source = Image.new("I;16", (1181, 591), 32768)
        _, image, _ = made(source, tmp_path)
        assert image.mode == "L"
        assert image.getextrema() == (127, 127)

    def test_transparent_parts_become_paper(self, tmp_path):
        source = Image.new("RGBA", (1181, 591), (*RED, 255))
        ImageDraw.Draw(source).rectangle((0, 0, 590, 591), (0, 0, 0, 0))
        _, image, _ = made(source, tmp_path)
        assert near(image.getpixel((100, 300)), (255, 255, 255), 3)
        assert near(image.getpixel((1000, 300)), RED)

    @pytest.mark.parametrize("mode", ["RGB", "RGBA"])
    def test_a_profile_is_applied_and_dropped(self, tmp_path, mode):
        """Under a profile that exchanges red and blue, red is blue."""
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        for old, new in ((b"rXYZ", b"TEMP"), (b"bXYZ", b"rXYZ"), (b"TEMP", b"bXYZ")):
            profile = profile.replace(old, new, 1)
        source = Image.new("RGB", (1181, 591), (250, 0, 0)).convert(mode)
        _, image, _ = made(source, tmp_path, icc_profile=profile)
        assert near(image.getpixel((5, 5)), (0, 0, 250), 20)
        assert "icc_profile" not in image.info

    def test_a_broken_profile_is_passed_over(self, tmp_path):
        _, image, findings = made(two((1181, 591)), tmp_path, icc_profile=b"no profile")
        assert near(image.getpixel((100, 100)), RED) and findings == ()

    def test_a_grey_picture_with_a_profile_gives_the_same_bytes_at_any_time(self, tmp_path):
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        source = Image.linear_gradient("L").resize((1181, 591))
        digests = set()
        for folder in ("first", "second"):
            (tmp_path / folder).mkdir()
            prepared, image, _ = made(source, tmp_path / folder, icc_profile=profile)
            assert image.mode == "L" and "icc_profile" not in image.info
            digests.add(prepared.digest)
            time.sleep(1.1 if folder == "first" else 0)  # a profile made now bears the second
        assert len(digests) == 1


class TestOnce:
    """A picture is prepared once; what is damaged in the cache is made anew."""

    def test_the_second_time_nothing_is_written(self, tmp_path):
        first, _, _ = made(two((4000, 2000)), tmp_path)
        before = first.path.stat()
        second, findings = prepare(tmp_path / "picture.png", BOX, MEASURE, tmp_path / "kept", PLACE)
        after = second.path.stat()
        assert second == first and findings == ()
        assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)
        assert len(list((tmp_path / "kept").iterdir())) == 1

    def test_the_warning_is_told_the_second_time_too(self, tmp_path):
        _, _, first = made(two((1000, 500)), tmp_path)
        _, second = prepare(tmp_path / "picture.png", BOX, MEASURE, tmp_path / "kept", PLACE)
        assert first == second != ()

    @pytest.mark.parametrize("raw", [b"", b"no picture", None])
    def test_a_damaged_one_is_made_anew(self, tmp_path, raw):
        first, _, _ = made(two((4000, 2000)), tmp_path)
        whole = first.path.read_bytes()
        first.path.write_bytes(whole[: len(whole) // 2] if raw is None else raw)
        second, _ = prepare(tmp_path / "picture.png", BOX, MEASURE, tmp_path / "kept", PLACE)
        assert second == first and first.path.read_bytes() == whole

    def test_another_box_is_another_picture(self, tmp_path):
        one, _, _ = made(two((4000, 2000)), tmp_path)
        other, _, _ = made(two((4000, 2000)), tmp_path, Box(50, 50))
        assert one.digest != other.digest

    def test_its_url_names_what_it_shows_and_no_folder(self, tmp_path):
        prepared, _, _ = made(two((4000, 2000)), tmp_path)
        assert prepared.url == f"zine-image:{prepared.digest[:24]}.jpg"
        assert str(tmp_path) not in prepared.url

    def test_a_cache_that_cannot_be_written_is_told(self, tmp_path):
        two((1300, 700)).save(tmp_path / "picture.png")
        (tmp_path / "kept").write_text("a file where a folder should be")
        none, (finding,) = prepare(tmp_path / "picture.png", BOX, MEASURE, tmp_path / "kept", PLACE)
        assert none is None and finding.code == "cache-unwritable"


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is enormous."""

    def chunk(name: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 10_000)
    parts = [chunk(b"IHDR", head), chunk(b"IDAT", body), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((1300, 700), 80).convert("RGB").save(out, "JPEG")
    return out.getvalue()


class TestRefused:
    """What is no picture is an error at the line that names it."""

    @pytest.mark.parametrize(
        ("raw", "words"),
        [
            (b"", "no picture of a known format"),
            (b"Just some words.\n", "no picture of a known format"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture of a known format"),
            (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no picture of a known"),
            (bomb(20_000, 15_000), "million pixels"),
            (bomb(60_000, 60_000), "million pixels"),
            (bomb(1_300, 700), "cannot be read"),
            (jpeg()[:4000], "cannot be read"),
            (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "no picture of a known format"),
        ],
    )
    def test_files_that_are_no_pictures(self, tmp_path, raw, words):
        source = tmp_path / "picture.png"
        source.write_bytes(raw)
        prepared, findings = prepare(source, BOX, MEASURE, tmp_path / "kept", PLACE)
        assert prepared is None
        ((severity, code, place, message),) = [
            (one.severity, one.code, one.place, one.message) for one in findings
        ]
        assert (severity, code, place) == (Severity.ERROR, "image-unreadable", PLACE)
        assert "“picture.png”" in message and words in message
        assert not (tmp_path / "kept").exists()

    def test_the_rest_of_a_cut_picture_is_never_made_up(self, tmp_path, monkeypatch):
        """WeasyPrint asks Pillow to do so, for the whole process, when it is imported."""
        monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
        source = tmp_path / "picture.jpg"
        source.write_bytes(jpeg()[:4000])
        prepared, _ = prepare(source, BOX, MEASURE, tmp_path / "kept", PLACE)
        assert prepared is None
        assert ImageFile.LOAD_TRUNCATED_IMAGES

    def test_a_file_that_is_not_there(self, tmp_path):
        prepared, (finding,) = prepare(
            tmp_path / "gone.png", BOX, MEASURE, tmp_path / "kept", PLACE
        )
        assert prepared is None and finding.code == "image-unreadable"
        assert str(tmp_path) not in finding.message
