"""Images: pictures prepared once for the size at which they are placed (the only importer of Pillow)."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from zine.diagnostics import Finding, Place, error, warning
from zine.files import write_atomically
from zine.units import MM_PER_INCH

SCHEME = "zine-image"
PPI_MOST = 300.0  # finer than this no press shows (print-conventions §11)
PPI_LEAST = 150.0  # coarser than this is set smaller
PPI_WARN = 300.0
PHOTOGRAPH_MM = 84.0  # height of a photograph on an opener (look.md)
_FOCUS = (0.5, 0.33)  # photographs keep their upper third
_QUALITY = 90
_LOSSLESS = {"1", "P", "L"}
_RECIPE = "2"  # counts up when the preparation changes, so that old files are not taken
Image.MAX_IMAGE_PIXELS = 200_000_000


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
    """

    path: Path
    digest: str
    ppi: float
    small: bool

    @property
    def url(self) -> str:
        """The URL under which layouts place it; it names the content, never a folder."""
        return f"{SCHEME}:{self.digest[:24]}{self.path.suffix}"


def prepare(
    source: Path, box: Box | None, measure: float, folder: Path, place: Place
) -> tuple[Prepared | None, tuple[Finding, ...]]:
    """Crop a picture to its box, turn it upright, convert it to sRGB and reduce it.

    The result is kept under the digest of source and box, so that no later build encodes it again.

    Args:
        box: full-width box; a picture under `PPI_LEAST` there is kept whole for the measure.
            None keeps it whole, as pictures in running text are.
        measure: width of the text block, mm.
        folder: where prepared pictures are kept.
        place: the line that names the picture, for findings.
    """
    try:
        raw = source.read_bytes()
        with Image.open(io.BytesIO(raw)) as image:
            width, height = ImageOps.exif_transpose(image).size
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as problem:
        reason = "is no image that can be read" if raw_is_text(problem) else f"({problem})"
        hint = "save it as JPEG or PNG, or take it out of the front matter"
        message = f"the picture “{source.name}” {reason}"
        return None, (error("image-unreadable", message, place, hint),)
    scale = max(box.width / width, box.height / height) if box else measure / width
    ppi = MM_PER_INCH / scale
    small = box is None or ppi < PPI_LEAST
    target = None if small else box
    key = hashlib.sha256(
        b"\0".join([_RECIPE.encode(), str(target).encode(), str(measure).encode(), raw])
    ).hexdigest()
    kept = next(iter(sorted(folder.glob(f"{key}.*"))), None)
    if kept is None:
        try:
            content, suffix = _prepared(raw, target, measure)
        except (OSError, SyntaxError, ValueError) as problem:
            message = f"the picture “{source.name}” is damaged: {problem}"
            return None, (error("image-unreadable", message, place, "save it anew"),)
        kept = folder / f"{key}{suffix}"
        write_atomically(kept, content)
    digest = hashlib.sha256(kept.read_bytes()).hexdigest()
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
    return Prepared(kept, digest, ppi, small), findings


def raw_is_text(problem: Exception) -> bool:
    """Whether the reader did not know the file as an image at all."""
    return isinstance(problem, UnidentifiedImageError)


def _prepared(raw: bytes, box: Box | None, measure: float) -> tuple[bytes, str]:
    with Image.open(io.BytesIO(raw)) as opened:
        opened.load()
        image = _in_srgb(ImageOps.exif_transpose(opened))
    grey = image.mode in _LOSSLESS
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
    out = io.BytesIO()
    if grey:
        image.save(out, "PNG", optimize=True)
        return out.getvalue(), ".png"
    image.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue(), ".jpg"


def _in_srgb(image: Image.Image) -> Image.Image:
    """The picture in grey or sRGB; transparent parts become paper."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        return paper.convert("RGB")
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(
                image, source, target, outputMode="RGB"
            )
            if turned is not None:
                return turned.convert("L") if image.mode == "L" else turned
        except ImageCms.PyCMSError:
            pass  # a broken profile: the numbers are taken as they are
    if image.mode in ("1", "L", "I;16", "I"):
        return image.convert("L")
    return image.convert("RGB")
