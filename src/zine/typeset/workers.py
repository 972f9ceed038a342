"""Workers: jobs are typeset in this process or side by side in others."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Self

from zine.diagnostics import Finding, ZineError
from zine.typeset.cache import SectionCache, job_key, style_key
from zine.typeset.job import Job, Style, Typeset

if TYPE_CHECKING:  # WeasyPrint takes half a second to import, which a build from the cache saves
    from zine.typeset.engine import Engine

Progress = Callable[[str, int, int], None]
_POOL_LEAST = 4  # below this many jobs a pool costs more than it saves

_worker_engine: Engine | None = None


@dataclass(frozen=True)
class _Failed:
    """What stopped a job; an exception would lose its findings on the way between processes."""

    kind: type[ZineError]
    findings: tuple[Finding, ...]


def _start(style: Style) -> None:
    from zine.typeset.engine import Engine

    global _worker_engine
    _worker_engine = Engine(style)


def _work(job: Job) -> Typeset | _Failed:
    assert _worker_engine is not None
    try:
        return _worker_engine.typeset(job)
    except ZineError as problem:
        return _Failed(type(problem), problem.findings)


class Typesetter:
    """Typesets jobs of one style, from the cache where it can.

    Args:
        style: shared by all jobs.
        cache: where sections are kept.
        processes: how many work side by side; None takes one for each core.
    """

    def __init__(self, style: Style, cache: SectionCache, processes: int | None = None) -> None:
        self._style = style
        self._cache = cache
        self._processes = processes or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None
        self._engine: Engine | None = None
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
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def typeset(self, jobs: Sequence[Job], progress: Progress) -> dict[str, Typeset]:
        """Set all jobs; the result is by section key.

        Raises:
            ZineError: a job failed; nothing else is started.
        """
        done: dict[str, Typeset] = {}
        waiting: list[tuple[str, Job]] = []
        for job in jobs:
            key = job_key(job, self._style)
            kept = self._cache.get(key)
            if kept is None:
                waiting.append((key, job))
            else:
                done[job.key] = kept
        for count, (key, section) in enumerate(self._fresh(waiting), 1):
            self._cache.put(key, section)
            done[section.key] = section
            progress(section.key, count, len(waiting))
        self._tell_of_style()
        return done

    def _fresh(self, waiting: list[tuple[str, Job]]) -> Iterable[tuple[str, Typeset]]:
        if len(waiting) < _POOL_LEAST or self._processes == 1:
            for key, job in waiting:
                yield key, self._own_engine().typeset(job)
            return
        pool = self._own_pool()
        # Longest first, so that no long section is left for the end with one core idle.
        ordered = sorted(waiting, key=lambda item: -len(item[1].html))
        futures = {pool.submit(_work, job): key for key, job in ordered}
        for future in as_completed(futures):
            made = future.result()
            if isinstance(made, _Failed):
                raise made.kind(made.findings)
            yield futures[future], made

    def _own_engine(self) -> Engine:
        from zine.typeset.engine import Engine

        if self._engine is None:
            self._engine = Engine(self._style)
        return self._engine

    def _tell_of_style(self) -> None:
        """What is wrong with the style sheets, also where every section came from the cache."""
        if self._style_told:
            return
        self._style_told = True
        key = style_key(self._style)
        kept = self._cache.get(key) if self._engine is None else None
        if kept is None:
            kept = Typeset("", b"", 0, {}, tuple(self._own_engine().findings))
            self._cache.put(key, kept)
        self.findings += kept.findings

    def _own_pool(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # The parent parses the style first: a broken one fails here, once and readably, and
            # forked workers start with WeasyPrint imported.
            self._own_engine()
            method = "fork" if sys.platform == "linux" else "spawn"
            context = multiprocessing.get_context(method)
            self._pool = ProcessPoolExecutor(
                self._processes, mp_context=context, initializer=_start, initargs=(self._style,)
            )
        return self._pool
