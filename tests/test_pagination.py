"""Pagination: where sections stand, what their folios are, and when numbers hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zine.compiler.publication import Matter, Section, Side
from zine.content.entry import Entry
from zine.diagnostics import Place, ZineError
from zine.settings import Numbering
from zine.typeset.fitting import AS_MEASURED, SUNK, Arrangement
from zine.typeset.job import Anchor, Job, Typeset
from zine.typeset.pagemap import place_sections, roman
from zine.typeset.pagination import ROUNDS, Pagination, own_targets

MATTERS = [Matter.FRONT, Matter.BODY, Matter.BACK]


@st.composite
def books(draw):
    """Sections with sides and page counts: front matter, body, back matter."""
    sizes = [draw(st.integers(0, 4)) for _ in MATTERS]
    sections = [
        Section(f"s{matter}{number}", "text", "", matter, draw(st.sampled_from(list(Side))))
        for matter, size in zip(MATTERS, sizes, strict=True)
        for number in range(size)
    ]
    return sections, [draw(st.integers(1, 5)) for _ in sections]


NUMBERINGS = st.sampled_from(list(Numbering))


@given(books(), NUMBERINGS)
def test_sections_start_on_their_side_in_order_with_at_most_one_blank_between(book, numbering):
    sections, counts = book
    page_map = place_sections(sections, counts, numbering)
    end = 0
    for section, start, count in zip(sections, page_map.starts, counts, strict=True):
        assert end <= start <= end + 1
        if section.side is Side.ANY:
            assert start == end
        else:
            assert (start % 2 == 1) == (section.side is Side.VERSO)
        end = start + count
    assert page_map.total == end
    assert page_map.counts == tuple(counts)


@given(books(), NUMBERINGS)
def test_every_page_is_a_blank_or_belongs_to_one_section(book, numbering):
    sections, counts = book
    page_map = place_sections(sections, counts, numbering)
    owned = [s + i for s, n in zip(page_map.starts, counts, strict=True) for i in range(n)]
    assert len(owned) == len(set(owned))
    assert sorted([*owned, *page_map.blanks]) == list(range(page_map.total))


@given(books(), NUMBERINGS)
def test_odd_folios_stand_on_rectos_and_count_up(book, numbering):
    sections, counts = book
    page_map = place_sections(sections, counts, numbering)
    numbers = [page_map.number(index) for index in range(page_map.total)]
    for index, number in enumerate(numbers):
        assert number % 2 == (index + 1) % 2
        if index and page_map.is_roman(index) == page_map.is_roman(index - 1):
            assert number == numbers[index - 1] + 1
    labels = [page_map.label(index) for index in range(page_map.total)]
    assert len(set(labels)) == len(labels)


@given(books())
def test_roman_folios_are_those_before_the_body(book):
    sections, counts = book
    page_map = place_sections(sections, counts, Numbering.ROMAN_FRONT)
    starts = zip(sections, page_map.starts, strict=True)
    body = next((start for one, start in starts if one.matter is not Matter.FRONT), 0)
    for index in range(page_map.total):
        assert page_map.is_roman(index) == (index < body)
        assert page_map.label(index).isdecimal() != (index < body)
    if page_map.total > body:
        assert page_map.label(body) in ("1", "2")
    arabic = place_sections(sections, counts, Numbering.ARABIC)
    assert [arabic.label(n) for n in range(arabic.total)] == [
        str(n + 1) for n in range(arabic.total)
    ]


@given(st.integers(1, 3999))
def test_roman_numerals_read_back(number):
    values = dict(zip("ivxlcdm", (1, 5, 10, 50, 100, 500, 1000), strict=True))
    digits = [values[letter] for letter in roman(number)]
    following = [*digits[1:], 0]
    total = sum(-d if d < n else d for d, n in zip(digits, following, strict=True))
    assert total == number


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (99, "xcix"), (1994, "mcmxciv")],
)
def test_roman_numerals(number, numeral):
    assert roman(number) == numeral


def test_folios_of_targets_within_sections():
    sections = [
        Section("cover", "cover", "", Matter.FRONT, Side.RECTO),
        Section("entry", "entry", "", Matter.BODY, Side.VERSO),
    ]
    targets = [{}, {"entry": 0, "far": 2}]
    arabic = place_sections(sections, [2, 3], Numbering.ARABIC, targets)
    assert arabic.starts == (0, 3) and arabic.blanks == (2,)
    assert arabic.folios == {"cover": "1", "entry": "4", "far": "6"}
    latin = place_sections(sections, [2, 3], Numbering.ROMAN_FRONT, targets)
    assert latin.folios == {"cover": "i", "entry": "2", "far": "4"}


class Typesetter:
    """Sets sections as long as it is told, by what is printed in them."""

    def __init__(self, pages):
        self.pages = pages
        self.set: list[list[str]] = []

    def typeset(self, jobs: Iterable[Job], progress, follow=None):
        jobs = list(jobs)
        self.set.append([job.key for job in jobs])
        made = {job.key: self.one(job) for job in jobs}
        for job in jobs:
            following = follow(job, made[job.key]) if follow else None
            while following is not None:
                self.set.append([following.key])
                assert len(self.set) < 20, "it is set again and again"
                made[job.key] = self.one(following)
                following = follow(following, made[job.key])
        return made

    def one(self, job: Job) -> Typeset:
        count = self.pages(job)
        last = Anchor(count - 1, 0, 0, 1, 1)
        anchors = {"second-end": last} if job.key == "second" else {"_mark": last}
        return Typeset(job.key, b"", count, anchors)


def some_entry(slug):
    return Entry(slug, slug, "theory", Path(f"{slug}.md"), Place(f"{slug}.md"))


SECTIONS = [
    Section("contents", "contents", "Contents", Matter.FRONT),
    Section("first", "entry", "First entry", Matter.BODY, entry=some_entry("first")),
    Section("second", "entry", "Second entry", Matter.BODY, entry=some_entry("second")),
]


@dataclass(frozen=True)
class Fitting:
    """Gives an entry of one key an arrangement, and leaves the others as they are."""

    key: str = ""

    def arrangement(self, measured, foreseen=AS_MEASURED):
        return Arrangement("below" if measured.key == self.key else AS_MEASURED.name)

    def stands(self, measured, foreseen=AS_MEASURED):
        return self.arrangement(measured) == foreseen

    def evened(self, made, arrangement):
        return arrangement


PLAIN = Fitting()


def paged(pages, fitter=PLAIN, guess=(1, 1, 1), foreseen=lambda _: AS_MEASURED):
    """What is made of sections that print where the second entry stands."""
    typesetter = Typesetter(pages)

    def render(index, section, page_map, arrangement):
        shown = page_map.folios.get("second", "") if section.key == "contents" else ""
        return Job(section.key, f"{shown}|{arrangement.name}")

    pagination = Pagination(
        SECTIONS,
        Numbering.ARABIC,
        render,
        fitter,
        None,
        typesetter,
        lambda key, done, total: None,
        foreseen=foreseen,
    )
    return pagination.paged(guess), typesetter


def test_numbers_settle_and_only_what_changed_is_set_again():
    found, typesetter = paged(lambda job: {"contents": 1, "first": 5, "second": 2}[job.key])
    assert found.page_map.starts == (0, 1, 6)
    assert found.page_map.folios["second-end"] == "8"
    assert [one.key for one in found.sections] == ["contents", "first", "second"]
    assert typesetter.set == [["contents", "first", "second"], ["contents"]]
    assert found.rounds == 2


def test_a_section_that_grows_by_its_numbers_takes_another_round():
    def pages(job):
        number = int(job.html.split("|")[0] or 0)
        return 1 + (number > 4) if job.key == "contents" else 4

    found, _ = paged(pages)
    assert found.page_map.starts == (0, 2, 6)
    assert found.page_map.folios["second"] == "7"
    assert found.rounds == 3


def test_an_entry_that_stands_better_otherwise_is_set_again_at_once():
    def pages(job):
        return {"contents": 1, "second": 2}.get(job.key, 1 if "below" in job.html else 2)

    found, typesetter = paged(pages, Fitting("first"), guess=(1, 1, 2))
    assert found.page_map.starts == (0, 1, 2)
    assert [one.name for one in found.arrangements] == ["facing", "below", "facing"]
    assert typesetter.set[1:] == [["first"], []] and found.rounds == 2


def test_a_guess_that_proves_true_sets_nothing_twice():
    found, typesetter = paged(lambda job: 2, guess=(2, 2, 2))
    assert typesetter.set == [["contents", "first", "second"], []]
    again, _ = paged(lambda job: 2, guess=(1, 9, 1))
    assert again.page_map == found.page_map


def test_an_entry_that_is_foreseen_wrongly_is_set_once_more_as_it_stands():
    """What is foreseen decides how often a section is set, and nothing else."""

    def foreseen(section):
        return SUNK if section.key == "first" else AS_MEASURED

    found, typesetter = paged(lambda job: 2, guess=(2, 2, 2), foreseen=foreseen)
    plain, _ = paged(lambda job: 2, guess=(2, 2, 2))
    assert (found.page_map, found.arrangements) == (plain.page_map, plain.arrangements)
    assert typesetter.set == [["contents", "first", "second"], ["first"], []]


class Disappointed(Fitting):
    """What it chooses for the entry `key` does not come out, so that it stays as it was."""

    def evened(self, made, arrangement):
        return AS_MEASURED


def test_an_arrangement_that_does_not_come_out_is_not_chosen_again():
    found, typesetter = paged(lambda job: 2, Disappointed("first"), guess=(2, 2, 2))
    assert set(found.arrangements) == {AS_MEASURED}
    assert typesetter.set[0] == ["contents", "first", "second"]


def oscillating(job):
    """Contents that take a second page for an odd number, which makes the number even."""
    number = int(job.html.split("|")[0] or 0)
    return {"contents": 1 + number % 2, "first": 3, "second": 2}[job.key]


def test_numbers_that_never_settle_are_an_error_that_names_the_section():
    with pytest.raises(ZineError) as caught:
        paged(oscillating)
    (finding,) = caught.value.findings
    assert finding.code == "pagination-unstable"
    assert "“Contents”" in finding.message and "First entry" not in finding.message
    assert finding.hint


def test_it_is_given_up_after_five_rounds():
    rounds = []

    def pages(job):
        rounds.extend([job.html] if job.key == "contents" else [])
        return oscillating(job)

    with pytest.raises(ZineError, match="after 5 rounds"):
        paged(pages)
    assert len(rounds) == ROUNDS == 5


def test_marks_for_measuring_are_no_link_targets():
    anchor = Anchor(1, 0, 0, 1, 1)
    section = Typeset("s", b"", 2, {"_opener-end": anchor, "s": anchor})
    assert own_targets(section) == {"s": 1}
