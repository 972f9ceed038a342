"""Gatherings of a build: those of earlier builds are known, the others are bound by the workers.

Only what was proved is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from functools import partial

from zine.bind.gathering import Gathered, Gathering, gather
from zine.bind.links import PrintedNumber
from zine.build.proofs import Proofs
from zine.memory import key_of, surroundings
from zine.prove.structure import prove_structure
from zine.store import Store
from zine.typeset.workers import answer, ask


class KeptGatherings:
    """Binds gatherings, each once.

    Args:
        store: where they are kept.
        workers: who bind.
        proofs: to which that of their structure is added; without, none with tags is kept.
        then: asks for what else there is to do once all gatherings are asked for, on which the
            bound file waits.
    """

    def __init__(
        self,
        store: Store,
        workers: Executor,
        proofs: Proofs | None = None,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._workers = workers
        self._proofs = proofs
        self._then = then

    def __call__(self, gatherings: Sequence[Gathering]) -> Iterator[Gathered]:
        """The bound gatherings, in order, each as soon as it is there.

        Raises:
            ZineError: a worker was lost.
        """
        keys = [key_of(surroundings(), one.decided_by()) for one in gatherings]
        kept = {key: known for key in keys if (known := self._kept(key))}
        asked = [
            None if key in kept else ask(self._workers, gather, gathering)
            for key, gathering in zip(keys, gatherings, strict=True)
        ]
        self._then()
        for key, gathering, future in zip(keys, gatherings, asked, strict=True):
            if future is None:
                yield kept[key]
                continue
            made = answer(future)
            self._prove(gathering, made, partial(self._keep, key, made))
            yield made

    def _prove(self, gathering: Gathering, made: Gathered, keep: Callable[[], None]) -> None:
        """Keep a gathering, once its structure is proved where it has one."""
        if not gathering.tags:
            keep()
        elif self._proofs is not None:
            above = gathering.sections[0].depth
            proof = partial(prove_structure, first=gathering.first, above=above)
            self._proofs.ask(proof, made.pdf, gathering.titles, then=keep)

    def _kept(self, key: str) -> Gathered | None:
        kept = self._store.get(key)
        if kept is None:
            return None
        try:
            numbers = tuple(
                PrintedNumber(section, page, (x1, y1, x2, y2), target, title)
                for section, page, (x1, y1, x2, y2), target, title in json.loads(kept[0])
            )
        except (ValueError, TypeError):
            return None
        return Gathered(kept[1], numbers)

    def _keep(self, key: str, gathered: Gathered) -> None:
        numbers = [list(vars(number).values()) for number in gathered.numbers]
        self._store.put(key, json.dumps(numbers).encode(), gathered.pdf)
