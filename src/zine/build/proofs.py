"""Proofs: what must hold of finished pages is looked at by the workers while the build goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future

from zine.diagnostics import Finding
from zine.memory import keep, key_of, recalled
from zine.prove.audit import Audited, Expected, audit
from zine.typeset.processes import cores
from zine.typeset.workers import answer, ask

_AUDITED = "audited"
_SHARE = 40  # pages at least that a worker is asked to read back
Proof = Callable[..., Iterable[Finding]]
"""A function of a module that compares a file with what it must be."""


class Proofs:
    """The proofs of one build.

    Args:
        workers: who makes them.
    """

    def __init__(self, workers: Executor) -> None:
        self._workers = workers
        self._asked: list[tuple[Future[Iterable[Finding]], Callable[[], None]]] = []
        self._audits: list[tuple[str, list[Future[Audited]]]] = []

    def ask(self, proof: Proof, *args: object, then: Callable[[], None] = lambda: None) -> None:
        """Have a proof made.

        Args:
            then: what is done when it finds nothing.

        Raises:
            ZineError: all workers were lost.
        """
        self._asked.append((ask(self._workers, proof, *args), then))

    def audit(self, pdf: bytes, expected: Expected, name: str) -> None:
        """Have a file read back; pages that were when it was last built are not read again.

        Args:
            name: of the file, by which its pages are remembered.

        Raises:
            ZineError: all workers were lost.
        """
        key = key_of(_AUDITED, name)
        known = frozenset((recalled(key) or "").split())
        shares = min(cores(), max(1, len(expected.labels) // _SHARE))
        asked = [
            ask(self._workers, audit, pdf, expected, known, (at, shares)) for at in range(shares)
        ]
        self._audits.append((key, asked))

    def findings(self) -> Iterator[Finding]:
        """What all proofs have found.

        Raises:
            ZineError: a worker was lost.
        """
        for future, then in self._asked:
            if found := tuple(answer(future)):
                yield from found
            else:
                then()
        for key, asked in self._audits:
            made = [answer(future) for future in asked]
            keep(key, " ".join(sorted(digest for one in made for digest in one.proved)))
            yield from dict.fromkeys(found for one in made for found in one.findings)
