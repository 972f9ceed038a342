"""Building publications: compile, typeset, bind, prove, impose, write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from zine.build import laying
from zine.build.binding import bind_pages, expected_of
from zine.build.inks import condition_of, inks_of, press_notes
from zine.build.outputs import prepare_folder, write_all
from zine.build.pressed import CARDS, MINI, PIECES, deck_path, pieces
from zine.build.proofs import Proofs
from zine.build.quality import LookOver
from zine.build.report import Made, Options, Output, Report, Request
from zine.build.sheets import INSTRUCTIONS, Pages, on_sheets, sheet_of
from zine.build.spines import has_cover, with_spine
from zine.build.steps import Specification, Workshop
from zine.check import content_findings
from zine.diagnostics import Finding, UsageError, did_you_mean, error
from zine.impose.pages import single_pages
from zine.project import Project
from zine.prove.presswork import Press, prove_press
from zine.settings import Colour, EditionSpec, Settings
from zine.typeset.pagemap import PageMap
from zine.typeset.pagination import Paged
from zine.typeset.views.desk import Desk

READ = "read"
BOOKLET = "booklet"
PRESS = "press"


def build(project: Project, requests: Sequence[Request], options: Options | None = None) -> Report:
    """Make publications; files are written when all of them are proved.

    Raises:
        ZineError: something stops the build; all problems known at that point are named, and
            what stood in the output folder still stands there.
        UsageError: a name that was asked for is not there, or two publications would have one
            file.
    """
    workshop = Workshop(project, options or Options())
    with workshop.at_work():
        return _built(workshop, requests)


def _built(workshop: Workshop, requests: Sequence[Request]) -> Report:
    workshop.start()
    project = workshop.project
    workshop.note((*project.findings, *content_findings(project)))
    publications = []
    problems: list[Finding] = []
    for request in dict.fromkeys(requests):
        editions: tuple[EditionSpec, ...] = ()
        try:
            editions = _editions(request, project.settings)
        except UsageError as problem:
            problems += problem.findings
        try:
            publications.append((workshop.compile(request.selection), request, editions))
        except UsageError as problem:
            problems += problem.findings
    if problems:
        raise UsageError(dict.fromkeys(problems))
    out = workshop.options.out or project.root / "dist"
    _refuse_clashes(
        (publication.title, _path(out, publication.name, edition, request, project.settings))
        for publication, request, editions in publications
        for edition in editions
        if edition.kind != MINI
    )
    prepare_folder(out)
    proofs = Proofs(workshop.workers)
    made: list[Made] = []
    page_maps: dict[str, PageMap] = {}
    for publication, request, editions in publications:
        whole = [one for one in editions if one.kind not in PIECES]
        for specification, group in specified(whole, request, project.settings):
            dressed = workshop.compile(request.selection, specification.theme)
            desk = workshop.desk(dressed, specification)
            paged = workshop.paginate(desk, publication.title)
            page_maps.setdefault(publication.name, paged.page_map)
            look = LookOver(desk, paged, workshop.alphabet, workshop.workers)
            # Tags tell the headings: the read edition decides where there is one.
            looked = next((one for one in group if one.kind != BOOKLET), group[0])
            for edition in group:
                own = look if edition == looked else None
                made += _make(workshop, proofs, desk, paged, edition, request, out, own)
        for edition in editions:
            if edition.kind in PIECES:
                made += pieces(workshop, publication, edition, request, out)
    workshop.note(proofs.findings())
    write_all(made)
    return Report(tuple(one.output for one in made), page_maps, tuple(workshop.findings))


def _editions(request: Request, settings: Settings) -> tuple[EditionSpec, ...]:
    if not request.editions:
        return settings.editions
    known = {edition.name: edition for edition in (*settings.editions, *settings.stock)}
    missing = [name for name in request.editions if name not in known]
    if missing:
        raise UsageError(
            error(
                "edition-unknown",
                f"there is no edition “{name}”",
                hint=did_you_mean(name, list(known)),
            )
            for name in missing
        )
    return tuple(known[name] for name in request.editions)


def specified(
    editions: Iterable[EditionSpec], request: Request, settings: Settings
) -> list[tuple[Specification, list[EditionSpec]]]:
    """Editions by what decides their pages, so that those that share them are set once."""
    groups: dict[Specification, list[EditionSpec]] = {}
    for edition in editions:
        trim = laying.trim_of(edition, sheet_of(edition, request), settings)
        specification = Specification(trim, edition.theme, laying.tone_of(edition))
        groups.setdefault(specification, []).append(edition)
    return list(groups.items())


def _make(
    workshop: Workshop,
    proofs: Proofs,
    desk: Desk,
    paged: Paged,
    edition: EditionSpec,
    request: Request,
    out: Path,
    look: LookOver | None,
) -> list[Made]:
    publication, settings = desk.publication, desk.settings
    press = edition.kind in (BOOKLET, PRESS)
    inks = inks_of(edition) if press or edition.colour is not Colour.COLOUR else None
    gatherer = workshop.gatherer(proofs, look.ask) if look else workshop.gatherer(proofs)
    bound = bind_pages(
        desk, paged, crop=not press, inks=inks, gatherer=gatherer, uniter=gatherer.united
    )
    expected = expected_of(desk, paged, bound)
    name = f"{publication.name} {edition.name} {desk.geometry.trim.name}"
    proofs.audit(bound, expected, name, tagged=not press)
    if look:
        workshop.note(look.findings(bound.pdf))
    path = _path(out, publication.name, edition, request, settings)
    titles = expected.titles
    proof = Press(edition.colour, desk.geometry, titles, condition_of(edition))
    if not press:
        return [Made(Output(path, publication.title, edition.name, bound.pages), bound.pdf)]
    if edition.kind == PRESS:
        content = single_pages(bound.pdf, edition.marks)
        workshop.note((*prove_press(content, proof), *press_notes(edition)))
        return [Made(Output(path, publication.title, edition.name, bound.pages), content)]
    sheet = sheet_of(edition, request) or laying.paired_or_error(desk.geometry.trim, edition)
    spined = partial(with_spine, workshop, desk, paged, inks) if has_cover(desk) else None
    flat = Pages(
        publication.title,
        bound.pdf,
        bound.pages,
        desk.geometry.trim,
        publication.closing,
        spined=spined,
    )
    made = on_sheets(workshop, flat, edition, request, sheet, path)
    workshop.note(press_notes(edition))
    if edition.colour is not Colour.COLOUR:
        for one in made:
            if not one.output.edition.endswith(INSTRUCTIONS):
                workshop.note(prove_press(one.content, replace(proof, titles=(), boxes=False)))
    return made


def _path(out: Path, stem: str, edition: EditionSpec, request: Request, settings: Settings) -> Path:
    """Where an edition of a publication is written."""
    if edition.kind == CARDS:
        return deck_path(out, stem, edition, request, settings)
    sheet = sheet_of(edition, request)
    own = laying.own_trim(edition, settings)
    if edition.kind == BOOKLET:
        sheet = sheet or laying.paired_or_error(own, edition)
        return out / f"{stem}-{edition.name}-{sheet.name}.pdf"
    trim = laying.trim_of(edition, sheet, settings)
    trimmed = "" if trim == own else f"-{trim.name}"
    named = "" if edition.name == READ else f"-{edition.name}"
    return out / f"{stem}{trimmed}{named}.pdf"


def _refuse_clashes(planned: Iterable[tuple[str, Path]]) -> None:
    """Raise where two publications, or two editions of one, would be written to one file."""
    owners: dict[Path, str] = {}
    problems = []
    for title, path in planned:
        if path in owners:
            message = f"“{owners[path]}” and “{title}” would both be written to {path.name}"
            hint = "make them one after the other, each with an --output folder of its own"
            problems.append(error("output-twice", message, hint=hint))
        owners.setdefault(path, title)
    if problems:
        raise UsageError(problems)
