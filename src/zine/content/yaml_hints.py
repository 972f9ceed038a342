"""Broken YAML in plain words: where the slip is, and what mends it."""

from __future__ import annotations

import re

import yaml

_RESERVED = "@`%*&!|>[]{},#?-"


def explain(text: str, problem: yaml.MarkedYAMLError) -> tuple[int, str, str]:
    """(offset, message, hint) for an error of PyYAML.

    The offset is where the mend is needed, which is often above the place where the parser gave
    up: a missing closing quote is reported at its opening quote.
    """
    mark = problem.problem_mark or problem.context_mark
    index = min(mark.index, len(text)) if mark else 0
    said = str(problem.problem or "")
    start = text.rfind("\n", 0, index) + 1
    line = text[start:].partition("\n")[0]
    if "unexpected end of stream" in said and "quoted" in str(problem.context):
        opening = _unclosed_quote(text) or (
            problem.context_mark.index if problem.context_mark else index
        )
        return opening, *_MISSING_QUOTE
    tab = re.match(r"[ ]*\t", line)
    if tab or "tab character" in said:
        at = start + (tab.end() - 1 if tab else line.find("\t") if "\t" in line else 0)
        return at, "a tab where spaces are needed", "indent with spaces, never with the tab key"
    quoted = _last_quoted(text, index)
    if quoted is not None:
        opening, end = quoted
        if "\n" in text[opening:end]:
            return opening, *_MISSING_QUOTE
        if text[end : end + 1].strip(" \n") and end <= index:
            mark_used = text[opening]
            return (
                end - 1,
                "the text goes on behind its closing quote",
                _INNER_QUOTE[mark_used],
            )
    if "mapping values are not allowed" in said:
        return index, *_colon(text, index, start, line)
    above = problem.context_mark
    if above and any(words in said for words in _SAID_TOO_LATE):
        return above.index, *_other(text, above.index, line, said)
    return index, *_other(text, index, line, said)


# Complaints that come when the parser is past the slip.
_SAID_TOO_LATE = ("could not find expected ':'", "']'", "'}'")
_MISSING_QUOTE = (
    "a quote opens here and is never closed",
    "put the closing quote at the end of the text",
)
_INNER_QUOTE = {
    '"': 'inside double quotes use curly quotes “ ” (or write \\" for each straight one)',
    "'": "put the text in double quotes, or use a curly apostrophe ’ inside it",
}


def _unclosed_quote(text: str) -> int | None:
    """Where the closing quote is missing, when a quote runs to the end of the file.

    The quote left open at the end is often not the culprit: from the missing quote on, every
    closing quote opens. The culprit is then the first quoted text that spans lines and swallows
    what looks like a key.
    """
    for opening, end in _quoted(text):
        if re.search(r"\n[ -]*\w[\w-]*:( |\n|$)", text[opening:end]):
            return opening
    return None


def _last_quoted(text: str, index: int) -> tuple[int, int] | None:
    """The last quoted text that ends on the line of `index`, before it: (start, end)."""
    last = None
    for opening, end in _quoted(text):
        if opening <= index and end <= index + 1 and "\n" not in text[end:index]:
            last = opening, end
    return last


def _quoted(text: str) -> list[tuple[int, int]]:
    """Spans of the quoted texts, as far as the scanner came."""
    spans = []
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                spans.append((token.start_mark.index, token.end_mark.index))
    except yaml.YAMLError:
        pass
    return spans


def _colon(text: str, index: int, start: int, line: str) -> tuple[str, str]:
    key = re.match(r"([ -]*)(\w[\w-]*):[ ]+(.*\S)", line)
    if key and start + key.end(2) < index:
        value = key[3].replace('"', "”")
        return (
            f"a colon inside the text of “{key[2]}”",
            f'put the text in double quotes: {key[2]}: "{value}"',
        )
    return (
        "a key is not in line with the keys above it",
        "start keys that belong together in the same column",
    )


def _other(text: str, index: int, line: str, said: str) -> tuple[str, str]:
    at = text[index : index + 1]
    if "unknown escape" in said:
        return "a backslash inside double quotes", "use single quotes, or write \\\\ for one \\"
    if "could not find expected ':'" in said:
        return (
            "the line is neither a key nor part of the text before it",
            "end a key with a colon; put a text of several lines in double quotes",
        )
    if at and at in _RESERVED and "cannot start" in said:
        return (
            f"a text that starts with “{at}” needs quotes",
            "put the text in double quotes",
        )
    if "undefined alias" in said or re.search(r":\s+\*", line):
        return "a text that starts with “*” needs quotes", "put the text in double quotes"
    if "']'" in said or "'}'" in said:
        closing = "]" if "]" in said else "}"
        return (
            f"a bracket opens and its “{closing}” is missing",
            "close the bracket, or put the text in double quotes",
        )
    if "another document" in said or "single document" in said:
        return "a line “---” in the middle of the file", "delete the line"
    return (
        f"is not YAML: {said}" if said else "is not YAML",
        "check the indentation; put texts with : # [ ] { } ' in double quotes",
    )
