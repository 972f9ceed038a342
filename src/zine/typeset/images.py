"""Images: pictures prepared once for the size at which they are placed."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import ExifTags, Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from zine.diagnostics import Finding, Place, error, warning
from zine.files import write_atomically
from zine.store import touch
from zine.typeset.tones import Tone, toned
from zine.units import MM_PER_INCH

SCHEME = "zine-image"
PPI_MOST = 300.0  # finer than this no press shows (print-conventions §11)
PPI_LEAST = 150.0  # coarser than this is set smaller
PPI_WARN = 300.0
_FOCUS = (0.5, 0.33)  # photographs keep their upper third
IN_COLOUR = Tone()
_DIGITS = 24  # of a digest, where it names a file
_SIDEWAYS = (5, 6, 7, 8)  # EXIF orientations that exchange width and height
# Formats of one picture; others may run programs (EPS) or are no pictures.
_FORMATS = ("AVIF", "BMP", "GIF", "JPEG", "JPEG2000", "MPO", "PNG", "PPM", "TIFF", "WEBP")
_RECIPE = "4"  # counts up when the preparation changes, so that old files are not taken
Image.MAX_IMAGE_PIXELS = 200_000_000  # more is refused before it is unpacked


@dataclass(frozen=True)
class Box:
    """The size at which a picture is placed, mm."""

    width: float
    height: float


@dataclass(frozen=True)
class Prepared:
    """A picture ready to place.

    Args:
        path: prepared file: sRGB or grey, upright, without EXIF, no finer than needed.
        digest: SHA-256 of the prepared file.
        ppi: pixels per inch of the original at the placed size.
        small: whether it is too coarse for the full box and is set at the measure.
        ratio: height of the original as a share of its width.
    """

    path: Path
    digest: str
    ppi: float
    small: bool
    ratio: float = 1.0

    @property
    def url(self) -> str:
        """The URL under which layouts place it; it names the content, never a folder."""
        return f"{SCHEME}:{self.digest[:_DIGITS]}{self.path.suffix}"


def prepare(
    source: Path,
    box: Box | None,
    measure: float,
    folder: Path,
    place: Place,
    tone: Tone = IN_COLOUR,
) -> tuple[Prepared | None, tuple[Finding, ...]]:
    """Crop a picture to its box, turn it upright, convert it to sRGB and reduce it.

    The result is kept under the digest of source and box, so that no later build encodes it again.

    Args:
        source: the picture as the author gave it.
        box: full-width box; a picture under `PPI_LEAST` there is kept whole for the measure.
            None keeps it whole, as pictures in running text are.
        measure: width of the text block, mm.
        folder: where prepared pictures are kept.
        place: the line that names the picture, for findings.
        tone: the inks in which it is printed.
    """
    try:
        raw = source.read_bytes()
        with _opened(raw) as image:
            width, height = _upright_size(image)
    except Exception as problem:  # damaged or hostile files make Pillow raise anything
        return None, (_unreadable(source, problem, place),)
    scale = max(box.width / width, box.height / height) if box else measure / width
    ppi = MM_PER_INCH / scale
    small = box is None or ppi < PPI_LEAST
    target = None if small else box
    key = hashlib.sha256(
        b"\0".join([f"{_RECIPE}\0{target}\0{measure}".encode(), tone.recipe, raw])
    ).hexdigest()
    kept = _kept(folder, key)
    if kept is None:
        try:
            content, suffix = _prepared(raw, target, measure, tone)
        except Exception as problem:
            return None, (_unreadable(source, problem, place),)
        digest = hashlib.sha256(content).hexdigest()
        path = folder / f"{key}.{digest[:_DIGITS]}{suffix}"
        try:
            write_atomically(path, content)
        except OSError as problem:
            message = f"the prepared picture cannot be kept: {problem.strerror or problem}"
            hint = "make the folder writable: pictures are set from it"
            return None, (error("cache-unwritable", message, Place.of(folder), hint),)
    else:
        path, digest = kept
    findings: tuple[Finding, ...] = ()
    if ppi < PPI_WARN - 1:
        what = "it is set smaller" if box and small else "it prints, and looks soft"
        wanted = round((box.width if box else measure) / MM_PER_INCH * PPI_WARN)
        findings = (
            warning(
                "image-coarse",
                f"the picture “{source.name}” has {ppi:.0f} ppi at its placed size; {what}",
                place,
                f"{PPI_WARN:.0f} ppi need {wanted} pixels across",
            ),
        )
    return Prepared(path, digest, ppi, small, height / width), findings


def _unreadable(source: Path, problem: Exception, place: Place) -> Finding:
    reason = str(problem) or type(problem).__name__
    if isinstance(problem, UnidentifiedImageError):
        reason = "it is no picture of a known format"
    elif isinstance(problem, Image.DecompressionBombWarning | Image.DecompressionBombError):
        most = (Image.MAX_IMAGE_PIXELS or 0) // 1_000_000
        reason = f"it unpacks to more than {most} million pixels"
    elif isinstance(problem, OSError) and problem.strerror:
        reason = problem.strerror
    hint = "save it anew as JPEG or PNG, or take it out"
    message = f"the picture “{source.name}” cannot be read: {reason}"
    return error("image-unreadable", message, place, hint)


def _kept(folder: Path, key: str) -> tuple[Path, str] | None:
    """The prepared picture of an earlier build and its digest, if it is still whole."""
    for path in sorted(folder.glob(f"{key}.*")):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if path.name.split(".")[1] == digest[:_DIGITS]:
            touch(path)
            return path, digest
    return None


@contextmanager
def _opened(raw: bytes) -> Iterator[Image.Image]:
    """A picture; one that unpacks beyond measure raises, other oddities are passed over."""
    Image.init()
    formats = [name for name in _FORMATS if name in Image.OPEN]
    # WeasyPrint, once imported, lets Pillow fill up what is missing of a picture with grey.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=formats) as image:
                yield image
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _upright_size(image: Image.Image) -> tuple[int, int]:
    """Width and height after turning, read without unpacking the picture."""
    width, height = image.size
    sideways = image.getexif().get(ExifTags.Base.Orientation) in _SIDEWAYS
    return (height, width) if sideways else (width, height)


def _prepared(raw: bytes, box: Box | None, measure: float, tone: Tone) -> tuple[bytes, str]:
    """The picture for its box, or whole for the measure: file and suffix."""
    with _opened(raw) as opened:
        image = _in_srgb(ImageOps.exif_transpose(opened))
    # Neither the camera's profile nor a time of making goes into the file.
    image.info.clear()
    if box is None:
        most = round(measure / MM_PER_INCH * PPI_MOST)
        if image.width > most:
            image = image.resize((most, round(image.height * most / image.width)))
    else:
        size = (
            round(box.width / MM_PER_INCH * PPI_MOST),
            round(box.height / MM_PER_INCH * PPI_MOST),
        )
        scale = min(1.0, image.width / size[0], image.height / size[1])
        wanted = (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))
        image = ImageOps.fit(image, wanted, Image.Resampling.LANCZOS, centering=_FOCUS)
    return toned(image, tone, box.width if box else measure)


def _in_srgb(image: Image.Image) -> Image.Image:
    """The picture in grey or sRGB; transparent parts become paper."""
    grey = image.mode in ("1", "L", "LA", "I", "I;16", "I;16B", "I;16L")
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        # Sixteen bits a pixel; a plain conversion would cut them off at 255.
        image = image.point(lambda level: level * (1 / 257)).convert("L")
    elif image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        image = paper.convert("L" if grey else "RGB")
    elif image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("L" if grey else "RGB")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
            image = turned or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken or foreign profile: the numbers are taken as they are
    return image.convert("L" if grey else "RGB")
