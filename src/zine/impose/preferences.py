"""What a PDF asks of the printer: its own size, and which edge to turn on."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Dictionary, Name

from zine.impose.saving import saved
from zine.impose.sheets import Flip

_DUPLEX = {Flip.SHORT: Name.DuplexFlipShortEdge, Flip.LONG: Name.DuplexFlipLongEdge}


def preferences(flip: Flip | None) -> Dictionary:
    """Viewer preferences of sheets (ISO 32000-1 Table 150): never scaled, turned on that edge.

    Args:
        flip: None for sheets that are printed on one side.
    """
    return Dictionary(
        PrintScaling=Name("/None"),
        Duplex=_DUPLEX[flip] if flip else Name.Simplex,
        DisplayDocTitle=True,
    )


def for_paper(pdf: bytes, title: str, flip: Flip | None = None) -> bytes:
    """A PDF of whole sheets with these preferences."""
    with pikepdf.open(io.BytesIO(pdf)) as sheets:
        sheets.Root.ViewerPreferences = preferences(flip)
        with sheets.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = title
        return saved(sheets, "1.7")
