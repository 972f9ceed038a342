"""The allow-list for HTML from content: what may stay, and what was taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

import nh3
from slugify import slugify

CLASSES = frozenset({"pull", "epigraph", "note", "verse", "small", "source", "footnote"})
SCHEMES = frozenset({"http", "https", "mailto"})

MAX_DEPTH = 200

_NAMES = """
p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre div figure figcaption hr br
table caption thead tbody tfoot tr th td
a abbr b cite code del dfn em i img ins kbd mark q s small span strong sub sup u var
"""
_TAGS = frozenset(_NAMES.split())
_NAMES = """
script style template iframe object noscript svg math title textarea select
"""
# These vanish with what they hold; of any other tag the words stay.
_WITH_CONTENT = frozenset(_NAMES.split())
_ATTRIBUTES = {
    "*": {"class", "id", "lang"},
    "a": {"href"},
    "abbr": {"title"},
    "img": {"src", "alt", "title"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
_START_TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:\s[^<>]*)?)>")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
# Tags that people leave open, and whose end HTML knows without being told.
_UNCLOSED = frozenset({"br", "hr", "img", "p", "li", "dt", "dd", "tr", "td", "th"})
_ATTRIBUTE = re.compile(r"(?:^|\s)(on\w+|style|srcset|background|formaction)\s*=", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:^|\s)(href|src)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Sanitiser:
    """Cleans HTML; ids and the links to them get a prefix, since a book binds many files as one.

    Args:
        prefix: what ids start with; "" removes ids and links to them.
    """

    prefix: str = ""
    tags: frozenset[str] = _TAGS

    def clean(self, html: str) -> str:
        """HTML of allowed tags and attributes alone, well formed."""
        return nh3.clean(
            html,
            tags=set(self.tags),
            clean_content_tags=set(_WITH_CONTENT),
            attributes=_ATTRIBUTES,
            attribute_filter=self._attribute,
            url_schemes=set(SCHEMES),
            link_rel=None,
        )

    def _attribute(self, tag: str, name: str, value: str) -> str | None:
        if name == "class":
            return " ".join(word for word in value.split() if word in CLASSES) or None
        if name == "id":
            return self._id(value)
        if name == "href":
            if value.startswith("#"):
                identifier = self._id(value[1:])
                return identifier and f"#{identifier}"
            return value.strip() if has_address(value) else None
        if name == "src":
            return value if is_project_file(value) else None
        if name == "lang":
            return value if _LANGUAGE.fullmatch(value) else None
        if name in ("colspan", "rowspan"):
            # A span of a million cells would be laid out cell by cell.
            return value if value.isdecimal() and 1 <= len(value) <= 2 else None
        if name in ("start", "value"):
            return value if re.fullmatch(r"-?\d{1,6}", value) else None
        return value

    def _id(self, value: str) -> str | None:
        word = slugify(value)
        return f"{self.prefix}{word}" if self.prefix and word else None


def dropped(html: str) -> Iterator[tuple[str, str]]:
    """What the sanitiser takes out of `html`, once each: (what it is, what to look for)."""
    seen: set[str] = set()
    for found in _START_TAG.finditer(html):
        tag = found[1].lower()
        gone = [(f"<{tag}>", f"<{tag}")] if tag not in _TAGS else []
        gone += [(f"the attribute {name.lower()}", name) for name in _ATTRIBUTE.findall(found[2])]
        for name, quoted in _ADDRESS.findall(found[2]):
            value = unescape(quoted.strip("\"'"))
            if name.lower() == "src" and not is_project_file(value):
                gone.append((f"the picture “{value}”", value))
            elif name.lower() == "href" and not value.startswith("#") and not has_address(value):
                gone.append((f"the link to “{value}”", value))
        for what, needle in gone:
            if what not in seen:
                seen.add(what)
                yield what, needle


def too_deep(html: str) -> bool:
    """Whether tags stand inside one another deeper than any text needs.

    Parsers take time with the square of the depth; it is counted before they run.
    """
    depth = 0
    for found in _TAG.finditer(html):
        if found[2].lower() not in _UNCLOSED:
            depth = max(0, depth + (-1 if found[1] else 1))
            if depth > MAX_DEPTH:
                return True
    return False


def has_address(url: str) -> bool:
    """Whether a URL has an allowed scheme and an address behind it."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path
    return parts.scheme in SCHEMES and bool(host) and not re.search(r"[\s<>\"]", url.strip())


def is_project_file(source: str) -> bool:
    """Whether the source of a picture is a plain path that stays in its folder."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    names = source.split("/")
    return (
        not parts.scheme
        and not parts.netloc
        and bool(source.strip())
        and "\\" not in source
        and "" not in names
        and ".." not in names
    )
