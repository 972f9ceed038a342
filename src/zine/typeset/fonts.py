"""Fonts: the static faces that come with zine, and how wide they set a word."""

from __future__ import annotations

import importlib.util
from collections.abc import Container
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from zine.content.tongues import script_of

_WEIGHTS = {
    "Regular": 400,
    "Italic": 400,
    "Medium": 500,
    "MediumItalic": 500,
    "SemiBold": 600,
    "Bold": 700,
    "BoldItalic": 700,
    "ExtraBold": 800,
}
_FAMILIES = {
    "IBM Plex Serif": ("fontpkg_ibm_plex_serif", "IBMPlexSerif"),
    "Barlow Condensed": ("fontpkg_barlow_condensed", "BarlowCondensed"),
    "Atkinson Hyperlegible": ("fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible"),
    "IBM Plex Sans Arabic": ("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic"),
}
_FACES = {
    "IBM Plex Serif": ("Regular", "Italic", "Bold", "BoldItalic"),
    "Barlow Condensed": ("Medium", "MediumItalic", "SemiBold", "Bold", "ExtraBold"),
    "Atkinson Hyperlegible": ("Regular", "Italic", "Bold", "BoldItalic"),
    "IBM Plex Sans Arabic": ("Regular", "Medium", "SemiBold", "Bold"),
}
ARABIC = "IBM Plex Sans Arabic"
SCHEME = "zine-font"
HOUSE = ("IBM Plex Serif", "Barlow Condensed")


@dataclass(frozen=True)
class Face:
    """One font file.

    Args:
        family: CSS family name.
        name: file name; its URL in style sheets is `zine-font:<name>`.
    """

    family: str
    name: str
    weight: int
    italic: bool
    path: Path


@cache
def faces() -> tuple[Face, ...]:
    """All packaged faces."""
    found = []
    for family, (module, stem) in _FAMILIES.items():
        spec = importlib.util.find_spec(module)
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(f"the font package {module} is not installed")
        folder = Path(spec.origin).parent / "files"
        for style in _FACES[family]:
            name = f"{stem}-{style}.ttf"
            italic = style.endswith("Italic")
            found.append(Face(family, name, _WEIGHTS[style], italic, folder / name))
    return tuple(found)


def families_of(language: str) -> tuple[str, ...]:
    """The packaged families that a book in this language is set in, the text's first."""
    return (ARABIC,) if script_of(language) == "Arab" else HOUSE


def font_face_css(families: Container[str] = HOUSE) -> str:
    """@font-face rules for the packaged faces of some families.

    A style names those only that it sets: every process reads each face that is named.
    """
    return "".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f"font-style:{'italic' if face.italic else 'normal'};"
        f"src:url({SCHEME}:{face.name}) format(truetype)}}"
        for face in faces()
        if face.family in families
    )


@cache
def characters(family: str) -> frozenset[str]:
    """The characters that every packaged face of a family has."""
    sets = []
    for face in (one for one in faces() if one.family == family):
        with TTFont(face.path, lazy=True) as font:
            sets.append(frozenset(map(chr, font.getBestCmap() or {})))
    return frozenset.intersection(*sets) if sets else frozenset()


@cache
def _advances(family: str, weight: int) -> tuple[dict[int, float], float]:
    upright = [face for face in faces() if face.family == family and not face.italic]
    if not upright:  # a family of the project's own: the house's widths are near enough
        return _advances("Barlow Condensed", weight)
    face = min(upright, key=lambda one: abs(one.weight - weight))
    with TTFont(face.path, lazy=True) as font:
        metrics, units = font["hmtx"], font["head"].unitsPerEm
        widths = {
            code: metrics[glyph][0] / units for code, glyph in (font.getBestCmap() or {}).items()
        }
    return widths, sum(widths.values()) / len(widths)


@cache
def figure_width(family: str, weight: int) -> float | None:
    """Width of a tabular figure as a share of the size; None for a face that is not packaged."""
    upright = (face for face in faces() if face.family == family and not face.italic)
    face = next((face for face in upright if face.weight == weight), None)
    if face is None:
        return None
    with TTFont(face.path, lazy=True) as font:
        glyph = (font.getBestCmap() or {})[ord("0")]
        table = font["GSUB"].table
        lookups = {
            index
            for record in table.FeatureList.FeatureRecord
            if record.FeatureTag == "tnum"
            for index in record.Feature.LookupListIndex
        }
        for index in sorted(lookups):
            for sub in table.LookupList.Lookup[index].SubTable:
                glyph = getattr(sub, "ExtSubTable", sub).mapping.get(glyph, glyph)
        return float(font["hmtx"][glyph][0] / font["head"].unitsPerEm)


@lru_cache(65_536)
def text_width(
    text: str, size: float, family: str = "Barlow Condensed", weight: int = 800
) -> float:
    """Width of a line of text without kerning, in the unit of `size`."""
    widths, average = _advances(family, weight)
    if not all(ord(character) in widths for character in text):
        # Letters without their joins: a little wider than they are set.
        widths = _advances(ARABIC, 700 if weight > 600 else weight)[0] | widths
    return size * sum(widths.get(ord(character), average) for character in text)
