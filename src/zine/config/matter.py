"""Front and back matter, and the texts inside its fixed sections."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zine.config.model import MatterIn, TextsIn
from zine.config.problems import Problems
from zine.content.positions import Key
from zine.content.validation import tidy
from zine.diagnostics import did_you_mean
from zine.settings import MatterSpec

TEXT = "text"
KINDS = (
    "cover",
    "title-page",
    "imprint",
    "contents",
    TEXT,
    "index-by-value",
    "index-by-tag",
    "contributors",
    "image-credits",
    "colophon",
    "back-cover",
)
# Kinds that may share pages.
SHARING = (
    {"index-by-value", "index-by-tag"},
    {"contributors", "image-credits", "colophon"},
)
_FRONT: tuple[tuple[str, ...], ...] = (("cover",), ("imprint",), ("title-page",), ("contents",))
_BACK: tuple[tuple[str, ...], ...] = (
    ("index-by-value",),
    ("index-by-tag",),
    ("contributors", "image-credits", "colophon"),
    ("back-cover",),
)
_DEFAULTS = {"front": _FRONT, "back": _BACK}


def make_matter(key: str, given: Sequence[object] | None, problems: Problems) -> list[MatterSpec]:
    """The sections of `front:` or `back:` in order; the default ones where it is absent."""
    if given is None:
        return [MatterSpec(kinds, problems.place((key,), key=True)) for kinds in _DEFAULTS[key]]
    made = []
    for number, item in enumerate(given):
        at: Key = (key, number)
        spec = _section(item, at, problems)
        if spec is not None:
            made.append(spec)
    return made


def refuse_twice(sections: Sequence[MatterSpec], problems: Problems) -> None:
    """A section other than a text stands in a book once."""
    first: dict[str, MatterSpec] = {}
    for spec in sections:
        for kind in spec.kinds:
            owner = first.setdefault(kind, spec)
            if kind != TEXT and owner is not spec:
                message = f"the section “{kind}” stands here a second time"
                problems.add_at("section-twice", message, spec.place, "keep one of the two")


def make_texts(given: TextsIn, problems: Problems) -> tuple[tuple[str, Path], ...]:
    """The texts named under `texts:`, and those that lie beside book.yaml under their own name."""
    made = []
    for name in TextsIn.model_fields:
        written: str = getattr(given, name)
        if written:
            path = problems.file(written, ("texts", name))
        else:
            own = problems.project / "book" / f"{name}.md"
            path = own if own.is_file() else None
        if path is not None:
            made.append((name, path))
    return tuple(made)


def _section(item: object, at: Key, problems: Problems) -> MatterSpec | None:
    place = problems.place(at)
    if isinstance(item, str):
        name = tidy(item)
        if name.lower().endswith(".md"):
            path = problems.file(name, at)
            return MatterSpec((TEXT,), place, path) if path else None
        return MatterSpec((name,), place) if _is_kind(name, at, problems) else None
    if isinstance(item, list):
        names = [tidy(one) if isinstance(one, str) else "" for one in item]
        good = [_is_kind(name, (*at, number), problems) for number, name in enumerate(names)]
        if not names or not all(good):
            return None
        if len(names) > 1 and not any(set(names) <= family for family in SHARING):
            message = f"{', '.join(names)} cannot share pages"
            hint = "the two indexes may share, and contributors, image-credits and colophon"
            problems.add("section-shared", message, at, hint)
            return None
        return MatterSpec(tuple(names), place)
    if isinstance(item, dict):
        return _text(item, at, problems)
    return None


def _text(item: dict[str, object], at: Key, problems: Problems) -> MatterSpec | None:
    known = list(MatterIn.model_fields)
    for key, value in item.items():
        if key not in known:
            hint = did_you_mean(key, known)
            problems.add("key-unknown", f"unknown key “{key}”", (*at, key), hint, key=True)
        elif value is not None and not isinstance(value, str):
            message = f"“{key}” must be a text"
            problems.add("value-wrong", message, (*at, key), "write one text behind the colon")
    name, title = item.get("text"), item.get("title")
    if not isinstance(name, str) or not name.strip():
        if "text" not in item or name is None:
            problems.add("value-wrong", "“text” is missing", at, "write “text: file.md”")
        return None
    path = problems.file(tidy(name), (*at, "text"))
    words = tidy(title) if isinstance(title, str) else ""
    return MatterSpec((TEXT,), problems.place(at), path, words) if path else None


def _is_kind(name: str, at: Key, problems: Problems) -> bool:
    if name in KINDS and name != TEXT:
        return True
    kinds = [kind for kind in KINDS if kind != TEXT]
    if not name:
        problems.add("section-unknown", "a section is missing", at, did_you_mean(name, kinds))
    elif name == TEXT:
        hint = "write the file's name: “- introduction.md”"
        problems.add("section-unknown", "which text?", at, hint)
    else:
        hint = f"{did_you_mean(name, kinds)} A text of yours is named with its .md"
        problems.add("section-unknown", f"there is no section “{name}”", at, hint)
    return False
