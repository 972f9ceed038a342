"""QR codes: an address as a vector drawing."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from zine.memory import remembered

SIZE = 20.0  # mm, the usual width of a code on the page
WIDE = 25.0
_VERSION_LEAST = 3  # 29 modules: four of them are less than the 3 mm of paper around a code
MODULE_LEAST = 0.4  # mm; phones of some age need modules at least this wide


@dataclass(frozen=True)
class QrCode:
    """A code ready to place.

    Args:
        svg: vector drawing without quiet zone; the page is white around it.
        wide: whether it must be set at `WIDE` to keep its modules legible.
    """

    svg: str
    wide: bool


def qr_code(url: str, label: str) -> QrCode:
    """The QR code of an address, ISO/IEC 18004 error correction level L or better.

    Args:
        label: words for a reader who cannot see it.
    """
    size, path = _drawn(url).split(" ", 1)
    modules = int(size)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {modules} {modules}" role="img" '
        f'aria-label="{escape(label)}"><title>{escape(label)}</title>'
        f'<path d="{path}"/></svg>'
    )
    return QrCode(svg, SIZE / modules < MODULE_LEAST)


@remembered
def _drawn(url: str) -> str:
    """Modules along a side, and the path of the dark ones; to choose the mask takes a while."""
    import segno  # slow to import, and what it draws is remembered

    code = segno.make(url, error="l", micro=False)
    if int(code.version) < _VERSION_LEAST:
        code = segno.make(url, error="l", version=_VERSION_LEAST)
    modules = code.symbol_size(border=0)[0]
    runs = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < modules:
            width = 0
            while x + width < modules and row[x + width]:
                width += 1
            if width:
                runs.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width or 1
    return f"{modules} {''.join(runs)}"
