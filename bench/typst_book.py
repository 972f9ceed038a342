"""The same text for Typst: outline, running heads, and a page for every reference."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path

from zine.content.entry import Entry
from zine.content.library import Library
from zine.project import load_project

SCRIPT = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
_HEAD = """\
#set document(title: "The toolbox")
#set page("a5", margin: (inside: 17mm, outside: 20mm, top: 15mm, bottom: 19mm), numbering: "1")
#set text(9.6pt, hyphenate: true)
#set par(leading: 0.5em)
#outline()
"""
_SPECIAL = re.compile(r"([\\\\#$*_`<>@\\[\\]~=+/-])")


def typst_source(project: Path, target: Path) -> None:
    """Write the text of a project's entries with their relations, a spread for each."""
    library = load_project(project).library
    parts = [_HEAD, *(_entry(entry, library) for entry in library.entries)]
    target.write_text("\n".join(parts), encoding="utf-8")


def _entry(entry: Entry, library: Library) -> str:
    lead = html.unescape(re.sub(r"<[^>]+>", " ", entry.lead))
    lines = [f"#pagebreak(weak: true)\n= {_text(entry.title)} <{entry.slug}>", "", _text(lead), ""]
    lines.append("#pagebreak()")
    lines += _related("Values", [(one.title, one) for one in library.values_of(entry)])
    for kind, related in library.related(entry).items():
        lines += _related(kind, [(one.title, one.entry) for one in related])
    lines += [f"- *{_text(link.title)}* {_text(link.description)}" for link in entry.learn_more]
    return "\n".join(lines)


def _related(label: str, related: Sequence[tuple[str, Entry | None]]) -> list[str]:
    lines = [f"*{_text(label)}*", ""] if related else []
    for title, entry in related:
        page = f' #ref(<{entry.slug}>, form: "page")' if entry else ""
        lines.append(f"- {_text(title)}{page}")
    return [*lines, ""]


def _text(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", words)
