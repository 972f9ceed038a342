"""Naming: the fixed words that sections and publications are titled with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FixedWords:
    """The words that sections are named with, in the language of the book."""

    contents: str
    imprint: str
    title_page: str
    cover: str
    back_cover: str
    index_by_value: str
    index_by_tag: str
    contributors: str
    image_credits: str
    colophon: str
    no_value: str
    selection: str
    contributors_and_credits: str
    indexes: str
    separator: str
    last_two: str

    def of(self, kind: str) -> str:
        """The title of a section of that kind."""
        return str(getattr(self, kind.replace("-", "_")))

    def listed(self, parts: list[str]) -> str:
        """Parts as they are said: "Zakat, Usufruct and Ubuntu"."""
        if len(parts) < 2:
            return "".join(parts)
        return self.last_two.format(first=self.separator.join(parts[:-1]), last=parts[-1])
