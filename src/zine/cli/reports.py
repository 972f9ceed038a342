"""A build's report on the way out: paths, JSON, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zine.cli.voice import Voice

if TYPE_CHECKING:  # the build is imported by the commands that build
    from zine.build import Report
    from zine.content.library import Library
    from zine.typeset.pagemap import PageMap


def tell(report: Report, library: Library, voice: Voice) -> None:
    """Paths of what was made first, then what was noticed."""
    for output in report.outputs:
        voice.made(output.path)
    voice.findings(report.findings, brief=True)
    voice.result(report_data(report, library), report.findings)


def report_data(report: Report, library: Library) -> dict[str, object]:
    """The outputs and page maps of a report for machines; paths are absolute."""
    return {
        "outputs": [
            {
                "path": str(output.path.absolute()),
                "title": output.title,
                "edition": output.edition,
                "pages": output.pages,
                "sheets": output.sheets,
            }
            for output in report.outputs
        ],
        "page_maps": {
            name: {"pages": page_map.total, "entries": entry_folios(page_map, library)}
            for name, page_map in report.page_maps.items()
        },
    }


def entry_folios(page_map: PageMap, library: Library) -> dict[str, str]:
    """Slug of an entry → folio on which it starts, in the order of the pages."""
    keys = {f"entry-{slug}": slug for slug in library.by_slug}
    places = sorted((page, key) for key, page in page_map.targets.items() if key in keys)
    return {keys[key]: page_map.label(page) for page, key in places}
