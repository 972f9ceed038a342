"""Pictures in running text: their names in the Markdown, and the files found for them."""

from __future__ import annotations

import re
from pathlib import Path

from zine.content.entry import Entry
from zine.content.files import ImageFolder

_MARKDOWN = re.compile(r"!\[[^\]]*\]\(\s*<?([^)\s>]+)")
_HTML = re.compile(r"""<img\b[^>]*\bsrc=["']([^"']+)["']""", re.IGNORECASE)


def pictures_in_body(entry: Entry, project: Path) -> dict[str, Path]:
    """Name as written → file, for every picture of the running text that the project has."""
    names = dict.fromkeys(_MARKDOWN.findall(entry.body) + _HTML.findall(entry.body))
    if not names:
        return {}
    folder = ImageFolder(project)
    found = {}
    for name in names:
        try:
            path = folder.find(name, entry.path.parent)
        except ValueError:
            continue
        if path is not None:
            found[name] = path
    return found
