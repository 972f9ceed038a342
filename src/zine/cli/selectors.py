"""Selectors on the command line become requests: one publication for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zine.compiler.selection import SelectBy, Selection
from zine.content.library import Library
from zine.diagnostics import UsageError, error


def make_selections(
    chapters: Sequence[str],
    values: Sequence[str],
    entries: Sequence[str],
    library: Library,
    *,
    together: bool = False,
) -> tuple[Selection, ...]:
    """The selections in the order chapters, values, entries; the whole book where there is none.

    Args:
        chapters: names of chapters.
        values: titles of values.
        entries: titles parted by commas, one text for each selection.
        library: decides where a comma parts two titles.
        together: bind them all as one.

    Raises:
        UsageError: there is nothing to bind together, or `entries` holds no title.
    """
    made = [Selection(SelectBy.CHAPTER, (name,)) for name in chapters]
    made += [Selection(SelectBy.VALUE, (name,)) for name in values]
    for text in entries:
        titles = tuple(split_titles(text, library))
        if not titles:
            hint = 'write titles with commas between them: --entries "Zakat, Usufruct"'
            raise UsageError([error("entries-none", "--entries names no entry", hint=hint)])
        made.append(Selection(SelectBy.ENTRIES, titles))
    selections = tuple(dict.fromkeys(made))
    if together and not selections:
        hint = "name what to bind: --chapter theories --chapter stories --together"
        raise UsageError([error("together-none", "--together has nothing to bind", hint=hint)])
    if together and len(selections) > 1:
        return (Selection(SelectBy.TOGETHER, parts=selections),)
    return selections or (Selection(),)


def split_titles(text: str, library: Library) -> Iterator[str]:
    """The titles in a text with commas between them; a title may hold commas itself.

    From the left, the longest run of parts that names an entry is one title.
    """
    parts = text.split(",")
    start = 0
    while start < len(parts):
        ends = range(len(parts), start, -1)
        runs = ((end, ",".join(parts[start:end]).strip()) for end in ends)
        end, title = next(
            (run for run in runs if run[1] and library.resolve(run[1])),
            (start + 1, parts[start].strip()),
        )
        if title:
            yield title
        start = end
