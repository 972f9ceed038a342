"""Books to measure with: the shared corpus, repeated until it is as long as wanted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import frontmatter

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("ZINE_SHARED", REPOSITORY.parent / "shared"))
ENTRIES = 25
COPIES = 3
"""Of the corpus, that make a book of about 180 pages."""
_RELATIONS = ("values", "related_solutions", "related_theories", "related_stories")


def corpus_book(root: Path, copies: int = COPIES) -> Path:
    """A project of the corpus, each copy with titles and relations of its own.

    Args:
        root: folder to make.
        copies: how often every entry is in it.
    """
    named = dict(_titles())
    for copy in range(1, copies + 1):
        mark = "" if copy == 1 else f" {copy}"
        for path, title in named.items():
            post = frontmatter.load(str(path))
            post.content = ""
            post["title"] = title + mark
            post.metadata.pop("id", None)
            post.metadata.pop("images", None)
            for key in _RELATIONS:
                if post.get(key):
                    post[key] = [f"{one}{mark}" for one in post[key]]
            target = root / "content" / path.parent.name / f"{path.stem}{mark.strip()}.md"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(frontmatter.dumps(post), encoding="utf-8")
    book = root / "book" / "book.yaml"
    book.parent.mkdir(parents=True, exist_ok=True)
    book.write_text("title: The toolbox\neditions:\n  read:\n", "utf-8")
    return root


def _titles() -> Iterator[tuple[Path, str]]:
    for folder in ("theories", "values"):
        for path in sorted((SHARED / "corpus" / folder).glob("*.md")):
            yield path, str(frontmatter.load(str(path))["title"])
