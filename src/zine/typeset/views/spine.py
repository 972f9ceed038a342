"""The view of a spine: the cover's drawing goes on over it, the title stands in its title zone."""

from __future__ import annotations

from dataclasses import dataclass

from zine.content.tongues import base_of, is_rtl
from zine.typeset.fonts import text_width
from zine.typeset.views.desk import Desk
from zine.typeset.views.front import cover_art, cover_art_top
from zine.typeset.wording import NBSP
from zine.units import mm_to_pt, pt_to_mm

# mm below which no words stand on a spine: a fold that strays by 1 mm would carry them round it.
LEAST = 4.5
# Of the width of the spine; the rest is for folds that stray.
_SHARE, _LARGEST, _SMALLEST = 0.55, 24.0, 6.5
_FOOT = 5.0  # mm between the words and the end of the title zone
_PUBLISHER = 0.75  # of the title's size
_GAP = 1.6  # em between title and publisher
# Where spines are read from foot to head; elsewhere as ISO 6357 has it, from head to foot, so that
# they are upright when the book lies on its back.
_RISING = frozenset({"ca", "de", "es", "fr"})


@dataclass(frozen=True)
class SpineFit:
    """What stands on a spine.

    Args:
        title: "" where there is no room for words.
        publisher: "" where there is none or no room.
        size: of the title, pt.
    """

    title: str = ""
    publisher: str = ""
    size: float = 0.0


def spine_fit(desk: Desk) -> SpineFit:
    """The largest size at which the title, and the publisher if it may be, fits the title zone."""
    if desk.spine < LEAST:
        return SpineFit()
    theme = desk.geometry.theme
    title, publisher = desk.publication.title, desk.settings.publisher or ""
    room = mm_to_pt(_zone(desk))
    width = text_width(title, 1.0, theme.display, theme.weight)
    size = min(_SHARE * mm_to_pt(desk.spine), _LARGEST, room / width)
    if size < _SMALLEST:
        return SpineFit()
    beside = _GAP + _PUBLISHER * text_width(publisher, 1.0, theme.display, 600)
    size = round(size - 0.05, 1)
    fits = bool(publisher) and size * (width + beside) <= room
    return SpineFit(title, publisher if fits else "", size)


def spine_rules(desk: Desk) -> str:
    """Page rules of a spine: its size, and where its words stand and which way they run.

    Western titles run down with the heads of their letters towards the front cover, so do those
    that are read from the right, whose front cover is on the other side.
    """
    trim, bleed = desk.geometry.trim, desk.geometry.bleed
    head, length, across = desk.geometry.head_mm, _zone(desk), desk.spine
    rising = base_of(desk.settings.language) in _RISING
    clockwise = rising is is_rtl(desk.settings.language)
    place = (
        f"left:{across:.4f}mm;top:{head:.3f}mm;transform:rotate(90deg)"
        if clockwise
        else f"left:0;top:{head + length:.3f}mm;transform:rotate(-90deg)"
    )
    fit = spine_fit(desk)
    return (
        f"@page{{size:{across:.4f}mm {trim.height:.4f}mm;margin:0;bleed:{bleed:.3f}mm}}"
        f".spine .ground{{left:{-bleed:.3f}mm;top:{-bleed:.3f}mm;"
        f"width:{across + 2 * bleed:.4f}mm}}"
        f".spine .words{{{place};transform-origin:0 0;width:{length:.3f}mm;"
        f"line-height:{across:.4f}mm;font-size:{fit.size}pt;"
        f"text-align:{'end' if rising else 'start'}}}"
        f".spine .publisher{{font-size:{_PUBLISHER * fit.size:.2f}pt;"
        f"margin-inline-start:{_GAP * fit.size:.2f}pt}}"
    )


def spine_view(desk: Desk) -> dict[str, object]:
    """What `spine.html` prints."""
    drawing, look, _ = cover_art(desk, "spine")
    fit = spine_fit(desk)
    return {
        "drawing": drawing,
        "look": look,
        "title": fit.title.replace(" ", NBSP),
        "publisher": fit.publisher.replace(" ", NBSP),
    }


def _zone(desk: Desk) -> float:
    """Length of the title zone that words may take, mm."""
    return cover_art_top(desk) - pt_to_mm(desk.geometry.head) - _FOOT
