"""Workers: jobs are typeset in this process or side by side in others."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from types import TracebackType
from typing import Self

from zine.diagnostics import Finding
from zine.typeset.cache import SectionCache, job_key
from zine.typeset.job import Job, Style, Typeset

Progress = Callable[[str, int, int], None]
_POOL_LEAST = 4  # below this many jobs a pool costs more than it saves

_worker_engine: object = None


def _start(style: Style) -> None:
    from zine.typeset.engine import Engine

    global _worker_engine
    _worker_engine = Engine(style)


def _work(job: Job) -> Typeset:
    from zine.typeset.engine import Engine

    assert isinstance(_worker_engine, Engine)
    return _worker_engine.typeset(job)


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
        self._engine: object = None
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
            yield futures[future], future.result()

    def _own_engine(self):  # type: ignore[no-untyped-def]  # the type would import WeasyPrint
        from zine.typeset.engine import Engine

        if self._engine is None:
            engine = Engine(self._style)
            self.findings += engine.findings
            self._engine = engine
        return self._engine

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
