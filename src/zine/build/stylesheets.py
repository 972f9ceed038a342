"""Style sheets: the files of styles/ that a publication is set with, in cascade order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from zine.content.tongues import is_rtl, script_of
from zine.diagnostics import Place, UsageError, error
from zine.resources import Resources
from zine.typeset.job import StyleSheet

FIRST_SHEETS = ("tokens.css", "page.css", "type.css")


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def style_files(styles: Resources) -> Iterable[tuple[str, Path]]:
    """What style sheets may name: drawings, fonts, and sheets in folders of their own."""
    for suffix in (".svg", ".png", ".jpg", ".ttf", ".otf", ".css"):
        for name in styles.names(suffix):
            path = styles.find(name)
            if path and (suffix != ".css" or "/" in name):
                yield name, path


def own_sheets(styles: Resources) -> Iterable[str]:
    """Names of the style sheets that the project has itself."""
    own, *defaults = styles.roots
    return [name for name in styles.names(".css") if defaults and (own / name).is_file()]


def read_sheets(styles: Resources, themes: Iterable[str] = ()) -> tuple[StyleSheet, ...]:
    """All style sheets at the top of styles/: tokens, page and type first, then by name.

    Args:
        themes: further ones, which come last.

    Raises:
        UsageError: one of the sheets that every layout relies on is missing or unreadable.
    """
    names = [name for name in styles.names(".css") if "/" not in name]
    ordered = [*FIRST_SHEETS, *(name for name in names if name not in FIRST_SHEETS), *themes]
    return _read(styles, ordered)


def script_sheets(styles: Resources, languages: Sequence[str]) -> tuple[StyleSheet, ...]:
    """What the scripts of a book need, its own first: `scripts/rtl.css`, `scripts/arab.css` ….

    Raises:
        UsageError: one of them is unreadable.
    """
    names = ["scripts/rtl.css"] if is_rtl(languages[0]) else []
    names += [f"scripts/{script_of(language).lower()}.css" for language in languages]
    return _read(styles, [name for name in dict.fromkeys(names) if styles.find(name)])


def _read(styles: Resources, ordered: Iterable[str]) -> tuple[StyleSheet, ...]:
    sheets, findings = [], []
    for name in ordered:
        path = styles.find(name)
        try:
            if path is None:
                raise FileNotFoundError(name)
            sheets.append(StyleSheet(name, path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as problem:
            place = Place(f"styles/{name}")
            hint = "restore it, or delete your copy so that the default is used"
            findings.append(error("style-file-missing", f"cannot be read: {problem}", place, hint))
    if findings:
        raise UsageError(findings)
    return tuple(sheets)
