"""The engine: one section's HTML becomes pages (the only importer of WeasyPrint)."""

from __future__ import annotations

import gc
import logging
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from zine.diagnostics import Finding, Place, UsageError, ZineError, error, warning
from zine.typeset.fonts import SCHEME as FONT
from zine.typeset.fonts import faces
from zine.typeset.job import Anchor, Job, Style, StyleSheet, Typeset
from zine.typeset.languages import with_languages
from zine.typeset.libraries import known_libraries
from zine.typeset.linework import Linework
from zine.typeset.stamps import File, Stamps
from zine.units import px_to_pt

PANGO_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

try:
    with known_libraries():
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except OSError as problem:  # WeasyPrint loads Pango with dlopen when it is imported
    raise UsageError(
        [
            error(
                "pango-missing",
                f"the Pango library that sets the type cannot be loaded: {problem}",
                hint=f"Debian and Ubuntu: sudo apt-get install {PANGO_PACKAGES}; "
                "macOS: brew install pango; then `zine doctor` tells whether all is there",
            )
        ]
    ) from problem

STYLE = "zine-style"
VARIANT = "pdf/ua-1"  # one setting for screens and paper: the press drops the tags
_LOGGER = logging.getLogger("weasyprint")
_AT = re.compile(r" at (\d+):(\d+)(?=[,. ])")


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves what the style names and nothing else: no network, no file outside the project."""

    def __init__(self, style: Style, stamps: Stamps) -> None:
        super().__init__(allowed_protocols=("data",), fail_on_errors=True)
        self._style = style
        self._stamps = stamps
        self._fonts = {f"{FONT}:{face.name}": face.path for face in faces()}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """What a URL names; a name without a scheme is a file of styles/."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        kind = EmailMessage()
        if (content := self._stamps.drawing(url)) is not None:
            kind["Content-Type"] = "image/svg+xml"
            return URLFetcherResponse(url, content, kind)
        beside = f"{STYLE}:/{posixpath.normpath(unquote(url))}"
        path = self._style.files.get(url) or self._fonts.get(url) or self._style.files.get(beside)
        if path is None:
            raise FatalURLFetchingError(url)
        try:
            return URLFetcherResponse(url, path.read_bytes(), kind)
        except OSError as problem:
            raise FatalURLFetchingError(url) from problem


