"""References in running text, `[[Title]]` and `[[Title|words]]`: found, carried, resolved."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from zine.content.htmltokens import CODE, Close, Open, Raw, Token, Words
from zine.content.typography import typographic
from zine.diagnostics import Finding, Place, did_you_mean, warning

# title, the words shown (None: the title), line of the file → HTML, or None for an unknown title.
Refer = Callable[[str, str | None, int], str | None]

_REFERENCE = re.compile(r"(?<!\\)\[\[([^\[\]|\n]+(?:\n[^\[\]|\n]+)?)(?:\|([^\[\]]+?))?\]\](?!\()")
# References travel through Markdown as noncharacters around a number: no rule touches them, a
# table does not split at their bar, and in code they turn back into what was written.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_TICKET = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


@dataclass(frozen=True)
class Reference:
    """One reference in a text.

    Args:
        title: blanks collapsed.
        shown: the words shown instead, or None.
        line: line of the file.
        column: column in that line.
        written: as it stands in the text.
    """

    title: str
    shown: str | None
    line: int
    column: int
    written: str

    @property
    def words(self) -> str:
        """What a reader sees."""
        return self.shown or self.title


def references_in(text: str, first_line: int = 1) -> tuple[Reference, ...]:
    """The references of a Markdown text that starts on `first_line`; those in code included."""
    found = []
    for match in _REFERENCE.finditer(text):
        start = match.start()
        found.append(
            Reference(
                title=" ".join(match[1].split()),
                shown=" ".join(match[2].split()) if match[2] else None,
                line=first_line + text.count("\n", 0, start),
                column=start - text.rfind("\n", 0, start),
                written=match[0],
            )
        )
    return tuple(found)


def with_tickets(text: str) -> str:
    """The text with each reference replaced by a ticket that Markdown lets through."""
    numbers = iter(range(len(text)))
    return _REFERENCE.sub(lambda _: f"{_OPEN}{next(numbers)}{_CLOSE}", text)


def without_tickets(text: str, references: Sequence[Reference]) -> str:
    """The text with the words of each reference in its place."""
    return _TICKET.sub(lambda found: references[int(found[1])].words, text)


def resolve(
    run: Sequence[Token],
    references: Sequence[Reference],
    refer: Refer,
    path: PurePath,
    language: str,
    known: Sequence[str],
) -> tuple[list[Token], list[Finding]]:
    """The tokens with `refer`'s HTML for each ticket, and a warning for each unknown title.

    In code a reference is what was written; inside a link and in attributes it is its words,
    since a link cannot hold a link.
    """
    out: list[Token] = []
    findings: list[Finding] = []
    code = links = 0
    for token in run:
        if isinstance(token, Open):
            attributes = tuple((n, without_tickets(v, references)) for n, v in token.attributes)
            out.append(Open(token.name, attributes))
            code += token.name in CODE
            links += token.name == "a"
            continue
        if isinstance(token, Close):
            code -= token.name in CODE
            links -= token.name == "a"
        if not isinstance(token, Words):
            out.append(token)
            continue
        for index, part in enumerate(_TICKET.split(token.text)):
            if index % 2 == 0:
                out.append(Words(part))
                continue
            reference = references[int(part)]
            if code:
                out.append(Words(reference.written))
            elif links:
                out.append(Words(typographic(reference.words, language)))
            else:
                one, problem = _refer(reference, refer, path, language, known)
                out.append(one)
                findings += problem
    return out, findings


def _refer(
    reference: Reference, refer: Refer, path: PurePath, language: str, known: Sequence[str]
) -> tuple[Token, list[Finding]]:
    shown = typographic(reference.shown, language) if reference.shown else None
    html = refer(reference.title, shown, reference.line)
    if html is not None:
        return Raw(html), []
    return Words(typographic(reference.words, language)), [
        warning(
            "reference-unknown",
            f"there is no entry called “{reference.title}”",
            Place.of(path, reference.line, reference.column),
            did_you_mean(reference.title, known) if known else None,
        )
    ]
