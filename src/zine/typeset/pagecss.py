"""Page CSS: the rules that depend on the book's geometry and on one section's place in it."""

from __future__ import annotations

from collections.abc import Iterable

from zine.content.entry import EntryType
from zine.drawing import icon, mirrored, tab, tab_centre, tab_height
from zine.settings import STANDARD
from zine.typeset.fonts import HOUSE, families_of, figure_width, font_face_css
from zine.typeset.geometry import Geometry
from zine.typeset.languages import RESET
from zine.typeset.neutral import HUNG_DIGITS, LEFT, RIGHT
from zine.units import pt_to_mm

PICTURE_LINES = 19
MARK = "zine-mark"
TAB = "zine-tab"
_NUMBER_WEIGHT = 700  # of numbers that hang
_LEFT_TO_RIGHT = "\\200e"  # keeps a number from joining words that are read from the right
GAP = "\\00a0" * 4  # between folio and running head; Barlow has no wider blank (page.css)


def publication_css(
    geometry: Geometry, types: Iterable[EntryType], languages: Iterable[str] = ("en",)
) -> str:
    """The generated sheet that stands before a publication's style sheets.

    Args:
        languages: of the book and of its entries; each has its fonts.
    """
    theme = geometry.theme
    house = theme.text in HOUSE and theme.display in HOUSE
    own = {one for language in languages for one in families_of(language) if one not in HOUSE}
    fonts = font_face_css({*(HOUSE if house else (theme.text, theme.display)), *own})
    kinds = "".join(
        f".type-{kind.id}{{--fill:{kind.fill};--on:{kind.on};--mark:{kind.mark}}}"
        f".mark-{kind.id}{{background-image:url({MARK}:{kind.id})}}"
        for kind in types
    )
    # Pictures in running text stand in boxes of whole lines, so that the text stays on the grid.
    boxes = "".join(
        f".lines-{lines}{{height:calc({lines} * var(--line))}}"
        for lines in range(1, PICTURE_LINES + 1)
    )
    return fonts + geometry.custom_properties() + kinds + boxes + _hung_css(theme.display) + RESET


def _hung_css(family: str) -> str:
    """The width of neutral numbers that hang, so that WeasyPrint need not find it out."""
    figure = figure_width(family, _NUMBER_WEIGHT)
    if figure is None:
        return ""
    width = f"width:{HUNG_DIGITS * figure:.4f}em;white-space:nowrap"
    return "".join(f".hung-{side}{{{width};text-align:{side}}}" for side in (LEFT, RIGHT))


def theme_css(geometry: Geometry) -> str:
    """The rules of a theme's measures and of pages in one column, behind the project's sheets."""
    theme, css = geometry.theme, ""
    if theme.line != STANDARD.line or (theme.text, theme.display) != HOUSE:
        css = (
            f":root{{--line:{theme.line:g}pt;--half-line:{theme.line / 2:g}pt;"
            f"--two-lines:{2 * theme.line:g}pt;"
            f'--text:"{theme.text}";--head:"{theme.display}"}}'
        )
    if geometry.columns == 1:
        # Running head and note do not go on one line: the note stands on the next.
        lines = {
            "left": f'counter(page) "{GAP}" string(run) "\\a" string(note)',
            "right": f'string(run) "{GAP}" counter(page) "\\a" string(note)',
        }
        for hand, content in lines.items():
            other = "right" if hand == "left" else "left"
            css += (
                f"@page:{hand}{{@bottom-{hand}{{content:{content};white-space:pre-wrap}}"
                f"@bottom-{other}{{content:none}}}}"
                f"@page bare:{hand}{{@bottom-{hand}{{content:none}}}}"
            )
    return css


def type_assets(
    types: Iterable[EntryType], *, outline: bool = False, rtl: bool = False
) -> dict[str, bytes]:
    """The small drawings that style sheets refer to by URL: marks and thumb tabs.

    Args:
        outline: draw tabs as strokes.
        rtl: marks point to the left.
    """
    assets: dict[str, bytes] = {}
    for kind in types:
        mark = icon(kind.shape, kind.mark)
        assets[f"{MARK}:{kind.id}"] = (mirrored(mark) if rtl else mark).encode()
        for side in ("left", "right"):
            drawn = tab(kind.shape, kind.fill, side=side, style="outline" if outline else "solid")
            assets[f"{TAB}:{kind.id}-{side}"] = drawn.encode()
    return assets


def section_css(
    geometry: Geometry,
    *,
    first_folio: int,
    verso: bool,
    roman: bool = False,
    tab_type: str = "",
    tab_place: tuple[int, int] = (0, 1),
    versos: tuple[bool, ...] = (True, False),
    rtl: bool = False,
) -> str:
    """The rules of one section: its side, its first folio and its thumb tab.

    `break-before` on the root element makes the first page a left or right one without a blank;
    the counter is set in `@page :first` because a reset on the root element does nothing there.

    Args:
        first_folio: number of the first page.
        roman: folios in lower-case roman numerals.
        tab_type: id of the type whose tab hangs at the fore edge, or "" for none.
        tab_place: index of the chapter and number of chapters.
        versos: pages that carry the tab, versos or rectos; the picture side of an opener has none.
        rtl: it is bound on the right, where versos lie.
    """
    side = "left" if verso is not rtl else "right"
    css = (
        f"html{{break-before:{side}}}"
        f"@page:first{{counter-increment:none;counter-reset:page {first_folio}}}"
    )
    if roman:
        gap = GAP + _LEFT_TO_RIGHT if rtl else GAP
        css += (
            f'@page:left{{@bottom-left{{content:counter(page,lower-roman) "{GAP}" string(run)}}}}'
            f'@page:right{{@bottom-right{{content:string(run) "{gap}" counter(page,lower-roman)}}}}'
        )
    if tab_type and geometry.theme.tabs:
        index, count = tab_place
        height = geometry.trim.height
        top = tab_centre(index, count, trim_height=height) - geometry.head_mm
        top -= tab_height(count, trim_height=height) / 2
        block = pt_to_mm(geometry.block)
        for hand in ("left" if one is not rtl else "right" for one in versos):
            css += (
                f"@page:{hand}{{@{hand}-middle{{content:'';height:{block:.3f}mm;"
                f"background-image:url({TAB}:{tab_type}-{hand});"
                f"background-position:{hand} {top:.3f}mm}}}}"
            )
    return css
