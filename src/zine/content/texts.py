"""Texts of front and back matter: Markdown files beside book.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import frontmatter

from zine.diagnostics import Place, ZineError, error


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


def read_text(path: Path) -> Text:
    """Read a text; front matter may give `title` and nothing else is asked of it.

    Raises:
        ZineError: the file is not there, is not UTF-8, or its front matter is broken.
    """
    try:
        source = path.read_bytes().decode("utf-8-sig")
        post = frontmatter.loads(source)
    except FileNotFoundError:
        problem, hint = "there is no such file", "write it, or take its name out of book.yaml"
    except UnicodeDecodeError as exception:
        line = exception.object[: exception.start].count(b"\n") + 1
        problem, hint = f"line {line} is not UTF-8", "save the file as UTF-8"
    except Exception as exception:  # the YAML library raises many kinds
        problem, hint = f"its front matter cannot be read: {exception}", "mend the YAML"
    else:
        body = post.content
        before = source[: source.find(body)] if body else source
        title = str(post.get("title") or path.stem.replace("-", " ").capitalize())
        return Text(title, body, before.count("\n") + 1, path)
    raise ZineError([error("text-unreadable", problem, Place.of(path), hint)])
