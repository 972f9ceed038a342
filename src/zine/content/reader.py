"""Files of content/ become entries; all problems of all files are reported together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from frontmatter.default_handlers import YAMLHandler
from slugify import slugify

from zine.content.assemble import Assembler, is_placeholder
from zine.content.entry import Entry, EntryType
from zine.content.files import ImageFolder, read_text, shown_path
from zine.content.model import front_matter_model
from zine.content.positions import load_yaml
from zine.content.validation import validate
from zine.diagnostics import Finding, Place, ZineError, did_you_mean, error, warning

IMAGES = "images"
_OWN_KEYS = "A key of your own goes under “extra:”"


@dataclass(frozen=True)
class FrontMatterText:
    """A file cut in two.

    Args:
        yaml: the front matter, between its lines of dashes.
        yaml_line: line of the file on which `yaml` starts.
        body: what follows.
        body_line: line of the file on which `body` starts.
    """

    yaml: str
    yaml_line: int
    body: str
    body_line: int


def split_front_matter(text: str) -> FrontMatterText | None:
    """Cut a file at the two `---` lines around its front matter; None where there is none.

    Blank lines before the first `---` and before the body are left out, their lines counted.

    Raises:
        ValueError: the front matter opens and is not closed.
    """
    start = len(text) - len(text.lstrip())
    handler = YAMLHandler()
    if not handler.detect(text[start:]):
        return None
    head, body = handler.split(text[start:])
    # The handler's cut is lossless to the right: what it returns are the ends of the text.
    body_start = len(text) - len(body.lstrip("\n"))
    yaml_start = text.index(head, start + 3)
    return FrontMatterText(
        head,
        text.count("\n", 0, yaml_start) + 1,
        text[body_start:].rstrip(),
        text.count("\n", 0, body_start) + 1,
    )


def read_entry(
    path: Path,
    project: Path,
    entry_type: EntryType,
    types: Sequence[EntryType],
    images: ImageFolder | None = None,
    language: str = "en",
) -> tuple[Entry | None, tuple[Finding, ...]]:
    """Read one entry.

    Args:
        path: the Markdown file.
        project: the folder that holds content/.
        entry_type: the type of the folder the file lies in.
        types: all types of the project; each has its `related_…` key.
        images: where pictures are looked for; made afresh if None.
        language: BCP 47 tag, for the quotes in the lead.

    Returns:
        The entry, or None where it has no title or cannot be read at all; and what was found
        wrong with the file, in its order. An entry with errors is returned all the same, so that
        others that name it are not reported too.
    """
    shown = shown_path(path, project)
    try:
        parts = split_front_matter(read_text(path, shown))
    except ZineError as problem:
        return None, problem.findings
    except ValueError:
        return None, (_unclosed(shown),)
    if parts is None:
        return None, (
            error(
                "front-matter-missing",
                "the file does not start with front matter",
                Place.of(shown, 1),
                "start it with a line “---”, the keys, and a second line “---”",
            ),
        )
    model, known = front_matter_model(tuple(one.relation_key for one in types))
    try:
        document = load_yaml(parts.yaml, shown, parts.yaml_line)
    except ZineError as problem:
        return None, problem.findings
    fields, wrong = validate(model, document, known, _OWN_KEYS)
    if fields is None:
        return None, tuple(wrong)
    assembler = Assembler(document, path.parent, images or ImageFolder(project), language)
    slug = slugify(fields.slug or unicodedata.normalize("NFC", path.stem))
    entry = assembler.entry(fields, entry_type, types, slug, path)
    if not is_placeholder(parts.body):
        entry = replace(entry, body=parts.body, body_line=parts.body_line)
    findings = tuple(sorted([*wrong, *assembler.findings], key=_spot))
    return (entry if entry.title and entry.slug else None), findings


def _spot(finding: Finding) -> tuple[int, int]:
    return (finding.place.line or 0, finding.place.column or 0) if finding.place else (0, 0)


def _unclosed(shown: PurePosixPath) -> Finding:
    return error(
        "front-matter-open",
        "the front matter is not closed",
        Place.of(shown, 1),
        "put a line “---” behind its last key",
    )


def read_content(
    project: Path, types: Sequence[EntryType], language: str = "en"
) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    """Read content/<folder>/*.md, by type in the given order, then by file name.

    The order is that of composed (NFC) names and does not depend on the file system. Titles and
    slugs that occur twice are found by `make_library`, which sees all names at once.

    Args:
        project: the folder that holds content/.
        types: the types of the project; each has its folder.
        language: BCP 47 tag, for the quotes in leads.

    Returns:
        The entries that could be read, and all findings of all files.
    """
    content = project / "content"
    if not content.is_dir():
        hint = "make the folder content/ with a folder for each type, or run “zine init”"
        return (), (error("content-missing", "there is no such folder", Place("content"), hint),)
    findings = list(_strays(content, project, types))
    entries: list[Entry] = []
    images = ImageFolder(project)
    for entry_type in types:
        for path in _markdown_files(content / entry_type.folder):
            entry, problems = read_entry(path, project, entry_type, types, images, language)
            findings += problems
            if entry is not None:
                entries.append(entry)
    return tuple(entries), tuple(findings)


def _markdown_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted((path for path in folder.iterdir() if _is_entry(path)), key=_name_key)


def _is_entry(path: Path) -> bool:
    return path.suffix.lower() == ".md" and not path.name.startswith((".", "_")) and path.is_file()


def _name_key(path: Path) -> tuple[str, str]:
    name = unicodedata.normalize("NFC", path.name)
    return name.casefold(), name


def _strays(content: Path, project: Path, types: Sequence[EntryType]) -> Iterator[Finding]:
    """Folders of no type, and Markdown files where no entry is looked for."""
    folders = [entry_type.folder for entry_type in types]
    for path in sorted(content.iterdir(), key=_name_key):
        name = unicodedata.normalize("NFC", path.name)
        place = Place.of(shown_path(path, project))
        if path.is_dir() and not name.startswith((".", "_")):
            if name in folders:
                for below in sorted(path.glob("*/**/*.md"), key=Path.as_posix):
                    yield _stray(Place.of(shown_path(below, project)), f"content/{name}/")
            elif name != IMAGES:
                near = did_you_mean(name, [*folders, IMAGES])
                start = f"{near} Or " if near.startswith("did") else "rename it, or "
                yield error(
                    "type-unknown",
                    f"no type has the folder “{name}”; the folders are: "
                    + ", ".join([*folders, IMAGES]),
                    place,
                    f"{start}add the type under “types:” in book/book.yaml",
                )
        elif _is_entry(path) and not re.match(r"readme\b", name, re.IGNORECASE):
            yield _stray(place, "one of the folders of content/")


def _stray(place: Place, where: str) -> Finding:
    return warning(
        "entry-stray",
        "the file lies where no entries are looked for and is not printed",
        place,
        f"move it into {where}",
    )