class _Complaints(logging.Handler):
    """Collects what WeasyPrint logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    handler = _Complaints()
    propagate = _LOGGER.propagate
    _LOGGER.addHandler(handler)
    _LOGGER.propagate = False
    try:
        yield handler.messages
    finally:
        _LOGGER.removeHandler(handler)
        _LOGGER.propagate = propagate


class Engine:
    """Typesets sections in one style; sheets and fonts are parsed once and shared."""

    def __init__(self, style: Style) -> None:
        """Parse the style.

        Raises:
            UsageError: a style sheet refers to a file that is not in the project.
        """
        self._style = style
        self._stamps = Stamps(style.assets)
        self._fetcher = _Fetcher(style, self._stamps)
        self._fonts = FontConfiguration()
        self._sheets = []
        self.findings: list[Finding] = []
        for sheet in style.sheets:
            self._sheets.append(self._parse(sheet))
        if style.assets:
            with _listening():  # what cannot be drawn is told where it stands
                page = weasyprint.HTML(string=self._stamps.page, url_fetcher=self._fetcher)
                page.write_pdf(finisher=self._stamps.take)

    def _parse(self, sheet: StyleSheet) -> weasyprint.CSS:
        with _listening() as messages:
            try:
                css = weasyprint.CSS(
                    string=sheet.css,
                    font_config=self._fonts,
                    base_url=f"{STYLE}:/{sheet.name}",
                    url_fetcher=self._fetcher,
                )
            except FatalURLFetchingError as problem:
                raise UsageError([_missing(str(problem), [sheet], "")]) from problem
        self.findings += [_ignored(message, sheet) for message in messages]
        return css

    def typeset(self, job: Job, *, compress: bool = False) -> Typeset:
        """Set one section.

        Args:
            compress: make its streams small, which nothing will do afterwards.

        Raises:
            UsageError: the section or a style sheet refers to something that is not there.
            ZineError: WeasyPrint fails at what the layout or a style sheet asks for.
        """
        with _listening() as messages, _without_collector():
            try:
                lines = Linework()
                document = weasyprint.HTML(
                    string=lines.taken_from(with_languages(job.html)),
                    url_fetcher=self._fetcher,
                    base_url="zine-section:/",
                ).render(stylesheets=self._sheets, font_config=self._fonts)
                made = Typeset(job.key, b"", len(document.pages), _anchors(document))
                if job.wanted is None or job.wanted(made):

                    def finish(_document: object, pdf: File) -> None:
                        lines.put_back(pdf)
                        self._stamps.put_back(pdf)

                    pdf = document.write_pdf(
                        pdf_variant=VARIANT, uncompressed_pdf=not compress, finisher=finish
                    )
                    made = replace(made, pdf=pdf)
            except FatalURLFetchingError as problem:
                missing = _missing(str(problem), self._style.sheets, job.key)
                raise UsageError([missing]) from problem
            except Exception as problem:  # rules of the project's own may lead it anywhere
                raise ZineError([_failed(problem, job.key)]) from problem
        findings = tuple(
            warning("typesetting", f"section “{job.key}”: {message}")
            for message in dict.fromkeys(messages)
        )
        return replace(made, findings=findings)


def _anchors(document: weasyprint.Document) -> dict[str, Anchor]:
    anchors: dict[str, Anchor] = {}
    for index, page in enumerate(document.pages):
        for name, box in page.anchors.items():
            # A box that breaks over pages has its anchor on each; the first is its place.
            anchors.setdefault(name, Anchor(index, *(px_to_pt(value) for value in box)))
    return anchors


@contextmanager
def _without_collector() -> Iterator[None]:
    """While a section is set hardly anything becomes garbage, and all of it is looked at often."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _ignored(message: str, sheet: StyleSheet) -> Finding:
    """What WeasyPrint does not understand of a style sheet, at its line."""
    found = _AT.search(message)
    place = Place(f"styles/{sheet.name}", *((int(found[1]), int(found[2])) if found else ()))
    return warning("css-ignored", _AT.sub("", message, count=1).rstrip("."), place)


def _missing(url: str, sheets: Iterable[StyleSheet], section: str) -> Finding:
    """The finding on what could not be fetched, at the line that names it.

    Args:
        url: as it was asked for.
        sheets: style sheets that may name it.
        section: key of the section whose layout names it otherwise.
    """
    name = unquote(url).rstrip("/").rsplit("/", 1)[-1]
    place = next(
        (
            Place(f"styles/{sheet.name}", number)
            for sheet in sheets
            for number, line in enumerate(sheet.css.splitlines(), 1)
            if name in line or url in line
        ),
        None,
    )
    hint = f"put the file into styles/, or take “{name}” out"
    if urlsplit(url).scheme in ("http", "https", "file", "ftp"):
        message = f"“{url}” lies outside the project and is not fetched"
        message += "" if place else f" for the section “{section}”"
        return error("style-file-outside", message, place, hint)
    if place is None:
        message = f"the layout of section “{section}” names “{name}”, which is not in styles/"
        return error("style-file-missing", message, None, hint)
    return error("style-file-missing", f"there is no style file “{name}”", place, hint)


def _failed(problem: Exception, section: str) -> Finding:
    what = f"{type(problem).__name__}: {problem}" if str(problem) else type(problem).__name__
    return error(
        "typesetting-failed",
        f"WeasyPrint cannot set the section “{section}”: {what}",
        hint="take back the last change in layouts/ or styles/ that touches it",
    )
