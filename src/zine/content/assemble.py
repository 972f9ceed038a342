"""Validated front matter becomes an entry; links and pictures are looked at on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from zine.content.entry import Entry, EntryType, Link, Picture, Relation
from zine.content.files import ImageFolder
from zine.content.markup import safe_inline
from zine.content.model import FrontMatter, LinkIn, PictureIn, RelationIn
from zine.content.positions import Document, Key
from zine.content.sanitise import dropped, has_address
from zine.content.tongues import language_tag
from zine.content.typography import typographic
from zine.content.validation import is_blank
from zine.diagnostics import Finding, Place, error, warning

_PLACEHOLDER = re.compile(
    r"(full|short)\W?write\W?up goes here|(text|write\W?up) goes here", re.IGNORECASE
)
_MARKUP = re.compile(r"<!--.*?(?:-->|$)|<[^<>]*>", re.DOTALL)
# Signs of Markdown around a line, and punctuation behind it.
_AROUND = "\\*_#>~`\"'“”‘’()[]{}.,;:!?…-–— \n\t\u00a0"


def is_placeholder(text: str) -> bool:
    """Whether a body says nothing: blank, markup alone, or "Full write-up goes here"."""
    words = " ".join(unescape(_MARKUP.sub(" ", text)).split()).strip(_AROUND)
    if not words:
        # A picture or a rule is markup, but not nothing; `![](map.png)` keeps its name here.
        return not re.search(r"<(img|hr|table)\b", text, re.IGNORECASE)
    return _PLACEHOLDER.fullmatch(words) is not None


class Assembler:
    """Makes the entry of one file and collects its findings."""

    def __init__(
        self, document: Document, beside: Path, images: ImageFolder, language: str
    ) -> None:
        self._document = document
        self._beside = beside
        self._images = images
        self._language = language
        self._own = ""
        self.findings: list[Finding] = []

    def entry(
        self,
        fields: FrontMatter,
        entry_type: EntryType,
        types: Sequence[EntryType],
        slug: str,
        path: Path,
    ) -> Entry:
        """The entry, without its body."""
        self._own = self._language_of(fields.language)
        if is_blank(self._document, "title"):
            self._add("title-missing", "the entry has no title", ("title",), "add “title: …”")
        if not slug:
            hint = "add “slug: …”, or give the file a name of letters"
            self._add("slug-empty", "no slug can be made of the file's name", ("slug",), hint)
        extra = self._document.typed.get("extra") if isinstance(self._document.typed, dict) else {}
        related = tuple(
            (one.id, self._relations(getattr(fields, one.relation_key), one.relation_key))
            for one in types
        )
        return Entry(
            slug=slug,
            title=self._print(fields.title),
            type=entry_type.id,
            path=path,
            place=self._document.place(("title",)) if fields.title else self._top(),
            id=fields.id,
            lead=self._lead(fields.short_write_up),
            where=self._print(fields.where),
            when=self._print(fields.when),
            who=self._print(fields.who),
            scale=self._print(fields.scale),
            values=self._relations(fields.values, "values"),
            related=tuple((kind, found) for kind, found in related if found),
            tags=_each(fields.tags),
            learn_more=tuple(self._links(fields.learn_more)),
            pictures=tuple(self._pictures(fields.images)),
            contributors=_each(self._print(name) for name in fields.contributors),
            aliases=_each(fields.aliases),
            date=fields.date,
            weight=fields.weight or 0.0,
            extra=tuple((extra or {}).items()),
            language=self._own,
        )

    def _print(self, text: str) -> str:
        """The text with the quotes and dashes of the entry's language."""
        return typographic(text, self._own or self._language)

    def _language_of(self, text: str) -> str:
        """The tag of the entry's own language; "" where it is the book's."""
        if not text:
            return ""
        tag = language_tag(text)
        if tag is None:
            hint = "write its code, such as en, es, fr or pt-BR"
            self._add("value-wrong", f"“{text}” is no code of a language", ("language",), hint)
        return "" if tag in (None, self._language) else str(tag)

    def _top(self) -> Place:
        return Place.of(self._document.file, 1)

    def _add(self, code: str, message: str, at: Key, hint: str) -> None:
        known = at in self._document.keys
        place = self._document.place(at, key=True) if known else self._top()
        self.findings.append(error(code, message, place, hint))

    def _warn(self, code: str, message: str, at: Key, hint: str | None) -> None:
        self.findings.append(warning(code, message, self._document.place(at), hint))

    def _lead(self, html: str) -> str:
        if is_placeholder(html):
            return ""
        for what, _ in dropped(html):
            hint = "a lead may hold paragraphs, emphasis and links"
            self._warn("markup-removed", f"{what} is not printed", ("short_write_up",), hint)
        return safe_inline(html, self._own or self._language)

    def _relations(self, given: Iterable[RelationIn | None], key: str) -> tuple[Relation, ...]:
        found = []
        for number, one in enumerate(given):
            if one is None or not (one.title or one.note):
                continue
            at: Key = (key, number)
            if not one.title:
                self._warn("relation-untitled", "a note without a title", at, "add “title: …”")
                continue
            place = self._document.place(at)
            found.append(Relation(self._print(one.title), place, self._print(one.note)))
        return tuple(found)

    def _links(self, given: Iterable[LinkIn | None]) -> Iterable[Link]:
        for number, one in enumerate(given):
            if one is None or not (one.title or one.url or one.description):
                continue
            at: Key = ("learn_more", number)
            url = self._url(one.url, (*at, "url"), one.title)
            title = one.title or one.description or _bare(one.url)
            description = one.description if one.title else ""
            place = self._document.place((*at, "title"))
            yield Link(self._print(title), self._print(description), _kind(one.type), url, place)

    def _url(self, url: str, at: Key, of: str) -> str:
        """The URL, or "" with a warning where nothing can open it."""
        if not url or has_address(url):
            return url
        why = _why_malformed(url)
        named = f"of “{of}” " if of else ""
        hint = f"https://{url}" if re.match(r"[\w-]+(\.[\w-]+)+(/|$)", url) else "https://…"
        self._warn(
            "url-malformed",
            f"the address {named}{why}: “{url}”; it prints without a QR code",
            at,
            f"write the whole address: {hint}",
        )
        return ""

    def _pictures(self, given: Iterable[PictureIn | None]) -> Iterable[Picture]:
        for number, one in enumerate(given):
            if one is None or not (one.name or one.url):
                continue
            at: Key = ("images", number)
            key = "name" if one.name else "url"
            name = one.name or one.url
            yield Picture(
                name=name,
                path=self._picture_file(name, (*at, key)),
                caption=self._print(one.caption),
                source=self._print(one.source),
                source_url=self._url(one.source_url, (*at, "source_url"), one.source),
                alt=self._print(one.alt),
                place=self._document.place((*at, key)),
            )

    def _picture_file(self, name: str, at: Key) -> Path | None:
        if re.match(r"[a-z][a-z0-9+.-]+:|//", name, re.IGNORECASE):
            hint = "save the picture in content/images/ and write its file name under “name:”"
            self._warn("image-missing", f"“{name}” is not in the project", at, hint)
            return None
        try:
            path = self._images.find(name, self._beside)
        except ValueError:
            hint = "put the picture into content/images/ and write its file name alone"
            message = f"the picture “{name}” lies outside the project"
            self._add_at("image-outside", message, at, hint)
            return None
        if path is None:
            self._warn(
                "image-missing",
                f"there is no picture “{name}”; the drawing stands in for it",
                at,
                self._images.hint(name, self._beside),
            )
        return path

    def _add_at(self, code: str, message: str, at: Key, hint: str) -> None:
        self.findings.append(error(code, message, self._document.place(at), hint))


def _each(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts that are not blank, each once."""
    return tuple(dict.fromkeys(text for text in texts if text))


def _kind(text: str) -> str:
    """The kind of a link as it prints: "website:" and "Website" are one."""
    words = text.strip(" :").split()
    return " ".join(word[:1].upper() + word[1:] for word in words)


def _bare(url: str) -> str:
    return re.sub(r"^\w+://(www\.)?", "", url).rstrip("/")


def _why_malformed(url: str) -> str:
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        return "cannot be read"
    if not scheme:
        return "has no https:// in front"
    if scheme not in ("http", "https", "mailto"):
        return f"starts with “{scheme}:”"
    return "names no site"
