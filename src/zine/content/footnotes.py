"""Footnotes where they are called: `[^1]` becomes a span that holds the note's own words."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from zine.content.htmltokens import PARTS

# Blocks that are dissolved, because a note stands in the middle of a paragraph.
_BLOCKS = PARTS - {"table", "tr", "figure", "figcaption"}
_LEFT_OUT = frozenset({"table", "hr"})


class InlineFootnotes(FootnoteExtension):
    """Python-Markdown's reading of footnotes with our writing of them.

    Attributes:
        called: ids that the text calls, in order.
        missing: ids that are called and defined nowhere.
        nested: ids that are called inside a note, where no note can stand.
    """

    def __init__(self) -> None:
        super().__init__()
        self.called: list[str] = []
        self.missing: list[str] = []
        self.nested: list[str] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: D102 - the library's name
        md.registerExtension(self)
        self.parser = md.parser
        self.md = md
        md.parser.blockprocessors.register(FootnoteBlockProcessor(self), "footnote", 17)
        md.inlinePatterns.register(_Call(r"\[\^([^\]]+)\]", self), "footnote", 175)
        # Behind `inline` (20), whose work it needs, and before `unescape` (0).
        md.treeprocessors.register(_Fill(md, self), "footnote", 15)


class _Call(InlineProcessor):
    def __init__(self, pattern: str, notes: InlineFootnotes) -> None:
        super().__init__(pattern)
        self._notes = notes

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        name = m[1]
        if not self._notes.footnotes.get(name, "").strip():
            self._notes.missing.append(name)
            return None, None, None
        self._notes.called.append(name)
        return Element("span", {"class": "footnote", "data-note": name}), m.start(0), m.end(0)


class _Fill(Treeprocessor):
    def __init__(self, md: Markdown, notes: InlineFootnotes) -> None:
        super().__init__(md)
        self._notes = notes

    def run(self, root: Element) -> None:
        for span in [one for one in root.iter("span") if "data-note" in one.attrib]:
            name = span.attrib.pop("data-note")
            holder = Element("div")
            self._notes.parser.parseChunk(holder, self._notes.footnotes[name])
            self.md.treeprocessors["inline"].run(holder)
            self._drop_calls(holder)
            _pour(holder, span)

    def _drop_calls(self, holder: Element) -> None:
        for parent in holder.iter():
            for child in list(parent):
                if child.attrib.get("data-note"):
                    self._notes.nested.append(child.attrib["data-note"])
                    _add_text(parent, child, child.tail or "")
                    parent.remove(child)


def _pour(block: Element, span: Element) -> None:
    """The words and inline tags of `block` into `span`, blocks parted by line breaks."""
    _append(span, block.text)
    for child in block:
        if child.tag in _BLOCKS:
            begun = (span[-1].tag != "br" or span[-1].tail) if len(span) else span.text
            if begun:
                SubElement(span, "br")
            _pour(child, span)
        elif child.tag not in _LEFT_OUT:
            tail, child.tail = child.tail, None
            span.append(child)
            _append(span, tail)


def _append(span: Element, text: str | None) -> None:
    if not text or not text.strip():
        # Line ends between blocks; a blank between two inline tags is kept.
        text = " " if text and "\n" not in text else ""
    if len(span):
        span[-1].tail = (span[-1].tail or "") + text
    else:
        span.text = (span.text or "") + text


def _add_text(parent: Element, child: Element, text: str) -> None:
    """Keep the text behind `child` when it goes."""
    before = None
    for one in parent:
        if one is child:
            break
        before = one
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
