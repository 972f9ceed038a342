"""Processes: an executor whose workers load WeasyPrint while the project is still being read.

`concurrent.futures.ProcessPoolExecutor` does not say which call a killed worker had, cannot start
its workers before the first call, and waits for the calls that run when it is to end.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")
_Call = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]

FORKS = sys.platform == "linux"
ENGINE = "zine.typeset.engine"
_PATIENCE = 2.0  # s that a worker without work may take to end
_FIRST = 2  # calls of a worker by which it gets ready
_MUCH = 100_000  # objects made since the collector ran, at which it does not wait for a pause
_PAUSE = 0.01  # s
_MOMENT = 3.0  # s after which a worker that was killed with another is gone too


class WorkerLostError(BrokenExecutor):
    """A worker ended before it had answered: it crashed, or was killed."""


def cores() -> int:
    """How many processes may run side by side."""
    if FORKS:
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


class Processes(Executor):
    """Worker processes that take one call each at a time, and start with the first or before.

    On Linux the first worker loads WeasyPrint and then forks the others, so that it is loaded once
    and nobody forks a process that has used Pango or threads. Elsewhere each is a process anew.

    Args:
        count: of workers.
        modules: that a worker loads before its first call.
    """

    def __init__(self, count: int, modules: Sequence[str] = (ENGINE,)) -> None:
        self.count = count
        self._modules = modules
        self._calls: SimpleQueue[tuple[Future[Any], _Call] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._ended = False
        self._workers: list[int] = []
        self._started: list[Any] = []
        self._threads: list[threading.Thread] = []
        self._attended = 0

    def start(self) -> None:
        """Start the workers, unless they have been; they load WeasyPrint meanwhile."""
        with self._lock:
            if self._threads or self._ended:
                return
            context: Any = multiprocessing.get_context("fork" if FORKS else "spawn")
            pipes = [context.Pipe() for _ in range(self.count)]
            ours, theirs = [one for one, _ in pipes], [other for _, other in pipes]
            groups = [theirs] if FORKS else [[one] for one in theirs]
            self._started = [
                context.Process(
                    target=_work, args=(self._modules, group, ours if FORKS else []), daemon=True
                )
                for group in groups
            ]
            with _uninterrupted():
                for process in self._started:
                    process.start()
            for end in theirs:
                end.close()
            self._threads = [
                threading.Thread(target=self._attend, args=(end,), daemon=True) for end in ours
            ]
            self._attended = self.count
        for thread in self._threads:
            thread.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.shutdown(cancel_futures=problem is not None)

    def submit(
        self, function: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs
    ) -> Future[_T]:
        """Have a function called by the next worker that is free.

        Raises:
            RuntimeError: the executor has been shut down.
        """
        self.start()
        future: Future[_T] = Future()
        with self._lock:
            if self._ended:
                raise RuntimeError("cannot schedule new futures after shutdown")
            if not self._attended:
                raise WorkerLostError
            self._calls.put((future, (function, args, kwargs)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the workers end.

        Args:
            wait: for the calls that are still to be made.
            cancel_futures: kill the workers, whatever they do.
        """
        with self._lock:
            self._ended = True
        if cancel_futures:
            self._kill()
            self._empty(lambda future: future.cancel())
        for _ in self._threads:
            self._calls.put(None)
        if wait:
            for thread in self._threads:
                thread.join()
            for process in self._started:
                process.join(_PATIENCE)

    def _kill(self) -> None:
        for process in self._started:
            process.kill()
        if FORKS:
            for worker in self._workers:
                with contextlib.suppress(OSError):
                    os.kill(worker, signal.SIGKILL)

    def _attend(self, end: Connection) -> None:
        """Hand calls to one worker, and its answers to whoever waits for them."""
        future: Future[Any] | None = None
        try:
            self._workers.append(end.recv())
            while (item := self._calls.get()) is not None:
                future, call = item
                if future.set_running_or_notify_cancel():
                    self._answer(end, future, call)
                future = None
        except (EOFError, OSError):
            if future is not None:
                future.set_exception(self._why_lost())
        finally:
            end.close()
            with self._lock:
                self._attended -= 1
                last = not self._attended
            if last and not self._ended:
                self._empty(_lose)

    def _why_lost(self) -> BaseException:
        """What ended a worker; Ctrl-C reaches all processes, and some of them earlier."""
        with self._lock:
            for process in self._started:
                process.join(_MOMENT)
            interrupted = any(process.exitcode == -signal.SIGINT for process in self._started)
        return KeyboardInterrupt() if interrupted else WorkerLostError()

    @staticmethod
    def _answer(end: Connection, future: Future[Any], call: _Call) -> None:
        try:
            end.send(call)
            good, answer = end.recv()
        except (EOFError, OSError):
            raise
        except Exception as problem:  # a call, or an answer, that cannot go between processes
            good, answer = False, problem
        if good:
            future.set_result(answer)
        else:
            future.set_exception(answer)

    def _empty(self, tell: Callable[[Future[Any]], object]) -> None:
        """Take all calls that nobody will make from the queue."""
        with contextlib.suppress(Empty):
            while True:
                item = self._calls.get_nowait()
                if item is not None:
                    tell(item[0])


def _lose(future: Future[Any]) -> None:
    """Tell whoever waits for a call that nobody will make it; it may be taken back already."""
    if future.set_running_or_notify_cancel():
        future.set_exception(WorkerLostError())


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """While a worker is made, so that Ctrl-C does not find it before it knows what to do then."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(modules: Sequence[str], ends: list[Connection], others: list[Connection]) -> None:
    """The life of the first worker of a group, and of those that it forks.

    Args:
        modules: to be loaded first.
        ends: where each takes its calls.
        others: inherited ends, which would hide from a worker that its parent is gone.
    """
    # Ctrl-C ends workers without a word; the parent tells.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    for end in others:
        end.close()
    with contextlib.suppress(Exception):  # what is wrong with it the first call tells
        for module in modules:
            importlib.import_module(module)
    own, *forked = ends
    for index, end in enumerate(forked, 1):
        if os.fork() == 0:
            own.close()
            for other in forked[index:]:
                other.close()
            own = end
            break
        end.close()
    _serve(own)


def _serve(end: Connection) -> None:
    # The collector looks at everything WeasyPrint holds again and again; here it runs between
    # calls, and passes over what was imported or came of the first, style sheets.
    gc.disable()
    gc.freeze()
    try:
        end.send(os.getpid())
        for _ in range(_FIRST):
            end.send(_answered(end))
            gc.freeze()
        while True:
            end.send(_answered(end))
            if gc.get_count()[0] > _MUCH or not end.poll(_PAUSE):
                gc.collect()
    except (EOFError, OSError):
        # Nobody listens any more. Taking the interpreter apart would cost a second, in silence.
        os._exit(0)


def _answered(end: Connection) -> tuple[bool, object]:
    """Make the next call that comes."""
    try:
        function, args, kwargs = end.recv()
    except (EOFError, OSError):
        raise
    except Exception as problem:
        return False, problem
    try:
        return True, function(*args, **kwargs)
    except Exception as problem:
        return False, problem
