"""Files: written whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import re
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

# A file that is being written names the machine and the process that writes it.
_PART = re.compile(r"\.zine-part-(?P<machine>[0-9a-f]+)-(?P<process>\d+)-.*")


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file beside its place first, then rename it there.

    Raises:
        OSError: the folder cannot be made or written.
    """
    write_together([(path, content)])


def write_together(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write files beside their places, then rename all: none if interrupted before, else each.

    Raises:
        OSError: a folder cannot be made or written.
    """
    parts: list[tuple[Path, Path]] = []
    try:
        for path, content in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=_prefix(), dir=path.parent)
            parts.append((Path(name), path))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            parts[-1][0].chmod(0o644)
        with _uninterrupted():
            for part, path in parts:
                part.replace(path)
    except BaseException:
        for part, _ in parts:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        raise


def probe(folder: Path) -> None:
    """Make a folder, and take out of it what was being written when a process was killed.

    Raises:
        OSError: it cannot be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(prefix=_prefix(), dir=folder):
        pass
    for path in folder.iterdir():
        found = _PART.fullmatch(path.name)
        if found and found["machine"] == _machine() and not _runs(int(found["process"])):
            with contextlib.suppress(OSError):
                path.unlink()


def _prefix() -> str:
    return f".zine-part-{_machine()}-{os.getpid()}-"


def _machine() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _runs(process: int) -> bool:
    if sys.platform == "win32":
        return True  # there, to ask is to kill
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until the end of a few steps; only the main thread is ever told of it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    late: list[int] = []

    def wait(number: int, frame: FrameType | None) -> None:
        late.append(number)

    before = signal.signal(signal.SIGINT, wait)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if late:
        raise KeyboardInterrupt
