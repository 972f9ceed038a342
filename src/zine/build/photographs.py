"""Photographs of a project: prepared for where they print, each once in a build."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from zine.content.bodypictures import pictures_in
from zine.content.entry import Entry
from zine.content.files import shown_path
from zine.content.texts import read_text
from zine.diagnostics import Finding, Place
from zine.project import Project
from zine.settings import Pictures
from zine.typeset.images import IN_COLOUR, Box, Prepared, prepare
from zine.typeset.tones import Tone

Made = tuple[dict[Path, Prepared], list[Finding]]
"""Pictures by their files, and what there is to say of them."""


class Photographs:
    """The photographs of a project.

    Args:
        project: whose cache they are kept in.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._made: dict[tuple[Path, Box | None, float, Tone], Prepared | None] = {}

    def of_openers(
        self, entries: Iterable[Entry], box: Box, measure: float, tone: Tone = IN_COLOUR
    ) -> Made:
        """The first picture of each entry that is there, prepared for a box of the opener."""
        wanted = []
        for entry in entries:
            found = ((one.path, one.place) for one in entry.pictures if one.path)
            wanted += list(islice(found, 1))
        return self._prepare(wanted, box, measure, tone)

    def in_texts(self, entries: Iterable[Entry], measure: float, tone: Tone = IN_COLOUR) -> Made:
        """The pictures in running texts, kept whole for the measure."""
        wanted = [
            (path, Place(entry.place.path, entry.body_line))
            for entry in entries
            for path in pictures_in(entry.body, entry.path.parent, self._project.root).values()
        ]
        settings = self._project.settings
        texts = [spec.text for spec in (*settings.front, *settings.back)]
        texts += [chapter.introduction for chapter in settings.chapters]
        for text in (*texts, *(path for _, path in settings.texts)):
            if text is not None:
                body = read_text(text, self._project.root).body
                place = Place.of(shown_path(text, self._project.root))
                found = pictures_in(body, text.parent, self._project.root)
                wanted += [(path, place) for path in found.values()]
        return self._prepare(wanted, None, measure, tone)

    def _prepare(
        self, wanted: Iterable[tuple[Path, Place]], box: Box | None, measure: float, tone: Tone
    ) -> Made:
        if tone.pictures is Pictures.NONE:
            return {}, []
        prepared: dict[Path, Prepared] = {}
        findings: list[Finding] = []
        folder = self._project.cache / "images"
        for path, place in wanted:
            key = (path, box, measure, tone)
            if key not in self._made:
                made, noticed = prepare(path, box, measure, folder, place, tone)
                self._made[key] = made
                findings += noticed
            if found := self._made[key]:
                prepared[path] = found
        return prepared, findings
