"""Pictures in running text: their names in the Markdown, and the files found for them."""

from __future__ import annotations

import re
from pathlib import Path

from zine.content.files import ImageFolder

_MARKDOWN = re.compile(r"!\[[^\]]*\]\(\s*<?([^)\s>]+)")
_HTML = re.compile(r"""<img\b[^>]*\bsrc=["']([^"']+)["']""", re.IGNORECASE)


def pictures_in(text: str, beside: Path, project: Path) -> dict[str, Path]:
    """Name as written → file, for every picture of a running text that the project has.

    Args:
        beside: folder of the text, looked in after content/images/.
    """
    names = dict.fromkeys(_MARKDOWN.findall(text) + _HTML.findall(text))
    if not names:
        return {}
    folder = ImageFolder(project)
    found = {}
    for name in names:
        try:
            path = folder.find(name, beside)
        except ValueError:
            continue
        if path is not None:
            found[name] = path
    return found
