"""Markdown and HTML of many hands to safe HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from slugify import slugify

from zine.content.footnotes import InlineFootnotes
from zine.content.htmltokens import FORBIDDEN, Close, Open, Token, join, tokens
from zine.content.inline import plain, safe_inline
from zine.content.references import (
    Refer,
    Reference,
    references_in,
    resolve,
    with_tickets,
    without_tickets,
)
from zine.content.sanitise import Sanitiser, dropped, too_deep
from zine.content.terms import grouped_terms
from zine.content.typography import STRAIGHT_DOUBLE, STRAIGHT_SINGLE, smarten, typographic
from zine.diagnostics import Finding, Place, error, warning

__all__ = [
    "Heading",
    "Markup",
    "Refer",
    "Reference",
    "plain",
    "references_in",
    "render",
    "safe_inline",
    "typographic",
]

_HEADING = re.compile(r"h[1-6]")


@dataclass(frozen=True)
class Heading:
    """A heading in a body; level 2 is the highest."""

    level: int
    text: str


@dataclass(frozen=True)
class Markup:
    """Safe HTML and what was seen while making it.

    Args:
        html: block-level HTML; "" where the text prints nothing.
        headings: in order.
        images: sources of the pictures in the text, as written, for the caller to resolve.
    """

    html: str
    findings: tuple[Finding, ...] = ()
    headings: tuple[Heading, ...] = ()
    images: tuple[str, ...] = ()


def render(
    text: str,
    *,
    language: str,
    refer: Refer,
    path: PurePath,
    first_line: int = 1,
    known: Sequence[str] = (),
) -> Markup:
    """Markdown to safe HTML.

    Footnotes become `<span class="footnote">` at their call; the highest heading becomes h2 and
    none is skipped; quotes are those of the language; `[[Title]]` outside code is what `refer`
    returns for it, which is trusted.

    Args:
        text: Markdown.
        language: BCP 47 tag of the book.
        refer: HTML for a reference; None where the title is unknown (a warning is added).
        path: the file, as messages name it.
        first_line: line of the file on which `text` starts.
        known: titles, for the hint about an unknown one.
    """
    text = FORBIDDEN.sub("", text)
    references = references_in(text, first_line)
    report = _Report(text, path, first_line)
    notes = InlineFootnotes()
    try:
        _refuse_depth(text)
        raw = markdown.markdown(
            with_tickets(text),
            extensions=[
                "tables",
                "def_list",
                "attr_list",
                "fenced_code",
                "sane_lists",
                notes,
                _StraightQuotes(),
            ],
            # As a style the alignment would be taken out with all other styles.
            extension_configs={"tables": {"use_align_attribute": True}},
        )
        if too_deep(raw):
            raise RecursionError
    except RecursionError:
        message = "lists, quotations, tags or brackets are nested too deep to be set"
        return Markup("", (error("markup-depth", message, Place.of(path, first_line), _FLATTER),))
    _report_notes(notes, report)
    for what, needle in dropped(raw):
        report.add("markup-removed", f"{what} is not printed", needle, _INSTEAD)
    prefix = f"{slugify(path.with_suffix('').as_posix())}--"
    run = _own_forms(tokens(Sanitiser(prefix).clean(raw)), report)
    run = smarten(_levelled(run), language)
    headings = tuple(_headings(run, references))
    run, unknown = resolve(run, references, refer, path, language, known)
    findings = sorted([*report.findings, *unknown], key=_spot)
    return Markup(
        grouped_terms(join(run)).strip(),
        tuple(findings),
        headings,
        tuple(t.get("src") or "" for t in run if isinstance(t, Open) and t.name == "img"),
    )


_FLATTER = "take some of them apart; close what is left open"
_MAX_BRACKETS = 40


def _refuse_depth(text: str) -> None:
    """Brackets left open in one paragraph cost Markdown the square of their number.

    Raises:
        RecursionError: there are too many.
    """
    depth = 0
    for found in re.finditer(r"[\[\]]|\n[ ]*\n", text):
        step = {"[": 1, "]": -1}.get(found[0])
        depth = 0 if step is None else max(0, depth + step)
        if depth > _MAX_BRACKETS:
            raise RecursionError


def _spot(finding: Finding) -> tuple[int, int]:
    return (finding.place.line or 0, finding.place.column or 0) if finding.place else (0, 0)


def _headings(run: Sequence[Token], references: Sequence[Reference]) -> Iterator[Heading]:
    """The headings with their words, footnotes and page numbers left out."""
    start = 0
    for index, token in enumerate(run):
        if isinstance(token, Open) and _HEADING.fullmatch(token.name):
            start = index
        elif isinstance(token, Close) and _HEADING.fullmatch(token.name):
            words = without_tickets(plain(join(run[start:index])), references)
            yield Heading(int(token.name[1]), words)


_INSTEAD = "write Markdown; pictures belong under images:, links start with https://"


def _own_forms(run: list[Token], report: _Report) -> list[Token]:
    """Links that lead somewhere, pictures that exist, alignment as a class."""
    ids = {token.get("id") for token in run if isinstance(token, Open)}
    out: list[Token] = []
    links: list[bool] = []
    for token in run:
        if isinstance(token, Open) and token.name == "a":
            href = token.get("href") or ""
            links.append(bool(href) and (href[0] != "#" or href[1:] in ids))
            if links[-1]:
                out.append(token)
            elif href:
                anchor = href.rpartition("--")[2]
                report.add("anchor-unknown", f"no place is called “{anchor}” here", "](#", "")
        elif isinstance(token, Close) and token.name == "a":
            if links.pop():
                out.append(token)
        elif isinstance(token, Open) and token.name == "img":
            out += [token] if token.get("src") else []
        elif isinstance(token, Open) and token.get("align"):
            align = token.get("align")
            kept = tuple((n, v) for n, v in token.attributes if n not in ("align", "class"))
            out.append(Open(token.name, (*kept, ("class", f"align-{align}"))))
        else:
            out.append(token)
    return out


def _levelled(run: Sequence[Token]) -> list[Token]:
    """The tokens with headings from h2 down and no level skipped."""
    given = [int(t.name[1]) for t in run if isinstance(t, Open) and _HEADING.fullmatch(t.name)]
    top = min(given, default=2)
    out: list[Token] = []
    last = 1
    for token in run:
        if isinstance(token, Open) and _HEADING.fullmatch(token.name):
            last = min(int(token.name[1]) - top + 2, last + 1, 6)
            out.append(Open(f"h{last}", token.attributes))
        elif isinstance(token, Close) and _HEADING.fullmatch(token.name):
            out.append(Close(f"h{last}"))
        else:
            out.append(token)
    return out


class _Report:
    """Collects warnings; a line is found by looking for what they speak of."""

    def __init__(self, text: str, path: PurePath, first_line: int) -> None:
        self._lines = text.split("\n")
        self._path = path
        self._first = first_line
        self.findings: list[Finding] = []

    def add(self, code: str, message: str, needle: str | None, hint: str) -> None:
        line, column = self._first, None
        if needle:
            for number, words in enumerate(self._lines):
                at = words.casefold().find(needle.casefold())
                if at >= 0:
                    line, column = self._first + number, at + 1
                    break
        self.findings.append(
            warning(code, message, Place.of(self._path, line, column), hint or None)
        )


def _report_notes(notes: InlineFootnotes, report: _Report) -> None:
    for name in dict.fromkeys(notes.missing):
        report.add(
            "footnote-unknown",
            f"the footnote “{name}” is called and has no text",
            f"[^{name}]",
            f"add a line “[^{name}]: …”",
        )
    for name in notes.footnotes:
        if name not in notes.called:
            report.add(
                "footnote-unused",
                f"the footnote “{name}” is called nowhere and is not printed",
                f"[^{name}]:",
                f"put [^{name}] where it belongs",
            )
    for name in dict.fromkeys(notes.nested):
        report.add(
            "footnote-nested",
            f"the footnote “{name}” is called inside a footnote and is not printed there",
            f"[^{name}]",
            "call it in the running text",
        )


class _StraightQuotes(Extension):
    r"""`\"` and `\'` stay straight: 5\" is a measure."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, '"', "'"]
        md.treeprocessors.register(_KeepStraight(md), "straight", 1)


class _KeepStraight(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            element.text = _kept_straight(element.text)
            element.tail = _kept_straight(element.tail)


def _kept_straight(text: str | None) -> str | None:
    # 34 and 39 are the two quotes, as Python-Markdown writes escaped characters until its end.
    if not text or "\x02" not in text:
        return text
    return text.replace("\x0234\x03", STRAIGHT_DOUBLE).replace("\x0239\x03", STRAIGHT_SINGLE)
