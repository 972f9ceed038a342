"""The inks of an edition: how its colours are separated, and for which press."""

from __future__ import annotations

from zine.bind.inks import Inks, plain_separation
from zine.diagnostics import Finding, warning
from zine.settings import Colour, EditionSpec
from zine.typeset.tones import profile_name, separation


def inks_of(edition: EditionSpec) -> Inks:
    """The inks in which the pages of an edition are bound."""
    profile = edition.profile
    return Inks(
        kind=edition.colour.value,
        separate=separation(profile) or plain_separation,
        profile=profile.read_bytes() if profile else b"",
        condition=edition.condition,
        info=profile_name(profile) if profile else "",
    )


def condition_of(edition: EditionSpec) -> str:
    """What the output intent of an edition names; "" where it has none."""
    if edition.colour is not Colour.CMYK:
        return ""
    return edition.condition or ("Custom" if edition.profile else "")


def press_notes(edition: EditionSpec) -> tuple[Finding, ...]:
    """What is to be said of colours that nobody has matched to a press."""
    if edition.colour is not Colour.CMYK or edition.profile:
        return ()
    return (
        warning(
            "press-unprofiled",
            f"the colours of “{edition.name}” are separated by a plain formula, for no press",
            edition.place,
            "ask the printer for the ICC profile of press and paper, put it beside book.yaml and "
            "write profile: its-name.icc",
        ),
    )
