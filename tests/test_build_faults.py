"""Builds that are stopped at any moment: dist/ never holds a broken file, the next build is whole.

The moments are spread over what a build does, not over the clock: a build is stopped when it has
made so many files, cache included, and a little later.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.projects import copy_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="process groups, and workers under /proc"),
]
BUILD = [sys.executable, "-m", "zine", "build", "--project"]
ROUNDS = int(os.environ.get("ZINE_FAULTS", "3"))  # for each signal
PATIENCE = 120.0  # s, until a process that hangs fails the test


@dataclass(frozen=True)
class Stopping:
    """A project whose text was changed after it was built.

    Args:
        before: name → digest of what stands in dist/.
        after: of what a build that nobody stops makes of the change.
        most: how many files there are then, cache included.
    """

    root: Path
    kept: Path
    before: dict[str, str]
    after: dict[str, str]
    most: int

    def restored(self, *, cold: bool) -> None:
        """The project as it was before the change was built."""
        shutil.rmtree(self.root / "dist")
        shutil.copytree(self.kept, self.root / "dist")
        if cold:
            shutil.rmtree(self.root / ".zine", ignore_errors=True)


def run(root: Path) -> None:
    subprocess.run([*BUILD, str(root)], check=True, capture_output=True)


def digests(root: Path) -> dict[str, str]:
    """Everything in dist/, hidden files too."""
    return {
        path.relative_to(root / "dist").as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (root / "dist").rglob("*")
        if path.is_file()
    }


def count(root: Path) -> int:
    return sum(len(names) for _, _, names in os.walk(root))


@pytest.fixture(scope="module")
def stopping(tmp_path_factory) -> Stopping:
    folder = tmp_path_factory.mktemp("faults")
    root = copy_of("principle", folder)
    run(root)
    before = digests(root)
    shutil.copytree(root / "dist", folder / "kept")
    entry = root / "content" / "principles" / "ask-twice.md"
    entry.write_text(entry.read_text() + "\nAnd once more, to be sure.\n")
    undisturbed = Path(shutil.copytree(root, folder / "undisturbed"))
    shutil.rmtree(undisturbed / ".zine")
    run(undisturbed)
    after = digests(undisturbed)
    assert before.keys() == after.keys()
    # How a sheet is folded does not change with a line of text.
    books = [name for name in before if "instructions" not in name]
    assert all(before[name] != after[name] for name in books)
    return Stopping(root, folder / "kept", before, after, count(undisturbed))


def started(root: Path) -> subprocess.Popen[str]:
    """A build in a process group of its own, as a shell starts it."""
    return subprocess.Popen(
        [*BUILD, str(root), "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for(process: subprocess.Popen[str], happened: Callable[[], bool]) -> None:
    """Wait until something has happened, or the process has ended."""
    give_up = time.monotonic() + PATIENCE
    while process.poll() is None and not happened():
        assert time.monotonic() < give_up, "it hangs"
        time.sleep(0.001)


def alive(group: int) -> list[int]:
    """The processes of a group that still run."""
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdecimal():
            try:
                fields = (path / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == group and fields[0] not in "ZX":
                found.append(int(path.name))
    return found


def wait_until_gone(group: int) -> None:
    give_up = time.monotonic() + PATIENCE
    while alive(group):
        assert time.monotonic() < give_up, "workers outlive their parent"
        time.sleep(0.01)


def moments(stopping: Stopping, seed: int) -> Iterator[tuple[bool, int, float]]:
    """Whether the cache is empty, after how many new files to stop, and how much later in s."""
    chance = random.Random(seed)
    for number in range(ROUNDS):
        cold = number % 2 == 0
        stopping.restored(cold=cold)
        room = max(1, stopping.most - count(stopping.root))
        yield cold, chance.randrange(room + 1), chance.random() * 0.15


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_build_that_is_stopped_leaves_dist_whole_and_the_next_is_true(stopping, number):
    stopped = 0
    for cold, files, later in moments(stopping, int(number)):
        start = count(stopping.root)
        process = started(stopping.root)
        # Python itself, while it starts, has no good answer to Ctrl-C.
        wait_for(process, lambda group=process.pid: len(alive(group)) > 1)
        wait_for(process, lambda start=start, files=files: count(stopping.root) >= start + files)
        time.sleep(later)
        with contextlib.suppress(ProcessLookupError):  # it was done before
            os.killpg(process.pid, number)
        out, err = process.communicate(timeout=PATIENCE)
        wait_until_gone(process.pid)
        found = digests(stopping.root)
        where = f"after {files} files, {'cold' if cold else 'warm'}: {process.returncode}, {err}"
        assert "Traceback" not in err, where
        if process.returncode == 0:
            assert found == stopping.after, where
            continue
        stopped += 1
        if number == signal.SIGINT:
            # Before Python listens, and after the last word was said, the signal ends it by itself.
            assert process.returncode in (130, -number), where
            assert found == stopping.after if out else found in (stopping.before, stopping.after)
        else:
            assert process.returncode == -number, where
            pdfs = {name for name in found if not name.startswith(".")}
            assert pdfs == stopping.before.keys(), where
            for name in pdfs:
                assert found[name] in (stopping.before[name], stopping.after[name]), where
        run(stopping.root)
        assert digests(stopping.root) == stopping.after, where
    assert stopped >= ROUNDS // 2


def test_what_a_killed_build_was_writing_is_taken_away_and_what_another_writes_is_not(tmp_path):
    from zine.files import _prefix, probe

    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    mine = tmp_path / f"{_prefix()}x"
    mine.write_bytes(b"half")
    theirs = tmp_path / mine.name.replace(f"-{os.getpid()}-", f"-{gone.pid}-")
    theirs.write_bytes(b"half")
    elsewhere = tmp_path / f".zine-part-00000000-{gone.pid}-x"
    elsewhere.write_bytes(b"half")
    other = tmp_path / ".hidden"
    other.write_bytes(b"")
    probe(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([mine, elsewhere, other])


def test_a_worker_that_is_lost_names_its_section_and_dist_stays(stopping):
    stopping.restored(cold=True)
    process = started(stopping.root)

    def sections() -> int:
        folder = stopping.root / ".zine" / "sections"
        return count(folder) if folder.is_dir() else 0

    wait_for(process, lambda: sections() > 1)
    workers = [one for one in alive(process.pid) if one != process.pid]
    assert workers, process.communicate()[1]
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1, err
    assert "error[worker-lost]" in err and "Traceback" not in err
    assert "it had the section “" in err
    wait_until_gone(process.pid)
    assert digests(stopping.root) == stopping.before
    run(stopping.root)
    assert digests(stopping.root) == stopping.after


def test_workers_end_with_a_parent_that_is_killed(stopping):
    stopping.restored(cold=True)
    process = started(stopping.root)
    wait_for(process, lambda: len(alive(process.pid)) > 1)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=PATIENCE)
    wait_until_gone(process.pid)
    assert digests(stopping.root) == stopping.before
