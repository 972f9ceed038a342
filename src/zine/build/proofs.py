"""Proofs: what must hold of finished pages is looked at by the workers while the build goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future

from zine.diagnostics import Finding
from zine.typeset.workers import answer, ask

Proof = Callable[..., Iterable[Finding]]
"""A function of a module that compares a file with what it must be."""


class Proofs:
    """The proofs of one build.

    Args:
        workers: who makes them.
    """

    def __init__(self, workers: Executor) -> None:
        self._workers = workers
        self._asked: list[Future[Iterable[Finding]]] = []

    def ask(self, proof: Proof, *args: object) -> None:
        """Have a proof made.

        Raises:
            ZineError: all workers were lost.
        """
        self._asked.append(ask(self._workers, proof, *args))

    def findings(self) -> Iterator[Finding]:
        """What all proofs have found, in the order in which they were asked for.

        Raises:
            ZineError: a worker was lost.
        """
        for future in self._asked:
            yield from answer(future)
