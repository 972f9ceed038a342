"""Scaffold: the files of a new project and of a new entry."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zine.content.entry import EntryType

_FOLDER = Path(__file__).parent
# Kept under other names here, where they would act on this repository.
_RENAMED = {"gitignore": ".gitignore"}


def project_files() -> dict[str, bytes]:
    """Path in a new project → content, in an order that reads well."""
    root = _FOLDER / "project"
    found = sorted(path for path in root.rglob("*") if path.is_file())
    names = {path: path.relative_to(root).as_posix() for path in found}
    return {_RENAMED.get(name, name): path.read_bytes() for path, name in names.items()}


def entry_text(title: str, types: Sequence[EntryType]) -> str:
    """The file of a new entry: every field with a word on what it is for.

    Args:
        title: its title.
        types: the types of the project; each has its list of related entries.
    """
    template = Template((_FOLDER / "entry.md").read_text(encoding="utf-8"))
    # Values have the key `values`; `related_values` is the same list under another name.
    related = "".join(
        f'{one.relation_key}:\n# - "A {one.singular.lower()}"\n'
        for one in types
        if one.id != "value"
    )
    # JSON's strings are YAML's double-quoted ones.
    quoted = json.dumps(title, ensure_ascii=False)
    return template.substitute(title=quoted, related=related)
