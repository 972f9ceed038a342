"""Building a book: zine beside one WeasyPrint document and beside Typst, whole processes.

The book is the shared corpus, repeated. One WeasyPrint document sets the HTML that zine sets, with
target-counter for numbers and with tags; Typst sets the same text with an outline and a page for
every reference. Runs alternate; what is printed are medians, and ratios to the WeasyPrint document.
Needs the shared corpus (ZINE_SHARED), and a package mirror for Typst.

    python bench/build.py [--runs 3] [--copies 3] [--growth 1,4,10] [--project DIR] [--no-typst]
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

from books import COPIES, corpus_book
from machine import run

HERE = Path(__file__).resolve().parent
SINGLE = "WeasyPrint, one document"
TYPST = "Typst, cold"
TARGETS = {
    "zine, cold": 0.30,
    "zine, one entry edited": 0.06,
    "zine, pages inserted early": 0.15,
    "zine, nothing changed": 0.01,
}
SIZE, MEMORY = 1.06, 0.5


@dataclass
class Runs:
    """What the runs of one case took: seconds, CPU seconds, MiB of the largest process."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def add(self, command: Sequence[str | Path]) -> None:
        """One run as a new process; its workers count."""
        for values, value in zip((self.wall, self.cpu, self.memory), run(command), strict=True):
            values.append(value)


@dataclass(frozen=True)
class Case:
    """One row: what to do first, and what is timed."""

    command: Sequence[str | Path]
    before: Callable[[], None] = lambda: None


class Edits:
    """Edits of a project that are another with every run."""

    def __init__(self, project: Path) -> None:
        entries = sorted((project / "content").rglob("*.md"))
        self._middle, self._early = entries[len(entries) // 2], _first_value(project)
        self._early_text = self._early.read_text(encoding="utf-8")
        self._count = 0

    def word(self) -> None:
        """Another word in the write-up of one entry; no line moves."""
        self._count += 1
        text = self._middle.read_text(encoding="utf-8")
        text = re.sub(r"(short_write_up:.*?)( edit\w)?(</p>)", rf"\1 edit{chr(96 + self._count)}\3",
                      text, count=1, flags=re.DOTALL)  # fmt: skip
        self._middle.write_text(text, encoding="utf-8")

    def pages(self) -> None:
        """A running text for one of the first entries, which takes two pages more; or none."""
        self._count += 1
        now = self._early.read_text(encoding="utf-8")
        words = "Words that nobody has written before stand here and fill a line or two. "
        more = "\n\n".join(words * 6 for _ in range(12))
        long = f"{self._early_text}\n{more}\n"
        self._early.write_text(self._early_text if now == long else long, encoding="utf-8")


def _first_value(project: Path) -> Path:
    """The entry that stands first in the book."""
    return min((project / "content" / "values").glob("*.md"))


def typst_in(folder: Path) -> Path:
    """A Python with Typst."""
    home = folder / "typst"
    venv.create(home, with_pip=True)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "-qq", "typst"], check=True)
    return python


def cases(project: Path, folder: Path, *, typst: bool) -> dict[str, Case]:
    """What is compared on one book."""
    zine = [Path(sys.executable).with_name("zine"), "build", "--project", project, "-q"]
    zine += ["--edition", "read"]
    script = HERE / "single_document.py"
    subprocess.run([sys.executable, script, "prepare", project, folder], check=True)
    edits = Edits(project)
    found = {
        SINGLE: Case([sys.executable, script, "set", folder, folder / "single.pdf"]),
        "zine, cold": Case(zine, lambda: shutil.rmtree(project / ".zine", ignore_errors=True)),
        "zine, cold, 1 job": Case(
            [*zine, "--jobs", "1"], lambda: shutil.rmtree(project / ".zine", ignore_errors=True)
        ),
        "zine, one entry edited": Case(zine, edits.word),
        "zine, pages inserted early": Case(zine, edits.pages),
        "zine, nothing changed": Case(zine),
    }
    if typst:
        from typst_book import SCRIPT, typst_source

        source = folder / "book.typ"
        typst_source(project, source)
        found[TYPST] = Case([typst_in(folder), "-c", SCRIPT, source, folder / "typst.pdf"])
    return found


