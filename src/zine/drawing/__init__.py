"""Every picture zine draws itself: pure functions from data to svg, all lengths in mm."""

from zine.drawing.beads import bead_rows, beads_per_row
from zine.drawing.cover import YELLOW, Band, booklet_cover, booklet_top, cover_drawing, cover_top
from zine.drawing.echo import entry_drawing
from zine.drawing.opener import opener_drawing
from zine.drawing.paths import unit_path
from zine.drawing.shapes import SHAPES, bead, icon, outline
from zine.drawing.svg import Style, mirrored
from zine.drawing.tabs import tab, tab_centre, tab_height

__all__ = [
    "SHAPES",
    "YELLOW",
    "Band",
    "Style",
    "bead",
    "bead_rows",
    "beads_per_row",
    "booklet_cover",
    "booklet_top",
    "cover_drawing",
    "cover_top",
    "entry_drawing",
    "icon",
    "mirrored",
    "opener_drawing",
    "outline",
    "tab",
    "tab_centre",
    "tab_height",
    "unit_path",
]
