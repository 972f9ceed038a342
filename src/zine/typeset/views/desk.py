"""The desk: what every view has at hand while a publication is typeset."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path, PurePath
from typing import Any

from zine.compiler.publication import Publication
from zine.compiler.references import Reference, References
from zine.content.alternatives import described
from zine.content.bodypictures import pictures_in
from zine.content.entry import Entry, EntryType
from zine.content.files import shown_path
from zine.content.library import Library
from zine.content.markup import Refer, render
from zine.content.texts import read_text
from zine.drawing import Style as DrawingStyle
from zine.drawing import mirrored
from zine.settings import WHITE, Settings
from zine.typeset.balance import balanced, balanced_pulls
from zine.typeset.fonts import HOUSE, characters, families_of
from zine.typeset.geometry import Geometry
from zine.typeset.images import Prepared
from zine.typeset.pagecss import PICTURE_LINES
from zine.typeset.wording import NBSP, bind_short_words, hold_last_words
from zine.units import mm_to_pt
from zine.words import Words, type_in_words

# Types stand in this order in the apparatus and on the chain; others follow in the book's order.
RELATION_ORDER = ("solution", "theory", "story")
VALUE = "value"
_ALONE = re.compile(r"<p>\s*(<img\b[^>]*>)\s*</p>")
_TITLE = re.compile(r"""\s+title="([^"]*)\"""")
_IMAGE = re.compile(r"""<img\b[^>]*?\bsrc="(?P<name>[^"]*)"[^>]*>""")


@dataclass(frozen=True)
class Desk:
    """Everything a view may need; one for each publication.

    Args:
        prepared: image file → its form for openers.
        in_bodies: image file → its form for running text.
        full_folios: entry slug → folio in the whole book.
        spine: mm that the drawing of the cover goes on over, between back and front.
        lists: what views list of the whole publication, kept as long as its entries are the same.
    """

    publication: Publication
    settings: Settings
    library: Library
    geometry: Geometry
    words: Words
    prepared: Mapping[Path, Prepared] = field(default_factory=dict)
    in_bodies: Mapping[Path, Prepared] = field(default_factory=dict)
    full_folios: Mapping[str, str] = field(default_factory=dict)
    spine: float = 0.0
    lists: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def drawn(self) -> DrawingStyle:
        """How drawings are inked in this edition."""
        theme = self.geometry.theme
        if theme.outline:
            return "outline"
        return "keyline" if theme.black else "solid"

    @property
    def ground(self) -> str | None:
        """Paper white where an edition has no coloured grounds; None leaves them."""
        return WHITE if self.geometry.theme.black else None

    @property
    def all_prepared(self) -> tuple[Prepared, ...]:
        """All pictures that layouts may place."""
        return (*self.prepared.values(), *self.in_bodies.values())

    @property
    def book_title(self) -> str:
        """The title that an inline reference to the whole book names.

        A handout, which has no sections of its own, says once whose pages its numbers are.
        """
        return self.settings.title if self.publication.sections else ""

    def references(self, folios: Mapping[str, str]) -> References:
        """The references of this publication with these folios."""
        return References(self.publication, self.library, self.settings, folios, self.full_folios)

    @property
    def relation_types(self) -> tuple[EntryType, ...]:
        """Types in the order of the apparatus, values left out."""
        rank = {type_id: index for index, type_id in enumerate(RELATION_ORDER)}
        kinds = [kind for kind in self.settings.types if kind.id != VALUE]
        return tuple(sorted(kinds, key=lambda kind: rank.get(kind.id, len(rank))))

    def counted(self, entries: Sequence[Entry]) -> str:
        """How many entries of each type, in words: "7 values, 7 theories and 4 stories"."""
        parts = []
        for kind in self.settings.types:
            count = sum(entry.type == kind.id for entry in entries)
            if count:
                parts.append(self._count_of(kind, count))
        return self.words.listed(parts)

    def _count_of(self, kind: EntryType, count: int) -> str:
        """How many entries of a type; the words of book.yaml come before those of the language."""
        words = self.words
        if f"count_{kind.id}.other" in words and type_in_words(kind, words) == kind:
            return words.counted(f"count_{kind.id}", count)
        facts = {"singular": kind.singular.lower(), "plural": kind.plural.lower()}
        return words.counted("count_entries", count, **facts)

    def balanced(self, title: str, size: float) -> str:
        """A title whose lines are about equally long; `size` in pt.

        In a face that cannot be measured here only its short words hold on to the next.
        """
        if not self._measured(title):
            return bind_short_words(title)
        return balanced(title, size, self.geometry.measure)

    def _measured(self, text: str) -> bool:
        """Whether display type is set in the face whose widths are known, which has the text."""
        family = HOUSE[1]
        known = characters(family) | {" ", NBSP, "\n"}
        return self.geometry.theme.display == family and known.issuperset(text)

    def facing(self, drawing: str) -> str:
        """A drawing as it lies on pages that are read from the left, or from the right."""
        return mirrored(drawing) if self.settings.rtl else drawing

    @property
    def set_in(self) -> str:
        """Which fonts it is set in, for a colophon that says nothing."""
        fonts, theme = families_of(self.settings.language), self.geometry.theme
        if fonts == HOUSE:
            fonts = tuple(dict.fromkeys((theme.text, theme.display)))
        return self.words.set_in.format(fonts=self.words.listed(list(fonts)))

    def text(self, path: Path, references: References) -> str:
        """A Markdown text of front or back matter as safe HTML."""
        source = read_text(path, self.settings.root, self.settings.language)
        # Ids are made of the path, and no folder of this machine may stand in a PDF.
        shown = shown_path(path, self.settings.root)
        return self.running_text(source.body, references, shown, source.first_line, path.parent)

    def running_text(
        self,
        text: str,
        references: References,
        shown: PurePath,
        first_line: int,
        beside: Path,
        language: str = "",
    ) -> str:
        """Markdown as safe HTML, its pictures in their prepared form; a lost one is left out.

        Args:
            shown: the file as findings name it.
            beside: folder in which pictures may lie, besides content/images/.
            language: of the text, where it is not the book's.
        """
        html = render(
            text,
            language=language or self.settings.language,
            refer=self.refer(references),
            first_line=first_line,
            path=shown,
        ).html
        if self.publication.sections and self.geometry.columns > 1 and self._measured(""):
            html = balanced_pulls(html)
        html = hold_last_words(html)
        if "<img" not in html:
            return html
        found = pictures_in(text, beside, self.settings.root)

        def place(match: re.Match[str]) -> str:
            path = found.get(unescape(match["name"]))
            prepared = self.in_bodies.get(path) if path else None
            if prepared is None:
                return ""
            image = match[0].replace(match["name"], prepared.url, 1)
            return image.replace("<img", f'<img class="lines-{self._lines_of(prepared)}"', 1)

        return _figures(_IMAGE.sub(place, described(html, self.words.picture)))

    def _lines_of(self, picture: Prepared) -> int:
        """Lines of the grid that a picture in running text takes."""
        high = mm_to_pt(self.geometry.measure) * picture.ratio
        return min(PICTURE_LINES, max(1, math.ceil(high / self.geometry.line - 0.01)))

    def named_text(self, name: str, references: References) -> str:
        """The text that book.yaml or a file beside it gives for `name`, or ""."""
        path = dict(self.settings.texts).get(name)
        return self.text(path, references) if path else ""

    def refer(self, references: References) -> Refer:
        """How the inline references of one text print.

        The first that leads out of the publication names the whole book; the others trust the
        foot of the page, which says whose the italic numbers are.
        """
        named: list[str] = []

        def print_reference(title: str, shown: str | None, line: int) -> str | None:
            if references.library.resolve(title) is None:
                return None
            reference = references.to_title(title)
            book = self.book_title if reference.in_full_book and not named else ""
            if book:
                named.append(book)
            return inline_reference(reference, shown, self.words, book)

        return print_reference


