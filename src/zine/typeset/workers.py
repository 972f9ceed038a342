"""Workers: jobs are taken from the cache or typeset, side by side in other processes."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, replace
from queue import SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from zine.diagnostics import Finding, ZineError, error
from zine.typeset.cache import SectionCache, job_key, style_key
from zine.typeset.job import Job, Style, Typeset
from zine.typeset.processes import Processes, cores

if TYPE_CHECKING:  # WeasyPrint takes half a second to import, which is for workers alone
    from zine.typeset.engine import Engine

_T = TypeVar("_T")
Progress = Callable[[str, int, int], None]
Finish = Callable[[Job, Typeset], Typeset]
"""What is done to the pages of a job where they were set; a function of a module."""
Follow = Callable[[Job, Typeset], Job | None]
"""The job that a job leads to, or None."""
_ENGINES_MOST = 2  # that a worker keeps: a publication has one style, its instructions another
_WORDS = "<html lang=en><p>Words that may <b>have</b> to be <i>hyphenated</i></html>"
_NAMED_MOST = 3  # sections that a worker may have had when it was lost

_engines: dict[tuple[str, frozenset[str]], Engine] = {}
_one_at_a_time = threading.Lock()  # Pango is not for several threads


@dataclass(frozen=True)
class _Failed:
    """What stopped a job; an exception would lose its findings on the way between processes."""

    kind: type[ZineError]
    findings: tuple[Finding, ...]


_Answer = Future[Typeset | _Failed]


def _set(style: Style, job: Job | None, finish: Finish | None) -> Typeset | _Failed:
    """Set a job, or tell what is wrong with the style; made by a worker."""
    with _one_at_a_time:
        try:
            engine = _engine(style)
            if job is None:
                return Typeset("", b"", 0, {}, tuple(engine.findings))
            made = engine.typeset(job, compress=finish is None)
            return finish(job, made) if finish and made.pdf else made
        except ZineError as problem:
            return _Failed(type(problem), problem.findings)


def get_ready() -> None:
    """Set a few words: what is loaded late is loaded while a worker waits for the first job."""
    from zine.typeset.engine import Engine

    with _one_at_a_time:
        Engine(Style(())).typeset(Job("", _WORDS))


def _engine(style: Style) -> Engine:
    from zine.typeset.engine import Engine

    # Pictures are no part of the digest: two kinds of pieces may differ in nothing else.
    key = style.digest, frozenset(style.files)
    if key not in _engines:
        while len(_engines) >= _ENGINES_MOST:
            del _engines[next(iter(_engines))]
        _engines[key] = Engine(style)
    return _engines[key]


class Typesetter:
    """Typesets jobs of one style, from the cache where it can.

    Args:
        style: shared by all jobs.
        cache: where sections are kept.
        workers: an executor, or how many processes work side by side; None takes one a core.
        finish: what workers do to the pages before they are kept.
    """

    def __init__(
        self,
        style: Style,
        cache: SectionCache,
        workers: Executor | int | None = None,
        finish: Finish | None = None,
    ) -> None:
        self._style = style
        self._cache = cache
        self._finish = finish
        self._count = workers if isinstance(workers, int) else cores()
        self._executor = workers if isinstance(workers, Executor) else None
        self._own: Processes | None = None
        self._style_told = False
        self._begun: dict[str, _Answer] = {}
        self.findings: list[Finding] = []

    def __enter__(self) -> Self:
        if isinstance(self._executor, Processes):
            with contextlib.suppress(BrokenExecutor):  # the first job tells
                for _ in range(self._executor.count):  # while that is made
                    self._executor.submit(_set, self._style, None, None)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for future in self._begun.values():
            future.cancel()
        if self._own is not None:
            self._own.__exit__(kind, problem, trace)

    def typeset(
        self, jobs: Iterable[Job], progress: Progress, follow: Follow | None = None
    ) -> dict[str, Typeset]:
        """Set all jobs, and what they lead to; the result is by section key.

        Workers begin while jobs are still being made.

        Raises:
            ZineError: a job failed, or its worker was lost; nothing else is started.
        """
        done: dict[str, Typeset] = {}
        queue = _Queue(self._asked)
        total = 0

        def settle(job: Job | None) -> None:
            """Take a job and what it leads to from the cache, up to the first that is not there."""
            nonlocal total
            while job is not None:
                key = job_key(job, self._style)
                kept = self._cache.get(key)
                if kept is None or _lacks_pages(job, kept):
                    queue.waiting.append((key, job))
                    total += 1
                    return
                done[job.key] = kept
                job = follow(job, kept) if follow else None

        try:
            for job in jobs:
                settle(job)
                queue.submit(self._count - queue.unanswered)
            count = 0
            while queue:
                queue.submit()
                future = queue.answered()
                section = self._made(future, queue.running)
                key, job = queue.running.pop(future)
                section = replace(section, digest=key)
                self._cache.put(key, section)
                done[section.key] = section
                count += 1
                progress(section.key, count, total)
                if follow:
                    settle(follow(job, section))
        finally:
            queue.cancel()
        self._tell_of_style()
        return done

    def begin(self, job: Job) -> None:
        """Have a job set that will probably be wanted."""
        key = job_key(job, self._style)
        if key not in self._begun and self._cache.get(key) is None:
            self._begun[key] = self._submit(job)

    def _asked(self, key: str, job: Job) -> _Answer:
        return self._begun.pop(key, None) or self._submit(job)

    def _submit(self, job: Job | None) -> Future[Typeset | _Failed]:
        if self._executor is None:
            self._executor = self._own = Processes(self._count)
        try:
            return self._executor.submit(_set, self._style, job, self._finish)
        except BrokenExecutor as problem:
            raise ZineError([_lost([job.key] if job else [])]) from problem

    def _made(self, future: _Answer, running: Mapping[_Answer, tuple[str, Job]]) -> Typeset:
        try:
            made = future.result()
        except BrokenExecutor as problem:
            keys = [running[future][1].key] if future in running else []
            if not isinstance(self._executor, Processes):  # others do not say which it was
                keys = [job.key for _, job in running.values()]
            raise ZineError([_lost(keys)]) from problem
        if isinstance(made, _Failed):
            raise made.kind(made.findings)
        return made

    def _tell_of_style(self) -> None:
        """What is wrong with the style sheets, also where every section came from the cache."""
        if self._style_told:
            return
        self._style_told = True
        key = style_key(self._style)
        kept = self._cache.get(key)
        if kept is None:
            kept = self._made(self._submit(None), {})
            self._cache.put(key, kept)
        self.findings += kept.findings


def ask(workers: Executor, function: Callable[..., _T], *args: object) -> Future[_T]:
    """Have a function of a module called by a worker.

    Raises:
        ZineError: all workers were lost.
    """
    try:
        return workers.submit(function, *args)
    except BrokenExecutor as problem:
        raise ZineError([_lost([])]) from problem


def answer(future: Future[_T]) -> _T:
    """What a worker answered.

    Raises:
        ZineError: the worker was lost.
    """
    try:
        return future.result()
    except BrokenExecutor as problem:
        raise ZineError([_lost([])]) from problem


class _Queue:
    """Jobs that wait for a worker, and those that one has or has answered, each under its key.

    Args:
        submit: hands a job to a worker.
    """

    def __init__(self, submit: Callable[[str, Job], _Answer]) -> None:
        self._submit = submit
        self.waiting: list[tuple[str, Job]] = []
        self.running: dict[_Answer, tuple[str, Job]] = {}
        self._finished: SimpleQueue[_Answer] = SimpleQueue()

    def __bool__(self) -> bool:
        return bool(self.waiting or self.running)

    @property
    def unanswered(self) -> int:
        """How many jobs workers have."""
        return sum(not future.done() for future in self.running)

    def submit(self, most: int | None = None) -> None:
        """Hand out what waits, or the longest of it.

        Longest first, so that no long section is left for the end with one core idle.
        """
        self.waiting.sort(key=lambda item: -len(item[1].html))
        count = len(self.waiting) if most is None else max(0, most)
        for key, job in self.waiting[:count]:
            future = self._submit(key, job)
            self.running[future] = key, job
            future.add_done_callback(self._finished.put)
        del self.waiting[:count]

    def answered(self) -> _Answer:
        """The next that was answered, or will be."""
        return self._finished.get()

    def cancel(self) -> None:
        """Take back what no worker has begun."""
        for future in self.running:
            future.cancel()


def _lacks_pages(job: Job, kept: Typeset) -> bool:
    """Whether a section was kept for its measures alone, and its pages are wanted now."""
    return not kept.pdf and (job.wanted is None or job.wanted(kept))


def _lost(keys: Sequence[str]) -> Finding:
    named = ", ".join(f"“{key}”" for key in sorted(keys)[:_NAMED_MOST])
    more = f" and {len(keys) - _NAMED_MOST} more" if len(keys) > _NAMED_MOST else ""
    what = "a worker ended without an answer; it crashed, was killed, or ran out of memory"
    had = f": it had the section {named}" if len(keys) == 1 else f": it had one of {named}{more}"
    hint = "build again; if it comes back, take back the last change to this section or its styles"
    return error("worker-lost", what + (had if keys else ""), hint=hint)
