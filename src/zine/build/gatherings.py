"""Gatherings of a build: those of earlier builds are known, workers bind the others and prove them.

Only what was proved is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor

from zine.bind.gathering import Gathered, Gathering, gather
from zine.bind.links import PrintedNumber
from zine.diagnostics import Finding, ZineError
from zine.memory import key_of, surroundings
from zine.prove.structure import prove_structure
from zine.store import Store
from zine.typeset.workers import answer, ask


def _gathered(gathering: Gathering) -> tuple[Gathered, tuple[Finding, ...]]:
    """A gathering, and what is wrong with its structure."""
    made = gather(gathering)
    if not gathering.tags:
        return made, ()
    above = gathering.sections[0].depth
    titles, first = gathering.titles, gathering.first
    return made, prove_structure(made.pdf, titles, first=first, above=above)


class KeptGatherings:
    """Binds gatherings, each once.

    Args:
        store: where they are kept.
        workers: who bind.
    """

    def __init__(self, store: Store, workers: Executor) -> None:
        self._store = store
        self._workers = workers

    def __call__(self, gatherings: Sequence[Gathering]) -> Iterator[Gathered]:
        """The bound gatherings, in order, each as soon as it is there.

        Raises:
            ZineError: a worker was lost, or a structure does not hold.
        """
        keys = [key_of(surroundings(), one.decided_by()) for one in gatherings]
        known = {key: kept for key in keys if (kept := self._kept(key))}
        asked = {
            key: ask(self._workers, _gathered, gathering)
            for key, gathering in zip(keys, gatherings, strict=True)
            if key not in known
        }
        wrong: list[Finding] = []
        for key in keys:
            if key not in known:
                known[key], findings = answer(asked[key])
                wrong += findings
                if not findings:
                    self._keep(key, known[key])
            yield known[key]
        if wrong:
            raise ZineError(wrong)

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
