"""Proofs: what must hold of finished pages is looked at by the workers while the build goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace

from zine.bind.binder import Bound
from zine.bind.finished import Finished
from zine.diagnostics import Finding
from zine.memory import keep, key_of, recalled
from zine.prove.audit import Expected, audit, digests_of
from zine.prove.structure import prove_joints
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
        self._found: list[Finding] = []
        self._audited: list[tuple[str, str]] = []

    def ask(self, proof: Proof, *args: object, then: Callable[[], None] = lambda: None) -> None:
        """Have a proof made.

        Args:
            then: what is done when it finds nothing.

        Raises:
            ZineError: all workers were lost.
        """
        self._asked.append((ask(self._workers, proof, *args), then))

    def audit(self, bound: Bound, expected: Expected, name: str, *, tagged: bool = False) -> None:
        """Have a file read back; gatherings that were in it when last built are not read again.

        Args:
            name: of the file, by which its gatherings are remembered.
            tagged: it must have a structure.

        Raises:
            ZineError: all workers were lost.
        """
        key = key_of(_AUDITED, name)
        known = frozenset((recalled(key) or "").split())
        file = Finished(bound.pdf, expected.labels)
        digests = digests_of(file, bound.stretches, expected)
        new = [
            stretch
            for stretch, digest in zip(bound.stretches, digests, strict=True)
            if digest not in known
        ]
        if tagged:
            self._found += prove_joints(file, expected.titles, [one.first for one in new])
        proved = {
            index
            for stretch in bound.stretches
            if stretch not in new
            for index in range(stretch.first, stretch.until)
        }
        fresh = [index for index in range(len(expected.labels)) if index not in proved]
        shares = min(cores(), max(1, len(fresh) // _SHARE))
        for share in range(shares):
            pages = fresh[len(fresh) * share // shares : len(fresh) * (share + 1) // shares]
            read = frozenset(pages)
            numbers = tuple(one for one in expected.numbers if one.page in read)
            self.ask(audit, bound.pdf, replace(expected, numbers=numbers), pages)
        self._audited.append((key, " ".join(digests)))

    def findings(self) -> Iterator[Finding]:
        """What all proofs have found.

        Raises:
            ZineError: a worker was lost.
        """
        yield from self._found
        flawed = bool(self._found)
        for future, then in self._asked:
            found = tuple(answer(future))
            yield from found
            flawed = flawed or bool(found)
            if not found:
                then()
        for key, digests in self._audited if not flawed else ():
            keep(key, digests)
