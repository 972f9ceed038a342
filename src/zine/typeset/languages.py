"""Languages: words of another language than the book's are marked so that the binder finds them.

WeasyPrint hyphenates by the `lang` of an element and leaves it out of the tags. An address goes
through, so foreign words stand in a link whose address is their language, "zine-lang:es", and which
the binder makes a span of that language; a real link has the language in front of its address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser

SCHEME = "zine-lang:"
RESET = (
    "a.zine-lang{color:inherit!important;font:inherit!important;text-decoration:none!important;"
    "background:none!important;border:0!important;padding:0!important;margin:0!important}"
)
"""A rule that keeps such a link from looking like one, whatever a style sheet says of links."""

# Places within the publication keep their address, by which they are found.
_ABROAD = ("http://", "https://", "mailto:")
_LANG = re.compile(r"""<[^<>]*\slang\s*=""", re.IGNORECASE)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_MUTE = frozenset({"head", "style", "script", "svg", "title"})


def with_languages(html: str) -> str:
    """A section's document with its foreign words in `zine-lang:` links.

    Args:
        html: a whole document; the language of its root element is that of the book.
    """
    if sum(1 for _ in _LANG.finditer(html)) < 2:  # none but the root's
        return html
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    pieces, at = [], 0
    for start, end, new in reader.edits():
        pieces += [html[at:start], new]
        at = end
    return "".join([*pieces, html[at:]])


class _Reader(HTMLParser):
    """Finds runs of words, and links, whose language is not the root's."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._html = html
        self._starts = [0, *(found.end() for found in re.finditer("\n", html))]
        # Open elements with the language within them, and whether their words may be wrapped.
        self._open: list[tuple[str, str, bool]] = []
        self._run = (0, "", False)
        self._edits: list[tuple[int, int, str]] = []

    def edits(self) -> Iterable[tuple[int, int, str]]:
        """Start, end and what goes there instead, in order."""
        self._end_run(len(self._html))
        return sorted(self._edits)

    @property
    def _place(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def _end_run(self, here: int) -> None:
        start, language, wrapped = self._run
        words = self._html[start:here]
        if wrapped and words.strip():
            new = f'<a class="zine-lang" href="{SCHEME}{escape(language)}">{words}</a>'
            self._edits.append((start, here, new))

    def _start_run(self, here: int) -> None:
        language, wrapped = self._open[-1][1:] if self._open else ("", False)
        own = self._open[0][1] if self._open else ""
        self._run = (here, language, wrapped and _differ(language, own))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        here = self._place
        source = self.get_starttag_text() or ""
        self._end_run(here)
        given = dict(attrs)
        _, language, wrapped = self._open[-1] if self._open else ("", "", True)
        language = given.get("lang") or language
        own = self._open[0][1] if self._open else language
        href = given.get("href") or ""
        if tag == "a" and href.startswith(_ABROAD) and _differ(language, own):
            at = here + source.index("href=") + len("href=")
            at += self._html[at] in "\"'"
            self._edits.append((at, at, f"{SCHEME}{escape(language)}:"))
        if tag not in _VOID and not source.endswith("/>"):
            self._open.append((tag, language, wrapped and tag not in _MUTE and tag != "a"))
        self._start_run(here + len(source))

    def handle_endtag(self, tag: str) -> None:
        here = self._place
        self._end_run(here)
        names = [name for name, _, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]
        self._start_run(self._html.index(">", here) + 1)

    def handle_comment(self, data: str) -> None:
        self._end_run(self._place)
        self._start_run(self._place + len(data) + len("<!---->"))


def _differ(language: str, own: str) -> bool:
    return bool(language) and language.casefold() != own.casefold()
