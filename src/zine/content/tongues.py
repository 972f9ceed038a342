"""Tongues: the script of a language, and the side from which it is read."""

from __future__ import annotations

import re

# Languages whose usual script runs from right to left (CLDR 46, likely subtags).
_SCRIPTS = {
    "ar": "Arab",
    "ckb": "Arab",
    "dv": "Thaa",
    "fa": "Arab",
    "he": "Hebr",
    "ks": "Arab",
    "ps": "Arab",
    "sd": "Arab",
    "ug": "Arab",
    "ur": "Arab",
    "yi": "Hebr",
}
_RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Thaa", "Syrc", "Nkoo"})
_LATIN = "Latn"
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def language_tag(text: str) -> str | None:
    """The tag that a text means ("ES", "pt_BR"), or None where it means none."""
    parts = text.replace("_", "-").split("-")
    tag = "-".join([parts[0].lower(), *parts[1:]])
    return tag if _TAG.fullmatch(tag) else None


def base_of(language: str) -> str:
    """The language of a BCP 47 tag without script and region: "pt" of "pt-BR"."""
    return language.casefold().replace("_", "-").partition("-")[0]


def script_of(language: str) -> str:
    """The script of a tag (ISO 15924): "Arab" of "ar" and "ku-Arab"; "Latn" where unknown."""
    parts = language.replace("_", "-").split("-")
    for part in parts[1:]:
        if len(part) == 4 and part.isalpha():
            return part.capitalize()
    return _SCRIPTS.get(base_of(language), _LATIN)


def is_rtl(language: str) -> bool:
    """Whether a language is written from right to left."""
    return script_of(language) in _RIGHT_TO_LEFT


def direction(language: str) -> str:
    """The direction of a language as HTML's `dir` says it, "rtl" or "ltr"."""
    return "rtl" if is_rtl(language) else "ltr"
