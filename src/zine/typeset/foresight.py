"""Foresight: what sections came to last time, so that what will be wanted is begun early.

It decides nothing: what was foreseen wrongly is not used.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping

from zine.memory import keep, key_of, recalled
from zine.typeset.fitting import Arrangement

FEW = 4
"""Sections to be set above which there is enough to do without foresight."""


class Foresight:
    """How the sections of a publication were set when it was last built.

    Args:
        name: of the publication and of what decides its pages besides its content.
    """

    def __init__(self, name: str) -> None:
        self._key = key_of("set", name)
        self._known: dict[str, list[object]] = {}
        with contextlib.suppress(ValueError, TypeError):
            self._known = dict(json.loads(recalled(self._key) or "{}"))

    def pages(self, key: str) -> int | None:
        """How many pages a section took."""
        match self._known.get(key):
            case [int(pages), *_]:
                return pages
        return None

    def arrangement(self, key: str) -> Arrangement | None:
        """How a section stood."""
        try:
            _, *fields = self._known[key]
            return Arrangement(*fields)  # type: ignore[arg-type]
        except (LookupError, TypeError, ValueError):
            return None

    def learn(self, pages: Mapping[str, int], arrangements: Mapping[str, Arrangement]) -> None:
        """Remember how sections were set now."""
        known = {
            key: [count, *vars(arrangements.get(key, Arrangement())).values()]
            for key, count in pages.items()
        }
        keep(self._key, json.dumps(known))
