"""Titles compared: the key by which they are found and the key by which they are sorted."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_SINGLE = "'‘’‚‛′`´ʼ＇"
_DOUBLE = '"“”„‟″«»＂'
_DASHES = "-‐‑‒–—―−﹘﹣－"
_FOLDING = str.maketrans(
    {
        **dict.fromkeys(_SINGLE, "'"),
        **dict.fromkeys(_DOUBLE, '"'),
        **dict.fromkeys(_DASHES, "-"),
    }
)

# Letters that have no decomposition in Unicode and stand with a plain letter all the same.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i"})
# Letters that some languages sort on their own, behind the letter (or pair) given.
_NORDIC = {"å": "z{", "ä": "z|", "ö": "z}"}
_DANISH = {"æ": "z{", "ä": "z{", "ø": "z|", "ö": "z|", "å": "z}"}
_SLAVIC = {"č": "c{", "ć": "c|", "đ": "d{", "š": "s{", "ž": "z{"}
_ESTONIAN = {"š": "s{", "z": "s|", "ž": "s}", "õ": "w{", "ä": "w|", "ö": "w}", "ü": "w}}"}
_TURKISH = {"ç": "c{", "ğ": "g{", "ı": "h{", "ö": "o{", "ş": "s{", "ü": "u{"}
_POLISH = {
    **{"ą": "a{", "ć": "c{", "ę": "e{", "ł": "l{", "ń": "n{", "ó": "o{", "ś": "s{"},
    **{"ź": "z{", "ż": "z|"},
}
_CZECH = {"č": "c{", "ch": "h{", "ř": "r{", "š": "s{", "ž": "z{"}
_ROMANIAN = {"ă": "a{", "â": "a|", "î": "i{", "ș": "s{", "ş": "s{", "ț": "t{", "ţ": "t{"}
_HUNGARIAN = {"ö": "o{", "ő": "o{", "ü": "u{", "ű": "u{"}
_OWN_LETTERS = {
    "es": {"ñ": "n{"},
    "eu": {"ñ": "n{"},
    "hr": _SLAVIC,
    "bs": _SLAVIC,
    "sl": _SLAVIC,
    "et": _ESTONIAN,
    "tr": _TURKISH,
    "pl": _POLISH,
    "cs": _CZECH,
    "sk": _CZECH | {"ä": "a{", "ô": "o{"},
    "ro": _ROMANIAN,
    "hu": _HUNGARIAN,
    "gl": {"ñ": "n{"},
    "sv": _NORDIC,
    "fi": _NORDIC,
    "da": _DANISH,
    "nb": _DANISH,
    "nn": _DANISH,
    "no": _DANISH,
}
_ARTICLES = {
    "en": "the a an",
    "es": "el la los las un una unos unas lo",
    "fr": "le la les l' un une des",
    "de": "der die das ein eine",
    "it": "il lo la i gli le l' un uno una un'",
    "pt": "o a os as um uma uns umas",
    "ca": "el la els les l' un una",
    "gl": "o a os as un unha",
    "nl": "de het een",
    "sv": "en ett",
    "da": "en et",
    "nb": "en et ei",
    "ar": "ال-",
}

_KNOWN = 65_536  # titles whose keys are kept: they are asked for again and again
Chunk = tuple[int, int, str]
TitleKey = tuple[tuple[Chunk, ...], str, str]


def resolve_entities(text: str) -> str:
    """The text with `&ndash;`, `&#8217;` and their like resolved.

    Only with the semicolon: browsers read "food&copyleft" as "food©left".
    """
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


@lru_cache(_KNOWN)
def fold(title: str) -> str:
    """The key by which a title is found.

    Entities, compatibility forms (NFKC), quotes, dashes, case and blanks make no difference;
    accents, plurals and words do.
    """
    text = unicodedata.normalize("NFKC", resolve_entities(title)).translate(_FOLDING)
    text = unicodedata.normalize("NFKC", text.casefold()).translate(_FOLDING)
    # Soft hyphens and zero-width marks are seen by nobody.
    text = "".join(one for one in text if unicodedata.category(one) != "Cf")
    return " ".join(text.split())


@lru_cache(_KNOWN)
def title_key(title: str, language: str = "en", articles: bool = False) -> TitleKey:
    """The key by which titles are sorted.

    Accents, case and punctuation decide only between titles that are otherwise the same; numbers
    count as numbers; letters that a language sorts on their own do so.

    Args:
        title: a title.
        language: BCP 47 tag of the book.
        articles: whether a leading article is passed over ("The commons" under C).
    """
    whole = fold(title)
    base = language.casefold().replace("_", "-").partition("-")[0]
    text = re.sub(r"^\W+", "", whole)
    if articles:
        text = _without_article(text, base)
    own = _OWN_LETTERS.get(base, {})
    text = unicodedata.normalize("NFC", text)
    for pair in (one for one in own if len(one) > 1):
        text = text.replace(pair, own[pair])
    letters = "".join(own.get(one, one) for one in text)
    plain = "".join(
        one
        for one in unicodedata.normalize("NFKD", letters.translate(_PLAIN))
        if not unicodedata.combining(one)
    )
    words = " ".join(re.sub(r"[^\w\s{|}]", " ", plain.replace("'", "")).split())
    chunks: tuple[Chunk, ...] = tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in re.findall(r"\d{1,18}|\D+", words)
    )
    return chunks, whole, title


def _without_article(text: str, language: str) -> str:
    for article in _ARTICLES.get(language, "").split():
        joined = article.endswith(("'", "-"))  # "l'eau"; the Arabic article, which has no sign
        lead = article.removesuffix("-") if joined else f"{article} "
        if text.startswith(lead) and text[len(lead) :].strip():
            return text[len(lead) :].lstrip()
    return text
