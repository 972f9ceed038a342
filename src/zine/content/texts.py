"""Texts of front and back matter: Markdown files beside book.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zine.content.files import read_text as read_file
from zine.content.files import shown_path
from zine.content.positions import load_yaml
from zine.content.reader import split_front_matter
from zine.content.typography import typographic
from zine.diagnostics import Place, ZineError, did_you_mean, error


@dataclass(frozen=True)
class Text:
    """A Markdown text.

    Args:
        title: from its front matter, or from the file name.
        body: Markdown.
        first_line: line of the file on which the body starts.
    """

    title: str
    body: str
    first_line: int
    path: Path


def read_text(path: Path, project: Path, language: str = "en") -> Text:
    """Read a text; front matter may give `title` and nothing else.

    Args:
        path: the file.
        project: findings name the file as seen from here.
        language: BCP 47 tag, for the quotes in its title.

    Raises:
        ZineError: the file cannot be read, is not UTF-8, or its front matter is broken.
    """
    shown = shown_path(path, project)
    source = read_file(path, shown)
    try:
        parts = split_front_matter(source)
    except ValueError as problem:
        hint = "put a line “---” behind its last key"
        unclosed = error(
            "front-matter-open", "the front matter is not closed", Place.of(shown, 1), hint
        )
        raise ZineError([unclosed]) from problem
    fallback = path.stem.replace("-", " ").capitalize()
    if parts is None:
        return Text(fallback, source, 1, path)
    document = load_yaml(parts.yaml, shown, parts.yaml_line)
    data = document.data if isinstance(document.data, dict) else {}
    unknown = [str(key) for key in data if key != "title"]
    if unknown:
        raise ZineError(
            error(
                "key-unknown",
                f"a text has no key “{key}”",
                document.place((key,), key=True),
                did_you_mean(key, ["title"]),
            )
            for key in unknown
        )
    title = typographic(str(data.get("title") or fallback), language)
    return Text(title, parts.body, parts.body_line, path)
