"""Layouts: Jinja2 templates become the HTML of sections (the only importer of Jinja2)."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup

from zine.diagnostics import Finding, Place, ZineError, error
from zine.resources import Resources


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates, for all publications of a run; a changed source has another checksum."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """What is known of a template."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class Layouts:
    """The templates of a project, its own before the defaults; values are escaped by default."""

    def __init__(self, resources: Resources, filters: Mapping[str, object] | None = None) -> None:
        self._resources = resources
        self._there: dict[str, bool] = {}
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader([str(root) for root in resources.roots]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_COMPILED,
        )
        self._environment.filters["safe_html"] = Markup
        for name, function in (filters or {}).items():
            self._environment.filters[name] = function

    def render(self, name: str, context: Mapping[str, object]) -> str:
        """The HTML of a section.

        Args:
            name: template, relative to `layouts/`.

        Raises:
            ZineError: the template is missing, broken, or names something that is not there;
                the finding has the template's file and line.
        """
        try:
            return self._environment.get_template(name).render(context)
        except jinja2.TemplateNotFound as problem:
            missing = problem.name or name
            hint = "write it, or remove what refers to it; the defaults come with zine"
            place = Place(f"layouts/{name}")
            finding = error("template-missing", f"there is no template “{missing}”", place, hint)
            raise ZineError([finding]) from problem
        except jinja2.TemplateSyntaxError as problem:
            where = self._place(problem.filename, name, problem.lineno)
            finding = error("template-syntax", problem.message or "syntax error", where)
            raise ZineError([finding]) from problem
        except ZineError:
            raise
        except Exception as problem:  # templates are the project's own and may raise anything
            raise ZineError([self._runtime_finding(problem, name)]) from problem

    def exists(self, name: str) -> bool:
        """Whether there is such a template."""
        if name not in self._there:
            self._there[name] = self._resources.find(name) is not None
        return self._there[name]

    def _runtime_finding(self, problem: Exception, name: str) -> Finding:
        where = Place(f"layouts/{name}")
        for frame in traceback.extract_tb(problem.__traceback__):
            if any(Path(frame.filename).is_relative_to(root) for root in self._resources.roots):
                where = self._place(frame.filename, name, frame.lineno)
        hint = "the names a layout may use are listed in docs/designing.md"
        return error("template-error", str(problem) or type(problem).__name__, where, hint)

    def _place(self, filename: str | None, name: str, line: int | None) -> Place:
        for root in self._resources.roots:
            if filename and Path(filename).is_relative_to(root):
                return Place(f"layouts/{Path(filename).relative_to(root).as_posix()}", line)
        return Place(f"layouts/{name}", line)
