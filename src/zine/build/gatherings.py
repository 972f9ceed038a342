"""Gatherings of a build: those of earlier builds are known, the others are bound by the workers.

Only what was proved is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from functools import partial

from zine.bind.binder import alone
from zine.bind.gathering import Gathered, Gathering, gather
from zine.bind.links import PrintedNumber
from zine.bind.objects import Objects, Run
from zine.bind.tags import Standing, Tagged
from zine.build.proofs import Proofs
from zine.diagnostics import Finding
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
            self._prove(gathering, made, partial(self._store.put, key, *written(made)))
            yield made

    def _prove(self, gathering: Gathering, made: Gathered, keep: Callable[[], None]) -> None:
        """Keep a gathering, once its structure is proved where it has one."""
        if not gathering.tags:
            keep()
        elif self._proofs is not None:
            named = [(section.title, section.standing) for section in gathering.sections]
            self._proofs.ask(prove_alone, made, named, gathering.titles, gathering.first, then=keep)

    def _kept(self, key: str) -> Gathered | None:
        kept = self._store.get(key)
        if kept is None:
            return None
        try:
            return read_back(*kept)
        except (ValueError, TypeError, LookupError):
            return None


def prove_alone(
    gathered: Gathered, sections: Sequence[tuple[str, Standing]], titles: Sequence[str], first: int
) -> tuple[Finding, ...]:
    """The proof of the structure of a gathering by itself.

    Args:
        sections: title and standing of each.
        titles: title of the section of every page.
        first: index of its first page in the publication.
    """
    pdf = alone(gathered, sections)
    return prove_structure(pdf, titles, first=first, above=sections[0][1].depth)


def written(gathered: Gathered) -> tuple[bytes, bytes]:
    """A gathering as it is kept: what is told of it as JSON, and its bytes."""
    objects, tagged = gathered.objects, gathered.tagged
    head = {
        "length": len(objects.data),
        "runs": [list(vars(run).values()) for run in objects.runs],
        "end": objects.end,
        "node": gathered.node,
        "pages": gathered.pages,
        "dictionaries": gathered.dictionaries,
        "tagged": tagged and list(vars(tagged).values()),
        "numbers": [list(vars(number).values()) for number in gathered.numbers],
    }
    return json.dumps(head).encode(), objects.data + gathered.fonts


def read_back(head: bytes, body: bytes) -> Gathered:
    """A gathering that was kept.

    Raises:
        ValueError, TypeError, LookupError: it is none.
    """
    told = json.loads(head)
    length = told["length"]
    tagged = None
    if told["tagged"]:
        uppers, leaf, first, last, ids = told["tagged"]
        own = tuple(tuple(numbers) for numbers in uppers)
        tagged = Tagged(own, leaf, first, last, tuple((name, number) for name, number in ids))
    return Gathered(
        Objects(body[:length], tuple(Run(*run) for run in told["runs"]), told["end"]),
        told["node"],
        tuple((number, head) for number, head in told["pages"]),
        body[length:],
        tuple(told["dictionaries"]),
        tagged,
        tuple(
            PrintedNumber(section, page, (x1, y1, x2, y2), target, title)
            for section, page, (x1, y1, x2, y2), target, title in told["numbers"]
        ),
    )
