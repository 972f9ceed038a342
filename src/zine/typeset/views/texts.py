"""Texts: how high a paragraph or several will stand, told before they are set."""

from __future__ import annotations

import re
from html import unescape

from zine.typeset.views.columns import lines_of
from zine.units import mm_to_pt

PICTURE_MM = 90.0  # at most, of a picture in a text (type.css)
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|blockquote|dt|dd|tr|pre)>|<br\s*/?>")
_TAG = re.compile(r"<[^>]*>")


def text_height(html: str, width: float, size: float, leading: float, family: str) -> float:
    """Height of a text at most, pt.

    Args:
        width: of its lines, pt.
        size: of its type, pt.
        leading: pt.
    """
    lines = 0
    for paragraph in _BLOCK_END.split(html):
        words = " ".join(unescape(_TAG.sub("", paragraph)).split())
        if words:
            lines += lines_of(words, width, size, 400, family=family)
    return lines * leading + html.count("<img") * mm_to_pt(PICTURE_MM)