def measured(compared: dict[str, Case], runs: int) -> dict[str, Runs]:
    """Alternating runs of all cases, after one that does not count."""
    found = {name: Runs() for name in compared}
    for number in range(runs + 1):
        for name, case in compared.items():
            case.before()
            (found[name] if number else Runs()).add(case.command)
    return found


def table(found: dict[str, Runs]) -> list[str]:
    """Medians, and ratios to the single document."""
    base = found[SINGLE]
    rows = [f"{'':28}{'wall s':>9}{'ratio':>8}{'target':>8}{'CPU s':>9}{'ratio':>8}{'MiB':>7}"]
    for name, runs in found.items():
        wall, cpu = statistics.median(runs.wall), statistics.median(runs.cpu)
        of_wall = statistics.median(a / b for a, b in zip(runs.wall, base.wall, strict=True))
        target = f"{TARGETS[name]:.2f}" if name in TARGETS else ""
        rows.append(
            f"{name:28}{wall:9.2f}{of_wall:8.3f}{target:>8}{cpu:9.2f}"
            f"{cpu / statistics.median(base.cpu):8.3f}{max(runs.memory):7.0f}"
        )
    memory = max(found["zine, cold"].memory) / max(base.memory)
    rows.append(f"memory of the largest process, zine to one document: {memory:.2f} ({MEMORY})")
    return rows


def sizes(project: Path, folder: Path) -> str:
    """Bytes and pages of the two files."""
    (ours,) = (project / "dist").glob("*.pdf")
    single = folder / "single.pdf"
    pages = []
    for path in (ours, single):
        with pikepdf.open(path) as pdf:
            pages.append(len(pdf.pages))
    ratio = ours.stat().st_size / pages[0] * pages[1] / single.stat().st_size
    return (
        f"{pages[0]} pages, {ours.stat().st_size:,} bytes; one document {pages[1]} pages, "
        f"{single.stat().st_size:,} bytes; bytes a page {ratio:.2f} ({SIZE})"
    )


def growth(folder: Path, copies: Sequence[int]) -> list[str]:
    """Cold builds and edits of longer books; a linear build takes as long for each entry."""
    rows = [f"{'copies':>6}{'pages':>7}{'cold s':>9}{'CPU s':>9}{'per page':>10}{'edit s':>9}"
            f"{'to cold':>9}{'MiB':>7}"]  # fmt: skip
    for count in copies:
        project = corpus_book(folder / f"growth-{count}", count)
        zine = [Path(sys.executable).with_name("zine"), "build", "--project", project, "-q"]
        zine += ["--edition", "read"]
        cold, edit = Runs(), Runs()
        cold.add(zine)
        Edits(project).word()
        edit.add(zine)
        (path,) = (project / "dist").glob("*.pdf")
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
        rows.append(
            f"{count:6}{pages:7}{cold.wall[0]:9.1f}{cold.cpu[0]:9.1f}"
            f"{cold.cpu[0] / pages:10.3f}{edit.wall[0]:9.2f}{edit.wall[0] / cold.wall[0]:9.3f}"
            f"{max(cold.memory):7.0f}"
        )
    return rows


def main() -> int:
    """Print the tables; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--copies", type=int, default=COPIES)
    parser.add_argument("--growth", default="", help="copies of the corpus, as in 1,4,10")
    parser.add_argument("--project", type=Path, help="a copy of this project instead of the corpus")
    parser.add_argument("--no-typst", action="store_true")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        project = folder / "project"
        if wish.project:
            ignored = shutil.ignore_patterns(".*", "dist", "src", "tests", "bench")
            shutil.copytree(wish.project, project, ignore=ignored)
        else:
            corpus_book(project, wish.copies)
        found = measured(cases(project, folder / "one", typst=not wish.no_typst), wish.runs)
        lines = [f"{platform.machine()}, {os.cpu_count()} cores, {wish.runs} runs each", ""]
        lines += [*table(found), sizes(project, folder / "one"), ""]
        if wish.growth:
            lines += [*growth(folder, [int(one) for one in wish.growth.split(",")]), ""]
        sys.stdout.write("\n".join(lines))
        base = found[SINGLE].wall
        missed = [
            name
            for name, target in TARGETS.items()
            if statistics.median(a / b for a, b in zip(found[name].wall, base, strict=True))
            > target
        ]
        return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
