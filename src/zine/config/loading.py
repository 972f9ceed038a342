"""book.yaml to settings; everything wrong with it is reported at once."""

from __future__ import annotations

from pathlib import Path

from slugify import slugify

from zine.config.chapters import make_chapters
from zine.config.editions import bleed, make_editions, stock_editions, trim
from zine.config.matter import make_matter, make_texts, refuse_twice
from zine.config.model import BookIn, known_keys
from zine.config.problems import Problems
from zine.config.types import make_types
from zine.content.files import read_text, shown_path
from zine.content.positions import Document, load_yaml
from zine.content.sanitise import has_address
from zine.content.tongues import language_tag
from zine.content.validation import is_blank, validate
from zine.diagnostics import Finding, Place, UsageError, ZineError, error
from zine.settings import Numbering, Outside, Settings, Starts

BOOK_FILE = Path("book") / "book.yaml"


def find_project(start: Path) -> Path:
    """The project that `start` lies in: the nearest folder upward that holds book/book.yaml.

    Raises:
        UsageError: there is none (`project-missing`).
    """
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / BOOK_FILE).is_file():
            return folder
    raise UsageError([_no_project(f"neither {start} nor a folder above it")])


def load_settings(path: Path) -> Settings:
    """The settings of a project, with the defaults filled in.

    Args:
        path: the project's book/book.yaml.

    Raises:
        UsageError: the file is missing, is no YAML, or asks for something that is not there;
            with all findings, each at its line.
    """
    path = path.absolute()
    project = path.parent.parent
    shown = shown_path(path, project)
    if not path.is_file():
        raise UsageError([_no_project(f"the folder {project}")])
    try:
        document = load_yaml(read_text(path, shown), shown)
    except ZineError as problem:
        raise UsageError(problem.findings) from problem
    known = known_keys(_names(document, "types"), _names(document, "editions"))
    fields, wrong = validate(BookIn, document, known)
    if fields is None:
        raise UsageError(wrong)
    problems = Problems(document, project)
    problems.found += wrong
    settings = _settings(path, fields, problems)
    if problems.found:
        raise UsageError(sorted(problems.found, key=_spot))
    return settings


def _settings(path: Path, fields: BookIn, problems: Problems) -> Settings:
    if is_blank(problems.document, "title"):
        problems.add(
            "title-missing", "the book has no title", ("title",), "add “title: …”", key=True
        )
    types = make_types(fields.types, problems)
    front = make_matter("front", fields.front, problems)
    back = make_matter("back", fields.back, problems)
    refuse_twice([*front, *back], problems)
    editions = make_editions(fields.editions, problems)
    return Settings(
        path=path,
        title=fields.title,
        slug=slugify(fields.slug or fields.title) or "book",
        subtitle=fields.subtitle,
        language=_language(fields.language, problems),
        editors=tuple(name for name in fields.editors if name),
        publisher=fields.publisher,
        licence=fields.licence,
        licence_url=_address(fields.licence_url, "licence_url", problems),
        url=_address(fields.url, "url", problems),
        date=fields.date,
        edition=fields.edition,
        trim=trim(fields.trim, ("trim",), problems),
        bleed=bleed(fields.bleed, ("bleed",), problems),
        starts=fields.starts or Starts.VERSO,
        numbering=fields.numbering or Numbering.ARABIC,
        outside=fields.outside or Outside.FULL_BOOK,
        qr=fields.qr is not False,
        types=types,
        front=tuple(front),
        chapters=make_chapters(fields.chapters, types, problems),
        back=tuple(back),
        editions=editions,
        texts=make_texts(fields.texts, problems),
        stock=stock_editions(editions, problems),
    )


def _language(text: str, problems: Problems) -> str:
    if not text:
        return "en"
    tag = language_tag(text)
    if tag is None:
        hint = "write its code, such as en, es, fr or pt-BR"
        problems.add("value-wrong", f"“{text}” is no code of a language", ("language",), hint)
        return "en"
    return tag


def _address(url: str, key: str, problems: Problems) -> str:
    if url and not has_address(url):
        hint = "write the whole address, https://…"
        problems.add("url-malformed", f"“{url}” is no address", (key,), hint)
        return ""
    return url


def _names(document: Document, key: str) -> tuple[str, ...]:
    value = document.data.get(key) if isinstance(document.data, dict) else None
    return tuple(value) if isinstance(value, dict) else ()


def _no_project(where: str) -> Finding:
    return error(
        "project-missing",
        f"{where} holds {BOOK_FILE.as_posix()}",
        None,
        "change to the folder of your project, or make a new one: zine init my-book",
    )


def _spot(finding: Finding) -> tuple[int, int]:
    place = finding.place or Place("")
    return place.line or 0, place.column or 0
