"""The fonts of a bound file, as a part of it: those of all gatherings, one for each face."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

from pikepdf import Pdf

from zine.bind.fonts import unite_fonts
from zine.bind.objects import Draft, Objects


@dataclass(frozen=True)
class BookFonts:
    """What the pages of a file name.

    Args:
        parts: for each gathering a file whose pages name its fonts; b"" where it has none.
        dictionaries: for each of all these pages, the object number of the dictionary of its fonts.
        figures: pages whose fonts hold more glyphs, to be united with the others.
        start: a number from which on all are free.
    """

    parts: tuple[bytes, ...]
    dictionaries: tuple[int, ...]
    figures: bytes | None
    start: int

    def decided_by(self) -> tuple[object, ...]:
        """What tells them from others, short."""
        digests = [hashlib.sha256(part).hexdigest() for part in (*self.parts, self.figures or b"")]
        return digests, self.dictionaries, self.start


def united(fonts: BookFonts) -> Objects:
    """The fonts, and the dictionaries that name them; a pure function."""
    with Pdf.new() as pdf:
        for part in (*fonts.parts, fonts.figures):
            if part:
                with Pdf.open(io.BytesIO(part)) as other:
                    for page in other.pages:
                        pdf.pages.append(page)
        unite_fonts(pdf)
        draft = Draft(pdf)
        resources = [page.resources for page in pdf.pages]
        del pdf.pages[:]
        for own, number in zip(resources, fonts.dictionaries, strict=False):
            draft.give(pdf.make_indirect(own["/Font"]), number)
        # The empty page tree stays behind, as the catalogue does.
        draft.leave(pdf.Root["/Pages"], 0)
        return draft.objects(fonts.start)[0]
