"""The same book as one WeasyPrint document: numbers by target-counter, and tagged.

To prepare is not timed: what zine would set becomes one document. To set is WeasyPrint alone.

    python bench/single_document.py prepare PROJECT FOLDER
    python bench/single_document.py set FOLDER OUT.pdf
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

_BODY = re.compile(r"<body\b([^>]*)>(.*)</body>", re.DOTALL)
_RULES = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_PAGE_RULE = re.compile(r"@page:(left|right)(\{(?:[^{}]|\{[^{}]*\})*\})")
_ROOT_RULE = re.compile(r":root\{([^{}]*)\}")
_SIDE = re.compile(r"html\{break-before:(\w+)\}")
_NUMBER = re.compile(r'href="zine-n:([^"]*)">[^<]*</a>')
_EXTRA = """
.a-section { string-set: run attr(data-run); }
.a-section[data-note] { string-set: run attr(data-run), note attr(data-note); }
a.n[href]::after { content: target-counter(attr(href), page); }
"""


def prepare(project: Path, folder: Path) -> None:
    """Write the document and the names of its files, from what zine sets."""
    from zine.build.report import Options
    from zine.build.steps import Specification, Workshop
    from zine.compiler.selection import Selection
    from zine.project import load_project
    from zine.typeset.layouts import Layouts
    from zine.typeset.pages import PageMaker

    workshop = Workshop(load_project(project), Options())
    trim = Specification(workshop.project.settings.trim)
    desk = workshop.desk(workshop.compile(Selection()), trim)
    paged = workshop.paginate(desk, "")
    style = workshop.style(desk.geometry, desk.all_prepared)
    maker = PageMaker(desk, Layouts(workshop.project.layouts))
    bodies, rules = [], []
    for index, section in enumerate(desk.publication.sections):
        arrangement = paged.arrangements[index]
        html = maker.job(index, section, paged.page_map, arrangement).html
        body, rule = _section(html, index)
        bodies.append(body)
        rules.append(rule)
    language = desk.settings.language
    document = (
        f'<!DOCTYPE html><html lang="{language}"><head><title>{desk.settings.title}</title>'
        f"<style>{''.join(rules)}</style></head><body>{''.join(bodies)}</body></html>"
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "book.html").write_text(document, encoding="utf-8")
    spec = {
        "sheets": [[sheet.name, sheet.css] for sheet in style.sheets],
        "assets": {name: content.decode() for name, content in style.assets.items()},
        "files": {name: str(path) for name, path in style.files.items()},
    }
    (folder / "style.json").write_text(json.dumps(spec), encoding="utf-8")


def _section(html: str, index: int) -> tuple[str, str]:
    """The body of a section as an element, and its rules for a page of its own name."""
    rules = "".join(_RULES.findall(html))
    found = _BODY.search(html)
    assert found, "a section without a body"
    attributes = found[1].replace('class="', f'class="a-section a-section-{index} ', 1)
    body = _NUMBER.sub(r'href="#\1"></a>', found[2]).replace('href="zine:', 'href="#')
    side = _SIDE.search(rules)
    own = "".join(f"@page s{index}:{hand}{block}" for hand, block in _PAGE_RULE.findall(rules))
    variables = "".join(_ROOT_RULE.findall(rules))
    own += (
        f".a-section-{index}{{page:s{index};break-before:{side[1] if side else 'page'};"
        f"{variables}}}"
    )
    return f"<section{attributes}>{body}</section>", own


def typeset(folder: Path, out: Path) -> None:
    """Set the document, as anybody would with WeasyPrint."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    from zine.typeset.engine import _Fetcher
    from zine.typeset.job import Style
    from zine.typeset.languages import with_languages
    from zine.typeset.stamps import Stamps

    spec = json.loads((folder / "style.json").read_text(encoding="utf-8"))
    style = Style(
        (),
        {name: text.encode() for name, text in spec["assets"].items()},
        {name: Path(path) for name, path in spec["files"].items()},
    )
    fetcher, fonts = _Fetcher(style, Stamps(style.assets)), FontConfiguration()
    sheets = [
        weasyprint.CSS(
            string=css, font_config=fonts, base_url=f"zine-style:/{name}", url_fetcher=fetcher
        )
        for name, css in [*spec["sheets"], ["extra.css", _EXTRA]]
    ]
    html = (folder / "book.html").read_text(encoding="utf-8")
    document = weasyprint.HTML(
        string=with_languages(html), url_fetcher=fetcher, base_url="zine-section:/"
    )
    document.write_pdf(out, stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    command, first, second = sys.argv[1:]
    {"prepare": prepare, "set": typeset}[command](Path(first), Path(second))
