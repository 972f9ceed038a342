"""Gatherings of a build: those of earlier builds are known, the others are bound by the workers.

Only what was proved is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any

from zine.bind.binder import alone
from zine.bind.bookfonts import BookFonts, united
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
        made: dict[str, Future[Gathered] | Gathered] = {}
        # First what is probably not there: workers bind it while the rest is read.
        for key, gathering in sorted(
            zip(keys, gatherings, strict=True), key=lambda one: self._store.has(one[0])
        ):
            if key not in made:
                made[key] = self._kept(key) or ask(self._workers, gather, gathering)
        self._then()
        for key, gathering in zip(keys, gatherings, strict=True):
            one = made[key]
            if isinstance(one, Future):
                one = made[key] = answer(one)
                self._prove(gathering, one, partial(self._store.put, key, *written(one)))
            yield one

    def united(self, fonts: BookFonts) -> Objects:
        """The fonts of gatherings, united once."""
        key = key_of(surroundings(), fonts.decided_by())
        try:
            if kept := self._store.get(key):
                return objects_of(json.loads(kept[0]), kept[1])
        except (ValueError, TypeError, LookupError):
            pass  # what cannot be read back is made again
        made = united(fonts)
        self._store.put(key, json.dumps(told_of(made)).encode(), made.data)
        return made

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
        "objects": told_of(objects),
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
    objects = objects_of(told["objects"], body)
    tagged = None
    if told["tagged"]:
        uppers, leaf, first, last, ids = told["tagged"]
        own = tuple(tuple(numbers) for numbers in uppers)
        tagged = Tagged(own, leaf, first, last, tuple((name, number) for name, number in ids))
    return Gathered(
        objects,
        told["node"],
        tuple((number, head) for number, head in told["pages"]),
        body[len(objects.data) :],
        tuple(told["dictionaries"]),
        tagged,
        tuple(
            PrintedNumber(section, page, (x1, y1, x2, y2), target, title)
            for section, page, (x1, y1, x2, y2), target, title in told["numbers"]
        ),
    )


def told_of(objects: Objects) -> dict[str, object]:
    """What is told of objects beside their data, as JSON has it."""
    runs = [list(vars(run).values()) for run in objects.runs]
    return {"length": len(objects.data), "runs": runs, "end": objects.end}


def objects_of(told: dict[str, Any], data: bytes) -> Objects:
    """Objects that were kept, at the beginning of some data.

    Raises:
        ValueError, TypeError, LookupError: there are none.
    """
    runs = tuple(Run(*run) for run in told["runs"])
    return Objects(data[: told["length"]], runs, told["end"])
