"""The store: a folder of files that hold what can be made again, sealed with its key.

Several builds may read and write it at once, and any may be killed: what cannot be read back whole
is a miss, at worst something is made twice.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from zine.files import write_atomically

KEPT_DAYS = 60
KEPT_BYTES = 1 << 30
_DAY_NS = 86_400 * 10**9


class Store:
    """A folder of kept things: each a line of JSON that describes it, and its bytes.

    Args:
        folder: where it lies; None keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, key: str) -> tuple[bytes, bytes] | None:
        """Head and bytes of what was kept under a key, or None."""
        if self._folder is None:
            return None
        path = self._folder / key[:2] / key
        try:
            digest, head, body = path.read_bytes().split(b"\n", 2)
            if _seal(key, head, body) != digest:
                return None
            touch(path)
        except (OSError, ValueError):
            return None
        return head, body

    def has(self, key: str) -> bool:
        """Whether there is something under a key, which may turn out to be none."""
        return self._folder is not None and (self._folder / key[:2] / key).exists()

    def put(self, key: str, head: bytes, body: bytes) -> None:
        """Keep something; a folder that cannot be written costs time, not the build.

        Args:
            head: has no line break.
        """
        if self._folder is None:
            return
        digest = _seal(key, head, body)
        with contextlib.suppress(OSError):
            write_atomically(self._folder / key[:2] / key, b"\n".join([digest, head, body]))


def prune(folder: Path, *, days: float = KEPT_DAYS, most: int = KEPT_BYTES) -> None:
    """Remove what was not used for so many days, and of the rest the oldest above so many bytes.

    Whatever is used is touched. Another build may read or write beside this one: what it finds
    gone is a miss.
    """
    kept: list[tuple[int, int, str]] = []
    now = time.time_ns()
    for path, status in _files(folder):
        if now - status.st_mtime_ns > days * _DAY_NS:
            _remove(path)
        else:
            kept.append((status.st_mtime_ns, status.st_size, path))
    room = most
    for _, size, path in sorted(kept, reverse=True):
        room -= size
        if room < 0:
            _remove(path)


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    waiting = [str(folder)]
    while waiting:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    with contextlib.suppress(OSError):
                        yield entry.path, entry.stat(follow_symlinks=False)


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        Path(path).unlink()


def touch(path: Path) -> None:
    """Note that a kept file was used, so that it stays; once a day is enough."""
    with contextlib.suppress(OSError):
        if time.time_ns() - path.stat().st_mtime_ns > _DAY_NS:
            os.utime(path)


def _seal(key: str, head: bytes, body: bytes) -> bytes:
    """Digest of what is kept and of the key it was kept under."""
    return hashlib.sha256(b"\n".join([key.encode(), head, body])).hexdigest().encode()
