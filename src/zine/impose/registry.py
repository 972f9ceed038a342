"""All schemes by name: what each makes, which options it takes, which lengths it can have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

from zine.diagnostics import Finding, UsageError, did_you_mean, error
from zine.impose import loose, schemes
from zine.impose.options import DEFAULTS, Options
from zine.impose.sheets import Plan

_COMMON = ("flip", "landscape")
_BOUND = (*_COMMON, "rtl", "keep_last")


def _none(_: Options) -> int:
    return 0


def _endless(_: Options) -> None:
    return None


@dataclass(frozen=True)
class Scheme:
    """A way of laying pages on sheets.

    Args:
        name: as on the command line.
        summary: one line.
        make: number of pages and options to plan; it raises ValueError.
        takes: names of the `Options` it heeds; it refuses the others.
        unit: pages of one sheet of paper, both sides; of a strip, pages of one panel.
        grid: rows and columns of a side; None where the options or the pages decide.
        forms: its variants by name, the default first.
        extra: pages beside those of the unit (posters, a common back).
        most: the most pages there can be, `extra` counted; None where there is no end.
        fixed: it has one sheet and `unit` pages, however many of them are blank.
    """

    name: str
    summary: str
    make: Callable[[int, Options], Plan]
    takes: tuple[str, ...]
    unit: Callable[[Options], int]
    grid: tuple[int, int] | None
    forms: tuple[str, ...] = ()
    extra: Callable[[Options], int] = _none
    most: Callable[[Options], int | None] = _endless
    fixed: bool = False


def _four(_: Options) -> int:
    return 4


def _eight(_: Options) -> int:
    return 8


def _up(options: Options, rows: int, columns: int) -> int:
    rows, columns = options.grid or (rows, columns)
    return rows * columns


def _cards_unit(options: Options) -> int:
    sides = 1 if options.one_sided or options.common_back else 2
    return sides * _up(options, 2, 4)


def _sides(options: Options) -> int:
    return 1 if options.one_sided else 2


SCHEMES: Mapping[str, Scheme] = MappingProxyType(
    {
        scheme.name: scheme
        for scheme in (
            Scheme(
                "saddle",
                "booklet: sheets nested, folded once and stapled through the fold",
                schemes.saddle,
                _BOUND,
                _four,
                (1, 2),
            ),
            Scheme(
                "signatures",
                "sewn book: signatures of a few sheets, each nested and folded once",
                schemes.signatures,
                (*_BOUND, "sheets"),
                _four,
                (1, 2),
            ),
            Scheme(
                "perfect",
                "glued book: every sheet folded on its own, stacked and glued at the spine",
                schemes.perfect,
                _BOUND,
                _four,
                (1, 2),
            ),
            Scheme(
                "quarto",
                "signatures of sheets folded twice, four pages a side, opened at the head",
                schemes.quarto,
                (*_BOUND, "sheets", "form", "gap"),
                _eight,
                (2, 2),
                ("together", "nested"),
            ),
            Scheme(
                "octavo",
                "signatures of one sheet folded three times, eight pages a side",
                schemes.octavo,
                (*_BOUND, "gap"),
                lambda _: 16,
                (2, 4),
            ),
            Scheme(
                "four-up",
                "small booklet, four pages a side: cut across, nest the halves, fold and staple",
                schemes.four_up,
                (*_BOUND, "form", "gap"),
                _eight,
                (2, 2),
                ("nest", "upright"),
            ),
            Scheme(
                "cut-stack-fold",
                "narrow booklet, four pages side by side: cut, lay the stacks together, fold",
                schemes.cut_stack_fold,
                (*_BOUND, "gap"),
                _eight,
                (1, 4),
            ),
            Scheme(
                "cut-stack",
                "single leaves: cut, lay the stacks on one another, bind at the edge",
                loose.cut_stack,
                (*_BOUND, "grid", "gap"),
                lambda options: 2 * _up(options, 1, 2),
                None,
            ),
            Scheme(
                "mini",
                "mini zine: eight pages on one side of one sheet, one slit, no staple",
                loose.mini,
                (*_BOUND, "form", "poster", "poster_upright"),
                _eight,
                (2, 4),
                ("heads", "feet"),
                extra=lambda options: options.poster,
                most=lambda options: loose.MINI_PAGES + options.poster,
                fixed=True,
            ),
            Scheme(
                "accordion",
                "strip folded to and fro, printed on both sides or on one",
                loose.accordion,
                (*_BOUND, "one_sided"),
                _sides,
                None,
                most=lambda options: _sides(options) * loose.ACCORDION_PANELS,
            ),
            Scheme(
                "c-fold",
                "leaflet of six panels, the narrower flap folded in",
                loose.leaflet,
                (*_BOUND, "widths"),
                lambda _: loose.LEAFLET_PAGES,
                (1, 3),
                most=lambda _: loose.LEAFLET_PAGES,
                fixed=True,
            ),
            Scheme(
                "copies",
                "the same pages two, four or more times on a sheet, to be cut apart",
                loose.copies,
                (*_COMMON, "grid", "one_sided", "gap"),
                _sides,
                None,
            ),
            Scheme(
                "cards",
                "cards with their backs behind them, to be cut apart",
                loose.cards,
                (*_COMMON, "grid", "form", "one_sided", "common_back", "gap"),
                _cards_unit,
                None,
                ("sheet", "stack"),
                extra=lambda options: int(options.common_back),
            ),
        )
    }
)


def scheme_named(name: str) -> Scheme:
    """The scheme of that name, any case.

    Raises:
        UsageError: there is none, finding "scheme-unknown".
    """
    folded = name.strip().casefold().replace("_", "-").replace(" ", "-")
    if folded not in SCHEMES:
        message = f"there is no scheme called “{name}”"
        hint = did_you_mean(name, list(SCHEMES))
        raise UsageError([error("scheme-unknown", message, hint=hint)])
    return SCHEMES[folded]


def make_plan(name: str, pages: int, options: Options = DEFAULTS) -> Plan:
    """The plan of a scheme.

    Raises:
        UsageError: there is no such scheme, it does not take an option, has no such form or grid,
            or cannot have so many pages; findings "scheme-unknown", "scheme-option",
            "scheme-pages".
    """
    scheme = scheme_named(name)
    problems = list(_refused(scheme, options))
    if problems:
        raise UsageError(problems)
    most = scheme.most(options)
    if pages < 1 or (most is not None and pages > most):
        raise UsageError([_length_error(scheme, pages, options)])
    try:
        return scheme.make(pages, options)
    except ValueError as problem:
        raise UsageError([error("scheme-option", f"{scheme.name}: {problem}")]) from problem


def _refused(scheme: Scheme, options: Options) -> list[Finding]:
    refused = [
        field.name
        for field in fields(Options)
        if field.name not in scheme.takes
        and getattr(options, field.name) != getattr(DEFAULTS, field.name)
    ]
    problems = [
        error(
            "scheme-option",
            f"{scheme.name} has no option “{name.replace('_', '-')}”",
            hint="it takes " + ", ".join(one.replace("_", "-") for one in scheme.takes),
        )
        for name in refused
    ]
    if scheme.forms and options.form not in (None, *scheme.forms):
        message = f"{scheme.name} has no form “{options.form}”"
        hint = did_you_mean(options.form or "", scheme.forms)
        problems.append(error("scheme-option", message, hint=hint))
    return problems


def _length_error(scheme: Scheme, pages: int, options: Options) -> Finding:
    if pages < 1:
        return error("scheme-pages", "there is no page to impose", hint="is the PDF empty?")
    return error(
        "scheme-pages",
        f"{scheme.name} has room for {scheme.most(options)} pages, these are {pages}",
        hint="leave pages out, or take another scheme",
    )
