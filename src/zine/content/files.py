"""Files of many hands: read as text within limits, found inside the project and nowhere else."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath

from zine.diagnostics import Place, ZineError, did_you_mean, error

MAX_BYTES = 1_000_000


def shown_path(path: Path, project: Path) -> PurePosixPath:
    """`path` as messages write it: from the project's root, composed letters (NFC), slashes.

    A file outside the project is written as given.
    """
    try:
        inside: PurePath = path.relative_to(project)
    except ValueError:
        inside = path
    return PurePosixPath(unicodedata.normalize("NFC", inside.as_posix()))


def read_text(path: Path, shown: PurePath) -> str:
    """The text of a UTF-8 file, with newline line ends and without a byte order mark.

    Args:
        path: the file.
        shown: the name of the file in messages.

    Raises:
        ZineError: `file-unreadable`, `file-too-large` (over 1 MB) or `not-utf8` (with line,
            column and byte offset of the first bad byte).
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise ZineError(
            [error("file-unreadable", f"cannot be read: {reason}", Place.of(shown))]
        ) from problem
    if len(raw) > MAX_BYTES:
        raise ZineError(
            [
                error(
                    "file-too-large",
                    "the file is over 1 MB, which no entry or settings file needs",
                    Place.of(shown),
                    "keep pictures in content/images/ and text in smaller files",
                )
            ]
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        # `problem.start` counts behind the byte order mark, if there was one.
        offset = problem.start + (3 if raw.startswith(b"\xef\xbb\xbf") else 0)
        before = raw[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        column = len(before.rpartition(b"\n")[2].decode("utf-8-sig")) + 1
        raise ZineError(
            [
                error(
                    "not-utf8",
                    f"is not UTF-8 text: byte {raw[offset]:#04x} at offset {offset}",
                    Place.of(shown, before.count(b"\n") + 1, column),
                    "save the file again with the encoding UTF-8",
                )
            ]
        ) from problem
    return text.replace("\r\n", "\n").replace("\r", "\n")


def inside(base: str, name: str) -> str | None:
    """`name` seen from the folder `base`, both from the project's root; None if it leads outside.

    Absolute names, drive letters and backslashes lead outside.
    """
    if "\\" in name or name.startswith("/") or name[1:2] == ":":
        return None
    joined = posixpath.normpath(posixpath.join(base, name))
    return None if joined == ".." or joined.startswith("../") else joined


@dataclass(frozen=True)
class ImageFolder:
    """Where pictures are looked for: content/images/ first, then beside the entry.

    Folders are listed rather than asked, so that a name which differs in case is missed on
    every file system, and composed and decomposed accents are one letter on all of them.
    """

    project: Path
    _listings: dict[str, dict[str, Path]] = field(default_factory=dict, compare=False, repr=False)

    def find(self, name: str, beside: Path) -> Path | None:
        """The file called `name`, or None where there is none.

        Args:
            name: as written in the front matter; may go through folders.
            beside: folder of the entry.

        Raises:
            ValueError: the name leads out of the project.
        """
        candidates = [found for base in self._bases(beside) if (found := inside(base, name))]
        if not candidates:
            raise ValueError(name)
        for candidate in candidates:
            folder, _, last = unicodedata.normalize("NFC", candidate).rpartition("/")
            path = self._listing(folder).get(last)
            if path is not None:
                self._refuse_escape(path, beside, name)
                return path
        return None

    def hint(self, name: str, beside: Path) -> str:
        """What to do about a picture that was not found: the nearest name, or where to put it."""
        names = {n for base in self._bases(beside) for n in self._listing(base) if _is_picture(n)}
        last = PurePosixPath(name).name
        where = " or ".join(f"{base}/" for base in self._bases(beside))
        start = f"looked in {where}"
        known = sorted(names)
        near = did_you_mean(last, known) if known else ""
        return f"{start}; {near}" if near.startswith("did you mean") else start

    def _bases(self, beside: Path) -> tuple[str, str]:
        return "content/images", shown_path(beside, self.project).as_posix()

    def _listing(self, folder: str) -> dict[str, Path]:
        if folder not in self._listings:
            self._listings[folder] = {
                unicodedata.normalize("NFC", path.name): path
                for path in _files(self.project / folder)
            }
        return self._listings[folder]

    def _refuse_escape(self, path: Path, beside: Path, name: str) -> None:
        """A symbolic link inside a folder must not lead out of it; the folder itself may be one."""
        real = path.resolve()
        homes = (self.project, self.project / "content" / "images", beside)
        if not any(real.is_relative_to(home.resolve()) for home in homes):
            raise ValueError(name)


def _files(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(path for path in folder.iterdir() if path.is_file())
    except OSError:
        return


def _is_picture(name: str) -> bool:
    return not name.startswith(".") and not name.lower().endswith((".md", ".txt", ".yaml"))
