"""Terms and what they mean: every term of a `dl` with its meanings in a `div` of its own."""

from __future__ import annotations

import re

_GROUPED = re.compile(r"<dl\b[^>]*>\s*<div\b")
_STARTS = re.compile(r"(<dl\b[^>]*>)(\s*)(?=<d[td]\b)")
_TERM = re.compile(r"(</dd>)(\s*)(?=<dt\b)")
_ENDS = re.compile(r"(</d[td]>)(\s*)(?=</dl>)")


def grouped_terms(html: str) -> str:
    """A safe text whose lists of terms say what belongs together, as HTML allows it to.

    From the tags of a PDF nothing else tells a term from its meaning.
    """
    if "<dl" not in html or _GROUPED.search(html):
        return html
    html = _STARTS.sub(r"\1\2<div>", html)
    html = _TERM.sub(r"\1</div>\2<div>", html)
    return _ENDS.sub(r"\1</div>\2", html)
