"""Short texts in HTML: safe paragraphs, and words alone."""

from __future__ import annotations

import re

from zine.content.htmltokens import FORBIDDEN, PARTS, Close, Open, Raw, Token, Words, join, tokens
from zine.content.sanitise import Sanitiser, too_deep
from zine.content.typography import smarten

_INLINE = Sanitiser(tags=frozenset({"a", "em", "strong", "span", "br"}))


_TAG = re.compile(r"<[^<>]*>")
# A link whose address was refused; links do not nest, so its end is the next one.
_NO_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)


def safe_inline(html: str, language: str = "en") -> str:
    """A short text in HTML as safe paragraphs of p, em, strong, a, span and br; "" for a blank one.

    Words outside a paragraph get one, empty paragraphs go, quotes are typographic.
    """
    html = FORBIDDEN.sub("", html)
    if too_deep(html):
        html = _TAG.sub(" ", html)
    if not re.search(r"<(p|div|li|br)\b", html, re.IGNORECASE):
        html = re.sub(r"\n\s*\n", "<br><br>", html.strip())
    paragraphs: list[list[Token]] = [[]]
    names = {"b": "strong", "i": "em", **{name: name for name in ("strong", "em", "a", "span")}}
    run = tokens(Sanitiser().clean(html))
    for index, token in enumerate(run):
        if isinstance(token, Words):
            paragraphs[-1].append(Words(re.sub(r"[ \t\n\r]+", " ", token.text)))
        elif isinstance(token, Raw):
            continue
        elif token.name == "br":
            follows = run[index + 1] if index + 1 < len(run) else None
            twice = bool(paragraphs[-1]) and paragraphs[-1][-1] == Open("br")
            if twice and follows != Open("br"):
                paragraphs[-1].pop()
                paragraphs.append([])
            elif not twice:
                paragraphs[-1].append(Open("br"))
        elif token.name in names:
            paragraphs[-1].append(_renamed(token, names[token.name]))
        elif token.name in PARTS:
            paragraphs.append([])
    out = []
    for paragraph in paragraphs:
        if any(isinstance(token, Words) and token.text.strip() for token in paragraph):
            inner = join(smarten(paragraph, language)).strip()
            inner = re.sub(r"^(<br>\s*)+|(\s*<br>)+$", "", inner)
            # Once more, since a paragraph may have been cut inside an inline tag.
            inner = _NO_LINK.sub(r"\1", _INLINE.clean(inner)).strip()
            out.append(f"<p>{inner}</p>")
    return "".join(out)


def _renamed(token: Open | Close, name: str) -> Token:
    """The inline tag under its plain name, with no attribute but address and language."""
    if isinstance(token, Close):
        return Close(name)
    given = ((key, token.get(key)) for key in ("href", "lang"))
    return Open(name, tuple((key, value) for key, value in given if value))


def plain(html: str) -> str:
    """The words of HTML alone, blanks collapsed; blocks are parted by a blank, notes left out."""
    words: list[str] = []
    inside_note = 0
    spans: list[bool] = []
    if too_deep(html):
        html = _TAG.sub(" ", html)
    for token in tokens(Sanitiser().clean(html)):
        if isinstance(token, Words):
            if not inside_note:
                words.append(token.text)
        elif isinstance(token, Raw):
            continue
        elif token.name == "span":
            if isinstance(token, Open):
                spans.append("footnote" in (token.get("class") or ""))
                inside_note += spans[-1]
            elif spans:
                inside_note -= spans.pop()
        elif token.name in PARTS or token.name in ("br", "td", "th"):
            words.append(" ")
    return " ".join("".join(words).split())
