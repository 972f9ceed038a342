"""Workers: jobs are taken from the cache or typeset, side by side in other processes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
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
_NAMED_MOST = 3  # sections that a worker may have had when it was lost

_engines: dict[str, Engine] = {}
_one_at_a_time = threading.Lock()  # Pango is not for several threads


@dataclass(frozen=True)
class _Failed:
    """What stopped a job; an exception would lose its findings on the way between processes."""

    kind: type[ZineError]
    findings: tuple[Finding, ...]


def _set(style: Style, job: Job | None, finish: Finish | None) -> Typeset | _Failed:
    """Set a job, or tell what is wrong with the style; made by a worker."""
    with _one_at_a_time:
        try:
            engine = _engine(style)
            if job is None:
                return Typeset("", b"", 0, {}, tuple(engine.findings))
            made = engine.typeset(job)
            return finish(job, made) if finish and made.pdf else made
        except ZineError as problem:
            return _Failed(type(problem), problem.findings)


def _engine(style: Style) -> Engine:
    from zine.typeset.engine import Engine

    if style.digest not in _engines:
        while len(_engines) >= _ENGINES_MOST:
            del _engines[next(iter(_engines))]
        _engines[style.digest] = Engine(style)
    return _engines[style.digest]


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
        self.findings: list[Finding] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._own is not None:
            self._own.shutdown(cancel_futures=problem is not None)

    def typeset(
        self, jobs: Sequence[Job], progress: Progress, follow: Follow | None = None
    ) -> dict[str, Typeset]:
        """Set all jobs, and what they lead to; the result is by section key.

        Raises:
            ZineError: a job failed, or its worker was lost; nothing else is started.
        """
        done: dict[str, Typeset] = {}
        waiting: list[tuple[str, Job]] = []
        total = 0

        def settle(job: Job | None) -> None:
            """Take a job and what it leads to from the cache, up to the first that is not there."""
            nonlocal total
            while job is not None:
                key = job_key(job, self._style)
                kept = self._cache.get(key)
                if kept is None or _lacks_pages(job, kept):
                    waiting.append((key, job))
                    total += 1
                    return
                done[job.key] = kept
                job = follow(job, kept) if follow else None

        for job in jobs:
            settle(job)
        for count, (key, job, section) in enumerate(self._fresh(waiting), 1):
            self._cache.put(key, section)
            done[section.key] = section
            progress(section.key, count, total)
            if follow:
                settle(follow(job, section))
        self._tell_of_style()
        return done

    def _fresh(self, waiting: list[tuple[str, Job]]) -> Iterator[tuple[str, Job, Typeset]]:
        """Set what waits, as workers come to it; more may be put to it meanwhile."""
        finished: SimpleQueue[Future[Typeset | _Failed]] = SimpleQueue()
        running: dict[Future[Typeset | _Failed], tuple[str, Job]] = {}
        try:
            while waiting or running:
                # Longest first, so that no long section is left for the end with one core idle.
                waiting.sort(key=lambda item: -len(item[1].html))
                for key, job in waiting:
                    future = self._submit(job)
                    running[future] = key, job
                    future.add_done_callback(finished.put)
                waiting.clear()
                future = finished.get()
                made = self._made(future, running)
                key, job = running.pop(future)
                yield key, job, made
        finally:
            for future in running:
                future.cancel()

    def _submit(self, job: Job | None) -> Future[Typeset | _Failed]:
        if self._executor is None:
            self._executor = self._own = Processes(self._count)
        try:
            return self._executor.submit(_set, self._style, job, self._finish)
        except BrokenExecutor as problem:
            raise ZineError([_lost([job.key] if job else [])]) from problem

    def _made(
        self,
        future: Future[Typeset | _Failed],
        running: dict[Future[Typeset | _Failed], tuple[str, Job]],
    ) -> Typeset:
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


def answer(future: Future[_T]) -> _T:
    """What a worker answered.

    Raises:
        ZineError: the worker was lost.
    """
    try:
        return future.result()
    except BrokenExecutor as problem:
        raise ZineError([_lost([])]) from problem


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
