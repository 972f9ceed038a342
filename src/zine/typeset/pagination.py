"""Pagination: sections are set, once where that is enough, and placed on pages; numbers are true.

Sections are set with neutral numbers (`zine.typeset.neutral`), which the binder writes over. What
is set again are entries that stand better in another arrangement, and sections whose numbers come
to have another count of digits, or that come to start on the other side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from zine.compiler.publication import Section
from zine.diagnostics import Finding, ZineError, error
from zine.settings import Numbering
from zine.typeset.fitting import AS_MEASURED, Arrangement, Fitter
from zine.typeset.foresight import FEW, Foresight
from zine.typeset.job import Job, Slot, Typeset
from zine.typeset.neutral import FIGURES, Numbers, figures_job, rows_for
from zine.typeset.pagemap import PageMap, place_sections
from zine.typeset.workers import Progress, Typesetter

ROUNDS = 5

Render = Callable[[int, Section, PageMap, Arrangement], Job]
Rows = Mapping[Slot, tuple[str, ...]]


@dataclass(frozen=True)
class Paged:
    """Sections as they will be bound.

    Args:
        page_map: where they stand.
        sections: their pages, in order.
        rounds: how often sections were set until the numbers held.
        arrangements: how each was set.
        rows: for each, the numbers to write over: slot → the glyphs of the ten figures.
        figures: the pages that hold these glyphs; None where nothing is written over.
    """

    page_map: PageMap
    sections: tuple[Typeset, ...]
    rounds: int
    arrangements: tuple[Arrangement, ...] = ()
    rows: tuple[Rows, ...] = ()
    figures: Typeset | None = None


@dataclass
class Pagination:
    """The pagination of one publication.

    Args:
        sections: in reading order.
        numbering: arabic throughout, or roman before the body.
        render: makes the job of a section: (position, section, page map, arrangement).
        fitter: chooses the arrangement of entries.
        numbers: makes the numbers of a job neutral; None sets all of them as they are.
        typesetter: sets jobs.
        progress: told of each section that was set.
        foresight: of what sections will come to.
        order: indexes of sections in the order in which they are made into jobs, so that those
            that will have to be set are set while others are made; None for that of reading.
        foreseen: tells from its content how a section is set to be measured.
    """

    sections: Sequence[Section]
    numbering: Numbering
    render: Render
    fitter: Fitter
    numbers: Numbers | None
    typesetter: Typesetter
    progress: Progress
    foresight: Foresight | None = None
    order: Sequence[int] | None = None
    foreseen: Callable[[Section], Arrangement] = lambda _: AS_MEASURED
    _jobs: dict[str, Job] = field(default_factory=dict)
    _made: dict[str, Typeset] = field(default_factory=dict)
    _arrangements: dict[str, Arrangement] = field(default_factory=dict)
    _plain: set[str] = field(default_factory=set)
    _rows: dict[str, Rows] = field(default_factory=dict)
    _figures: Typeset | None = None

    def paged(self, guess: Sequence[int]) -> Paged:
        """Set all sections until counts, targets and therefore all numbers are stable.

        Args:
            guess: for each section, how many pages it may take.

        Raises:
            ZineError: the numbers do not settle in `ROUNDS` rounds; the finding names the sections.
        """
        counts, targets = tuple(guess), self._targets()
        page_map = place_sections(self.sections, counts, self.numbering)
        self._measure(page_map, counts)
        for rounds in range(2, ROUNDS + 1):
            counts, targets = self._counts(), self._targets()
            page_map = place_sections(self.sections, counts, self.numbering, targets)
            self._set_changed(page_map, counts)
            if (counts, targets) == (self._counts(), self._targets()) and self._all_written():
                return self._result(page_map, rounds)
        raise ZineError([self._unsettled(counts, targets)])

    def _measure(self, page_map: PageMap, counts: Sequence[int]) -> None:
        """Set every section as it may stand, and again where it stands better otherwise."""
        places = {section.key: index for index, section in enumerate(self.sections)}
        stand: dict[str, Typeset] = {}

        def jobs() -> Iterator[Job]:
            begun = 0
            if self.numbers is not None:
                yield figures_job()
            for index in self.order or range(len(self.sections)):
                section = self.sections[index]
                foreseen = self.foreseen(section)
                if foreseen != AS_MEASURED:
                    self._arrangements[section.key] = foreseen
                job = self._measured(index, page_map, counts, foreseen)
                self._jobs[section.key] = job
                yield job
                if section.key not in stand and begun < FEW:
                    begun += self._begin(index, page_map, counts)
            self._foresee(page_map, counts, stand)

        def follow(job: Job, made: Typeset) -> Job | None:
            if job.key == FIGURES:
                return None
            before = self._arrangements.get(job.key, AS_MEASURED)
            if job.wanted is None:
                arrangement = self.fitter.evened(made, before)
            else:
                arrangement = self.fitter.arrangement(made, before)
            if arrangement == before:
                stand[job.key] = made
                return None
            self._arrangements[job.key] = arrangement
            # What was foreseen wrongly is measured; what does not come out as it was chosen is not
            # measured once more, or would be chosen again.
            anew = job.wanted is not None and arrangement == AS_MEASURED
            set_as = self._measured if anew else self._job
            again = set_as(places[job.key], page_map, counts, arrangement)
            self._jobs[job.key] = again
            return again

        made = self.typesetter.typeset(jobs(), self.progress, follow)
        self._figures = made.pop(FIGURES, None)
        self._made |= made

    def _measured(
        self, index: int, page_map: PageMap, counts: Sequence[int], arrangement: Arrangement
    ) -> Job:
        """A job whose pages are drawn only where the section stays as it is set by it."""
        wanted: Callable[[Typeset], bool] = self.fitter.stands
        if arrangement != AS_MEASURED:
            wanted = partial(self.fitter.stands, foreseen=arrangement)
        return replace(self._job(index, page_map, counts, arrangement), wanted=wanted)

    def _begin(self, index: int, page_map: PageMap, counts: Sequence[int]) -> bool:
        """Have a section set as it stood in the last build, while it is measured; whether it was.

        What stood as measured will need no more than that.
        """
        if self.foresight is None:
            return False
        arrangement = self.foresight.arrangement(self.sections[index].key)
        if arrangement in (None, self._arrangements.get(self.sections[index].key, AS_MEASURED)):
            return False
        self.typesetter.begin(self._job(index, page_map, counts, arrangement))
        return True

    def _foresee(
        self, page_map: PageMap, counts: Sequence[int], stand: Mapping[str, Typeset]
    ) -> None:
        """While the workers set the last few sections: make the jobs that will probably follow.

        Args:
            stand: sections that are set.
        """
        rest = [at for at, section in enumerate(self.sections) if section.key not in stand]
        if self.foresight is None or not 0 < len(rest) <= FEW:
            return
        arrangements = dict(self._arrangements)
        likely = [
            made.pages if (made := stand.get(section.key)) else count
            for section, count in zip(self.sections, counts, strict=True)
        ]
        for at in rest:
            key = self.sections[at].key
            likely[at] = self.foresight.pages(key) or likely[at]
            arrangements[key] = self.foresight.arrangement(key) or AS_MEASURED
        targets = [own_targets(stand[one.key]) if one.key in stand else {} for one in self.sections]
        page_map = place_sections(self.sections, likely, self.numbering, targets)
        for at, section in enumerate(self.sections):  # whoever renders remembers
            self.render(at, section, page_map, arrangements.get(section.key, AS_MEASURED))

    def _set_changed(self, page_map: PageMap, counts: Sequence[int]) -> None:
        changed = []
        for index, section in enumerate(self.sections):
            arrangement = self._arrangements.get(section.key, AS_MEASURED)
            job = self._job(index, page_map, counts, arrangement)
            before = self._jobs[section.key]
            if (job.html, job.neutral) != (before.html, before.neutral):
                self._jobs[section.key] = job
                changed.append(job)
        self._made |= self.typesetter.typeset(changed, self.progress)

    def _job(
        self, index: int, page_map: PageMap, counts: Sequence[int], arrangement: Arrangement
    ) -> Job:
        section = self.sections[index]
        job = self.render(index, section, page_map, arrangement)
        if self.numbers is None or section.key in self._plain:
            return job
        return self.numbers.job(job, counts[index])

    def _all_written(self) -> bool:
        """Whether all neutral numbers can be written over; what cannot is set as it is."""
        found = {
            section.key: rows_for(self._made[section.key], self._figures)
            for section in self.sections
            if self._jobs[section.key].neutral
        }
        self._rows = {key: rows for key, rows in found.items() if rows is not None}
        lost = found.keys() - self._rows.keys()
        self._plain |= lost
        return not lost

    def _counts(self) -> tuple[int, ...]:
        return tuple(self._made[section.key].pages for section in self.sections)

    def _targets(self) -> tuple[dict[str, int], ...]:
        made = (self._made.get(section.key) for section in self.sections)
        return tuple(own_targets(one) if one else {} for one in made)

    def _result(self, page_map: PageMap, rounds: int) -> Paged:
        made = tuple(self._made[section.key] for section in self.sections)
        rows = tuple(self._rows.get(one.key, {}) for one in made)
        arrangements = tuple(
            self._arrangements.get(section.key, AS_MEASURED) for section in self.sections
        )
        figures = self._figures if any(rows) else None
        if self.foresight is not None:
            self.foresight.learn({one.key: one.pages for one in made}, self._arrangements)
        return Paged(page_map, made, rounds, arrangements, rows, figures)

    def _unsettled(self, counts: Sequence[int], targets: Sequence[Mapping[str, int]]) -> Finding:
        now = zip(self.sections, counts, self._counts(), targets, self._targets(), strict=True)
        moving = [one.title for one, a, b, c, d in now if (a, c) != (b, d)]
        names = ", ".join(f"“{title}”" for title in moving)
        message = (
            f"page numbers do not settle: after {ROUNDS} rounds these sections still move: {names}"
        )
        hint = "add or take away a line in one of them"
        return error("pagination-unstable", message, hint=hint)


def own_targets(section: Typeset) -> dict[str, int]:
    """The link targets of a section; ids that start with "_" are marks for measuring."""
    return {
        name: anchor.page for name, anchor in section.anchors.items() if not name.startswith("_")
    }
