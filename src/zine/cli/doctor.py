"""`zine doctor`: what this machine lacks, with the command that installs it."""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import typer

from zine.cli.options import AsJson, ProjectFolder
from zine.cli.voice import PROBLEMS, shown, speaking
from zine.diagnostics import UsageError

_PYTHON = (3, 11)
_PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
_SUBSET = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")


@dataclass(frozen=True)
class Probe:
    """One thing that was looked at.

    Args:
        name: what it is.
        ok: whether it is there.
        detail: version, place, or what is wrong.
        necessary: whether books cannot be made without it.
        hint: what to do where it is missing.
    """

    name: str
    ok: bool
    detail: str
    necessary: bool = True
    hint: str = ""


def doctor(as_json: AsJson = False, project: ProjectFolder = None) -> None:
    """Say what this machine lacks.

    What is missing is named with the exact command that installs it. The exit code is 1 where
    something necessary is missing.
    """
    with speaking(as_json=as_json) as voice:
        probes = list(look(project))
        width = max(len(probe.name) for probe in probes)
        for probe in probes:
            sign = "ok" if probe.ok else ("MISSING" if probe.necessary else "optional")
            voice.line(f"{sign:<8}  {probe.name:<{width}}  {probe.detail}".rstrip())
            if not probe.ok and probe.hint:
                voice.line(f"{'':<8}  {probe.hint}")
        lacking = [probe for probe in probes if probe.necessary and not probe.ok]
        voice.result({"ok": not lacking, "probes": [asdict(probe) for probe in probes]})
        if lacking:
            raise typer.Exit(PROBLEMS)
        voice.say("all that is necessary is there")


def look(project: Path | None = None) -> Iterator[Probe]:
    """All probes, the first things first."""
    yield python()
    yield packages()
    yield pango()
    yield harfbuzz_subset()
    yield fonts()
    yield poppler()
    yield from folders(project)


def install(debian: str, brew: str) -> str:
    """The command that installs a package on this machine."""
    if sys.platform == "darwin":
        return f"brew install {brew}"
    if sys.platform == "win32":
        return "with MSYS2: pacman -S mingw-w64-ucrt-x86_64-pango"
    return f"sudo apt-get install {debian}"


def python() -> Probe:
    """The version of Python."""
    wanted = ".".join(map(str, _PYTHON))
    fits = sys.version_info[:2] >= _PYTHON
    return Probe(
        "Python", fits, platform.python_version(), hint=f"install Python {wanted} or later"
    )


def packages() -> Probe:
    """The Python packages that zine is installed with."""
    from importlib.metadata import requires  # slow to import, and this module always is

    names = [
        requirement.split(">=")[0].split(";")[0].strip()
        for requirement in requires("zine") or ()
        if "extra ==" not in requirement
    ]
    missing = [name for name in names if not _version(name)]
    detail = f"lacks {', '.join(missing)}" if missing else f"{len(names)} packages"
    return Probe("Python packages", not missing, detail, hint="pip install zine")


def pango() -> Probe:
    """WeasyPrint, and Pango underneath it: the only test that counts is to load them."""
    name = "WeasyPrint and Pango"
    try:
        import zine.typeset.engine  # noqa: F401
    except UsageError as problem:
        from_engine = problem.findings[0]
        debian = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        return Probe(name, False, from_engine.message, hint=install(debian, "pango"))
    except ImportError as problem:
        return Probe(name, False, str(problem), hint="pip install zine")
    return Probe(name, True, f"WeasyPrint {_version('weasyprint')}, Pango {_pango_version()}")


def harfbuzz_subset() -> Probe:
    """The library that cuts fonts down to the letters used."""
    found = _loaded(_SUBSET)
    detail = "" if found else "not found: works without, and files come out a little different"
    return Probe(
        "libharfbuzz-subset",
        found is not None,
        detail,
        necessary=False,
        hint=install("libharfbuzz-subset0", "harfbuzz"),
    )


def fonts() -> Probe:
    """The fonts that come with zine."""
    from zine.typeset.fonts import faces

    try:
        missing = [face.name for face in faces() if not face.path.is_file()]
    except ModuleNotFoundError as problem:
        return Probe("Fonts", False, str(problem), hint="pip install zine")
    detail = f"lacks {', '.join(missing)}" if missing else f"{len(faces())} faces"
    return Probe("Fonts", not missing, detail, hint="pip install --force-reinstall zine")


def poppler() -> Probe:
    """The programs that zine's own tests look at pages with."""
    found = shutil.which("pdftoppm")
    detail = found or "not found: only the tests of zine itself use it"
    hint = install("poppler-utils", "poppler")
    return Probe("poppler", found is not None, detail, necessary=False, hint=hint)


def folders(project: Path | None) -> Iterator[Probe]:
    """Whether the output and the cache of the project can be written."""
    from zine.config import find_project

    try:
        root = find_project(project or Path.cwd())
    except UsageError:
        yield Probe("Project", False, "none here", False, "change to one, or: zine init my-book")
        return
    for name in ("dist", ".zine"):
        folder = root / name
        writable = _writable(folder)
        detail = shown(folder) if writable else f"{shown(folder)} cannot be written"
        hint = "make it writable" + ("" if name == ".zine" else ", or build with --output DIR")
        # Without a cache every build sets everything anew, and is right all the same.
        yield Probe(f"Folder {name}/", writable, detail, name == "dist", hint)


def _writable(folder: Path) -> bool:
    here = folder
    while not here.exists():
        here = here.parent
    return here.is_dir() and os.access(here, os.W_OK | os.X_OK)


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _loaded(names: tuple[str, ...]) -> ctypes.CDLL | None:
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def _pango_version() -> str:
    library = _loaded(_PANGO)
    if library is None:
        return "(version unknown)"
    ask: Callable[[], bytes] = library.pango_version_string
    library.pango_version_string.restype = ctypes.c_char_p
    return ask().decode()