def _at_page(words: Words, number: str) -> str:
    """What stands behind a title, ", p. 42", with blanks that do not break."""
    return words.at_page.replace(" ", NBSP).format(page=number)


def _figures(html: str) -> str:
    """Paragraphs that hold a picture alone become figures; its title is the caption."""

    def figure(match: re.Match[str]) -> str:
        image, title = match[1], _TITLE.search(match[1])
        if title is None:
            return f"<figure>{image}</figure>"
        image = image.replace(title[0], "", 1)
        return f"<figure>{image}<figcaption>{title[1]}</figcaption></figure>"

    return _ALONE.sub(figure, html)


def inline_reference(
    reference: Reference, shown: str | None, words: Words, book_title: str = ""
) -> str:
    """A reference in running text: "● Horizontalism, p. 42".

    No-break spaces hold the mark to the first word and the number to the last; the title
    itself may turn over.

    Args:
        shown: words to print in the place of the title.
        book_title: names the whole book where the target stands only there.
    """
    label = escape(shown or reference.title)
    mark = ""
    if reference.type:
        mark = f'<span class="mark mark-{reference.type.id}"></span>{NBSP}'
    if reference.inside:
        label = f'<a href="zine:{reference.target}">{label}</a>'
        number = f'<a class="n" href="zine-n:{reference.target}">{reference.page}</a>'
        return f'<span class="ref">{mark}{label}{_at_page(words, number)}</span>'
    if not reference.page:
        return f'<span class="ref">{mark}{label}</span>'
    if book_title:
        cited = f"<cite>{escape(book_title)}</cite>"
        where = words.in_full_book.format(title=cited, page=reference.page)
        return f'<span class="ref">{mark}{label} ({where.replace(". ", f".{NBSP}")})</span>'
    number = f'<span class="n full">{reference.page}</span>'
    return f'<span class="ref">{mark}{label}{_at_page(words, number)}</span>'
