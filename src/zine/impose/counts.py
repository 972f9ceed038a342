"""Which numbers of pages fit a scheme, and what has to go where they do not."""

from __future__ import annotations

from dataclasses import dataclass

from zine.impose.options import DEFAULTS, Options
from zine.impose.registry import make_plan, scheme_named


@dataclass(frozen=True)
class Counts:
    """What a number of pages means for a scheme.

    Args:
        pages: as given.
        fits: the nearest length that has room for them; None where there are too many.
        shorter: the next length below, None where there is none or nothing is blank.
        sheets: of paper; 0 where there are too many pages.
        signatures: sewn or stapled one by one; 0 where nothing is bound in a fold.
        most: the most pages there can be, or None.
    """

    pages: int
    fits: int | None
    shorter: int | None
    sheets: int
    signatures: int
    most: int | None

    @property
    def blanks(self) -> int:
        """Blank pages at the end or before the back cover."""
        return self.fits - self.pages if self.fits else 0

    def __str__(self) -> str:
        text = f"{self.pages} page{'' if self.pages == 1 else 's'}"
        if self.fits is None:
            too_many = self.pages - (self.most or 0)
            return f"{text}: {self.most} fit if {_pages(too_many)}"
        if not self.blanks:
            return f"{text}: no blanks"
        text += f": {self.fits} fits with {self.blanks} blank{'' if self.blanks == 1 else 's'}"
        if self.shorter:
            text += f"; {self.shorter} if {_pages(self.pages - self.shorter)}"
        return text


def fitting_counts(name: str, pages: int, options: Options = DEFAULTS) -> Counts:
    """Which lengths fit: "31 pages: 32 fits with 1 blank; 28 if three pages go".

    Raises:
        UsageError: as `make_plan`, except that too many pages are an answer and no error.
    """
    scheme = scheme_named(name)
    most = scheme.most(options)
    if pages >= 1 and most is not None and pages > most:
        return Counts(pages, None, None, 0, 0, most)
    plan = make_plan(name, pages, options)
    extra = scheme.extra(options)
    fits = plan.places + extra
    less = fits - scheme.unit(options)
    shorter = extra < less < pages < fits and make_plan(name, less, options).places + extra == less
    whole = plan.finish.signature or plan.places
    signatures = -(-plan.places // whole) if plan.finish.nested else 0
    return Counts(pages, fits, less if shorter else None, len(plan.sheets), signatures, most)


def _pages(count: int) -> str:
    """In words, as "three pages go"."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    number = words[count] if count < len(words) else str(count)
    return f"{number} page goes" if count == 1 else f"{number} pages go"
