"""Pages: one section, its place and its view become a job for the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from zine.compiler.publication import Section
from zine.compiler.references import References
from zine.content.tongues import direction
from zine.typeset.display import running_head
from zine.typeset.fitting import AS_MEASURED, SUNK, Arrangement
from zine.typeset.job import Job
from zine.typeset.layouts import Layouts
from zine.typeset.pagecss import section_css
from zine.typeset.pagemap import PageMap
from zine.typeset.views.apparatus import is_short
from zine.typeset.views.back import credits_view
from zine.typeset.views.contents import contents_view
from zine.typeset.views.desk import Desk
from zine.typeset.views.entry import entry_view
from zine.typeset.views.front import (
    back_cover_view,
    blurb_rules,
    chapter_display,
    chapter_view,
    cover_art_top,
    cover_display,
    cover_view,
    group_view,
    imprint_view,
    opener_top,
    text_view,
    title_page_display,
    title_page_view,
)
from zine.typeset.views.indexes import index_view

View = Callable[[Section, Desk, References], dict[str, object]]


_ENTRY = "entries/entry.html"
_Place = tuple[int, int, bool, int, Arrangement]


@dataclass(frozen=True)
class PageMaker:
    """Makes the jobs of one publication, each again only where something in it is another."""

    desk: Desk
    layouts: Layouts
    _made: dict[int, tuple[_Place, dict[str, str | None], Job]] = field(default_factory=dict)

    def foreseen(self, section: Section) -> Arrangement:
        """How a section is set to be measured: as it will probably stay."""
        if section.entry is None or self._template(section) != _ENTRY:
            return AS_MEASURED
        return SUNK if is_short(section.entry, self.desk) else AS_MEASURED

    def job(self, index: int, section: Section, page_map: PageMap, arrangement: Arrangement) -> Job:
        """The HTML of a section at its place in the page map.

        Args:
            index: position of the section in the publication.
            arrangement: chosen by fitting.
        """
        start = page_map.starts[index]
        total = page_map.total if section.kind == "imprint" else 0
        place = start % 2, page_map.number(start), page_map.is_roman(start), total, arrangement
        if index in self._made:
            before, asked, job = self._made[index]
            if place == before and all(page_map.folios.get(k) == v for k, v in asked.items()):
                return job
        folios = _Asked(page_map.folios)
        job = self._job(index, section, page_map, folios, arrangement)
        self._made[index] = place, folios.asked, job
        return job

    def _job(
        self,
        index: int,
        section: Section,
        page_map: PageMap,
        folios: Mapping[str, str],
        arrangement: Arrangement,
    ) -> Job:
        references = self.desk.references(folios)
        context = self._view(section, references, page_map, arrangement)
        context |= {
            "section": section,
            "publication": self.desk.publication,
            "settings": self.desk.settings,
            "words": self.desk.words,
            "direction": direction(self.desk.settings.language),
            "run": running_head(
                section.title, self.desk.geometry, str(context.get("full_note", ""))
            ),
            "one_column": self.desk.geometry.columns == 1,
            "page_rules": self._rules(
                section, page_map.starts[index], references, page_map, arrangement
            ),
        }
        if "sunk" in context:
            context["page_rules"] = (
                f"{context['page_rules']}:root{{--contents-sunk:{context['sunk']}pt;"
                f"--contents-top:{context['top']:g}pt}}"
            )
        return Job(section.key, self.layouts.render(self._template(section), context))

    def _template(self, section: Section) -> str:
        if section.kind != "entry":
            return f"{section.kind}.html"
        assert section.entry is not None
        own = f"entries/{section.entry.type}.html"
        return own if self.layouts.exists(own) else _ENTRY

    def _rules(
        self,
        section: Section,
        start: int,
        references: References,
        page_map: PageMap,
        arrangement: Arrangement,
    ) -> str:
        tab_type, place = "", (0, 1)
        if section.chapter and section.kind in ("entry", "chapter", "group"):
            look = section.chapter.look
            if section.entry:
                look = self.desk.settings.type_of(section.entry.type)
            tab_type = look.id
            place = (section.chapter.place_index, len(self.desk.publication.chapters))
        css = section_css(
            self.desk.geometry,
            first_folio=page_map.number(start),
            verso=start % 2 == 1,
            roman=page_map.is_roman(start) and section.folios,
            tab_type=tab_type,
            tab_place=place,
            versos=(True,) if section.kind == "chapter" else (True, False),
            rtl=self.desk.settings.rtl,
        )
        display = None
        if section.kind == "cover":
            display = cover_display(self.desk)
        elif section.kind == "title-page":
            display = title_page_display(self.desk)
        elif section.kind == "chapter":
            display = chapter_display(section, self.desk)
            css += f":root{{--opener-top:{opener_top(self.desk):.3f}mm}}"
        if section.kind in ("cover", "back-cover"):
            css += f":root{{--cover-top:{cover_art_top(self.desk):.3f}mm}}"
        if section.kind == "back-cover":
            css += blurb_rules(self.desk, references)
        if arrangement.gap:
            css += f":root{{--lead-gap:{arrangement.gap:.3f}pt}}"
        if arrangement.cut:
            css += f":root{{--picture-cut:{arrangement.cut:.4f}mm}}"
        if arrangement.short:
            css += f"@page:nth(n+{arrangement.short_from + 1})"
            css += f"{{padding-bottom:{arrangement.short * self.desk.geometry.line:g}pt}}"
        sunk = (self.desk.geometry.sunk - 0.5) * self.desk.geometry.line
        css += f":root{{--sunk:{sunk:g}pt;--running-sunk:{sunk if arrangement.low else 0:g}pt}}"
        return css + (display.custom_properties() if display else "")

    def _view(
        self, section: Section, references: References, page_map: PageMap, arrangement: Arrangement
    ) -> dict[str, object]:
        if section.kind == "entry":
            return entry_view(section, self.desk, references, arrangement)
        if section.kind == "imprint":
            return imprint_view(section, self.desk, references, page_map.total)
        return _VIEWS[section.kind](section, self.desk, references)


class _Asked(Mapping[str, str]):
    """Folios that remember which of them were asked for."""

    def __init__(self, folios: Mapping[str, str]) -> None:
        self._folios = folios
        self.asked: dict[str, str | None] = {}

    def __getitem__(self, target: str) -> str:
        self.asked[target] = self._folios.get(target)
        return self._folios[target]

    def __iter__(self) -> Iterator[str]:
        self.asked |= self._folios
        return iter(self._folios)

    def __len__(self) -> int:
        return len(self._folios)


_VIEWS: Mapping[str, View] = {
    "cover": cover_view,
    "back-cover": back_cover_view,
    "title-page": title_page_view,
    "text": text_view,
    "contents": contents_view,
    "chapter": chapter_view,
    "group": group_view,
    "index": index_view,
    "credits": credits_view,
}
