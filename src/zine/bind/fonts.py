"""Fonts of bound sections: the subsets that every section brought become one font for each face."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pikepdf import Dictionary, Object, Pdf, Stream

from zine.bind.cidfont import Number, Subset, name_of, read_font, write_file, write_font
from zine.bind.fontfile import Program, read_program, write_program
from zine.bind.glyf import Glyph, UnsupportedFontError

_Slot = tuple[Object, str | int]
_Id = tuple[int, int]

# Blanks (Unicode Zs) as ToUnicode writes them. A face has one empty glyph for several of them, and
# the one that a section happens to set first decides what all its blanks read as.
_BLANKS = frozenset(
    f"{code:04x}" for code in (0x20, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
)


@dataclass(frozen=True)
class Apart:
    """A subset that was not joined with another of its name.

    Args:
        font: BaseFont.
        on: what they disagree on: the "face" as a whole (its units, hinting, descriptor), the
            "outline" or "advance" of a glyph; or its "width" or "text", which a PDF has in tables
            of its own, so that the two still share one font program.
        glyph: the first such glyph.
    """

    font: str
    on: str
    glyph: int | None


@dataclass(frozen=True)
class FontsReport:
    """What uniting fonts came to.

    Args:
        found: fonts that the pages named before.
        kept: fonts that they name now.
        apart: subsets that disagree with others.
        left: BaseFont → why fonts of this name are left as they are.
    """

    found: int
    kept: int
    apart: tuple[Apart, ...]
    left: Mapping[str, str]


def unite_fonts(pdf: Pdf) -> FontsReport:
    """Replace the subsets of each face by one font (ISO 32000-1 §9.7, §9.9).

    Subsets are joined where they have one name and descriptor, and the same glyphs under the same
    ids. Where two draw or space a glyph differently they stay apart, which costs only bytes. Old
    fonts are gone from the file once it is saved, as nothing refers to them.

    Args:
        pdf: bound sections; the font resources are changed.
    """
    slots: dict[_Id, list[_Slot]] = {}
    for holder, key in _slots(pdf):
        # One that is no object of its own belongs to these resources alone.
        if holder[key].is_indirect:
            slots.setdefault(holder[key].objgen, []).append((holder, key))
    left: dict[str, str] = {}
    subsets: list[Subset] = []
    for (holder, key), *_ in slots.values():
        try:
            subsets.append(read_font(holder[key]))
        except UnsupportedFontError as problem:
            left.setdefault(name_of(holder[key]), str(problem))
    programs = _programs(subsets, left)
    names: dict[str, list[_Face]] = {}
    apart: list[Apart] = []
    for subset in subsets:
        if program := programs.get(subset.file.objgen):
            _join_face(names.setdefault(subset.name, []), subset, program, apart)
    kept = len(slots)
    for name, faces in names.items():
        for face in faces:
            try:
                kept -= _replace(pdf, face, slots)
            except UnsupportedFontError as problem:
                left.setdefault(name, str(problem))
    return FontsReport(len(slots), kept, tuple(apart), left)


@dataclass
class _Font:
    """Subsets that agree on widths and text too: one font.

    Args:
        widths: id → advance in /W.
        texts: id → UTF-16 in hexadecimal.
    """

    subsets: list[Subset] = field(default_factory=list)
    widths: dict[int, Number] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)


@dataclass
class _Face:
    """Subsets that agree on glyphs: one font program."""

    alike: tuple[object, ...]
    glyphs: dict[int, Glyph] = field(default_factory=dict)
    programs: list[Program] = field(default_factory=list)
    fonts: list[_Font] = field(default_factory=list)


def _programs(subsets: Sequence[Subset], left: dict[str, str]) -> dict[_Id, Program]:
    """Font programs by their object; fonts that share one use it together."""
    used: dict[_Id, set[int]] = {}
    for subset in subsets:
        used.setdefault(subset.file.objgen, set()).update(subset.widths, subset.texts)
    programs: dict[_Id, Program] = {}
    known: dict[tuple[bytes, frozenset[int]], Program] = {}  # many sections set the same few glyphs
    for subset in subsets:
        at = subset.file.objgen
        if at in programs:
            continue
        identity = subset.file.read_bytes(), frozenset(used[at])
        try:
            programs[at] = known.get(identity) or read_program(*identity)
        except UnsupportedFontError as problem:
            left.setdefault(subset.name, str(problem))
        else:
            known[identity] = programs[at]
    return programs


def _join_face(faces: list[_Face], subset: Subset, program: Program, apart: list[Apart]) -> None:
    """Add a subset to the first face that it does not disagree with."""
    clash: Apart | None = None
    alike = (*subset.alike, *program.alike)
    for face in faces:
        differs, on = _difference(face.glyphs, program.glyphs), "outline"
        if face.alike != alike:
            differs, on = None, "face"
        elif differs is None:
            break
        elif face.glyphs[differs].advance != program.glyphs[differs].advance:
            on = "advance"
        clash = clash or Apart(subset.name, on, differs)
    else:
        faces.append(face := _Face(alike))
        if clash:
            apart.append(clash)
    face.glyphs.update(program.glyphs)
    face.programs.append(program)
    _join_font(face.fonts, subset, apart)


def _join_font(fonts: list[_Font], subset: Subset, apart: list[Apart]) -> None:
    """Likewise to a font of the face; widths and text need no program of their own."""
    clash: Apart | None = None
    for font in fonts:
        differs, on = _difference(font.widths, subset.widths), "width"
        if differs is None:
            differs, on = _misread(font.texts, subset.texts), "text"
        if differs is None:
            break
        clash = clash or Apart(subset.name, on, differs)
    else:
        fonts.append(font := _Font())
        if clash:
            apart.append(clash)
    font.subsets.append(subset)
    font.widths.update(subset.widths)
    for number, text in subset.texts.items():
        # Equal, or of blanks the plainest, which Unicode has first.
        font.texts[number] = min(text, font.texts.get(number, text))


def _difference(ours: Mapping[int, object], theirs: Mapping[int, object]) -> int | None:
    """The first id to which the two give different things."""
    return next((key for key, value in theirs.items() if ours.get(key, value) != value), None)


def _misread(ours: Mapping[int, str], theirs: Mapping[int, str]) -> int | None:
    """The first glyph that reads as different text; blanks do not count as such."""
    for number, text in theirs.items():
        if ours.get(number, text) != text and not {ours[number], text} <= _BLANKS:
            return number
    return None


def _replace(pdf: Pdf, face: _Face, slots: Mapping[_Id, list[_Slot]]) -> int:
    """Write a face and refer to it; how many fonts that spares."""
    subsets = [subset for font in face.fonts for subset in font.subsets]
    if len({subset.file.objgen for subset in subsets}) == 1 and len(subsets) == len(face.fonts):
        return 0
    file = write_file(pdf, write_program(face.programs, face.glyphs), subsets[0].file)
    for font in face.fonts:
        united = write_font(pdf, font.subsets, file, font.widths, font.texts)
        for subset in font.subsets:
            for holder, key in slots[subset.font.objgen]:
                holder[key] = united
    return len(subsets) - len(face.fonts)


def _slots(pdf: Pdf) -> Iterator[_Slot]:
    """Where fonts are named: resources and graphics states (ISO 32000-1 §7.8.3, §8.4.5).

    Not the resources of forms to fill in (§12.7.2): to set what a reader types, a font needs the
    tables that go here. Not to find a place is safe, it keeps the font it names.
    """
    seen: set[_Id] = set()
    for resources in resources_of(pdf):
        fonts = resources.get("/Font", Dictionary())
        if _fresh(fonts, seen):
            yield from ((fonts, key) for key in fonts.as_dict())
        for state in _inner(resources, "/ExtGState", seen):
            if "/Font" in state:
                yield state.Font, 0


def resources_of(pdf: Pdf) -> Iterator[Object]:
    """The resources of all that is painted, each once."""
    seen: set[_Id] = set()
    waiting: list[Object] = []
    for page in pdf.pages:
        waiting.append(page.resources)
        waiting += _appearances(page.obj)
        while waiting:
            resources = waiting.pop()
            if not _fresh(resources, seen):
                continue
            yield resources
            fonts = resources.get("/Font", Dictionary())
            if _fresh(fonts, seen):  # Type3
                held = fonts.as_dict().values()
                waiting += [one.Resources for one in held if "/Resources" in one]
            for kind in ("/XObject", "/Pattern"):
                inner = _inner(resources, kind, seen)
                waiting += [one.Resources for one in inner if "/Resources" in one]
            for state in _inner(resources, "/ExtGState", seen):
                mask = state.get("/SMask")
                if isinstance(mask, Dictionary) and "/Resources" in mask.G:
                    waiting.append(mask.G.Resources)


def _fresh(value: Object, seen: set[_Id]) -> bool:
    """Whether an object was not seen before; what is no object of its own never was."""
    known = value.is_indirect and value.objgen in seen
    seen.add(value.objgen)
    return not known


def _inner(resources: Object, kind: str, seen: set[_Id]) -> Iterator[Object]:
    entries = resources.get(kind, Dictionary())
    if _fresh(entries, seen):
        yield from (entry for entry in entries.as_dict().values() if _fresh(entry, seen))


def _appearances(page: Object) -> Iterator[Object]:
    """Resources of the appearances of annotations (ISO 32000-1 §12.5.5)."""
    for annotation in page.get("/Annots", ()):
        if "/AP" not in annotation:
            continue
        for state in annotation.AP.as_dict().values():
            streams = (state,) if isinstance(state, Stream) else state.as_dict().values()
            yield from (one.Resources for one in streams if "/Resources" in one)
