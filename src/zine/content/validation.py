"""What pydantic finds wrong in a document, as findings with places and plain words."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from zine.content.positions import Document, Key
from zine.content.titles import resolve_entities
from zine.diagnostics import Finding, did_you_mean, error

_ROUNDS = 5
_SPACE = re.compile(r"[\s\x00-\x1f\x7f\u200b\ufeff]+")

# Keys of a model by the path of its mapping, with numbers left out: ("images",) → url, name…
Known = Mapping[tuple[str, ...], Sequence[str]]


class Strict(BaseModel):
    """A mapping from a file: unknown keys are refused, blank values are absent."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


Model = TypeVar("Model", bound=Strict)


def tidy(text: str) -> str:
    """Entities resolved, control characters and runs of blanks collapsed to one blank."""
    return _SPACE.sub(" ", resolve_entities(text)).strip()


def _tidy_or_blank(value: object) -> object:
    if value is None:
        return ""
    return tidy(value) if isinstance(value, str) else value


def _listed(value: object) -> object:
    return [] if value is None or value == "" else value


def compact(value: str) -> str:
    """A URL without the blanks around it; blanks inside become %20, `&amp;` becomes `&`."""
    return "%20".join(value.replace("&amp;", "&").split())


def _compact_or_blank(value: object) -> object:
    if value is None:
        return ""
    return compact(value) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_tidy_or_blank)]
Address = Annotated[str, BeforeValidator(_compact_or_blank)]
# Blank items stay in the list until its places are no longer needed.
Listed = BeforeValidator(_listed)
Texts = Annotated[list[Text], Listed, Field(default_factory=list)]


def blank_to_none(value: object) -> object:
    """An empty string is an absent value."""
    return None if isinstance(value, str) and not value.strip() else value


def validate(
    model: type[Model], document: Document, known: Known, own_keys: str = ""
) -> tuple[Model | None, list[Finding]]:
    """The document as `model`, whose keys all have defaults, and what is wrong with it.

    Values that are wrong count as absent, so that the rest is looked at in the same run; None
    where the document is no mapping.
    """
    data = {} if document.data is None else document.data
    found: list[Finding] = []
    # Each round takes out what the last one found; nested models may show more then.
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(data), found
        except ValidationError as problem:
            if not found:
                data = copy.deepcopy(data)
            found += findings_of(problem, document, known, own_keys)
            removed = [_without(data, detail["loc"]) for detail in problem.errors()]
            if not all(removed):
                break
    return None, found


def _without(data: object, path: Key) -> bool:
    """Take the value at `path` out of the data; list items stay as None, to keep their places."""
    for part in path[:-1]:
        try:
            data = data[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return False
    if isinstance(data, dict) and path and path[-1] in data:
        del data[path[-1]]
        return True
    if isinstance(data, list) and path and isinstance(path[-1], int):
        data[path[-1]] = None
        return True
    return False


def is_blank(document: Document, key: str) -> bool:
    """Whether a key of the document is absent, null or a text without letters."""
    value = document.data.get(key) if isinstance(document.data, dict) else None
    return value is None or (isinstance(value, str) and not tidy(value))


def findings_of(
    problem: ValidationError,
    document: Document,
    known: Known,
    own_keys: str = "",
    at: Key = (),
) -> list[Finding]:
    """The findings of a failed validation, in the order of the file.

    Args:
        problem: what pydantic raised.
        document: the document that was validated.
        known: the keys of each mapping, for nearest names.
        own_keys: what to say about keys that are the project's own, at the top of the document.
        at: path of the validated value in the document.
    """
    found = []
    for detail in problem.errors(include_url=False):
        path: Key = (*at, *detail["loc"])
        unknown = detail["type"] in ("extra_forbidden", "unexpected_keyword_argument")
        place = document.place(path, key=unknown or detail["type"] == "missing")
        if unknown:
            names = known.get(tuple(part for part in path[:-1] if isinstance(part, str)), ())
            hint = did_you_mean(str(path[-1]), sorted(names))
            if own_keys and len(path) == 1:
                hint += f"{'' if hint.endswith('?') else '.'} {own_keys}"
            found.append(error("key-unknown", f"unknown key “{path[-1]}”", place, hint))
        else:
            message, hint = _words(detail, path)
            found.append(error("value-wrong", message, place, hint))
    return sorted(found, key=lambda f: (f.place.line or 0, f.place.column or 0) if f.place else ())


def _words(detail: Any, path: Key) -> tuple[str, str]:  # noqa: ANN401 - pydantic's ErrorDetails
    kind: str = detail["type"]
    name = _name(path)
    given = _kind_of(detail.get("input"))
    if kind == "missing":
        return f"{name} is missing", "add it"
    if kind == "string_type":
        return f"{name} must be a text and is {given}", "write one text behind the colon"
    if kind == "list_type":
        return (
            f"{name} must be a list and is {given}",
            "write each item on a line of its own, behind “- ”",
        )
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return f"{name} must be keys with values and is {given}", "write “key: value” lines"
    if kind.startswith("date"):
        return f"{name} must be a date and is “{detail['input']}”", "write it as 2026-11-01"
    if kind.startswith(("float", "int", "finite")):
        return f"{name} must be a number and is “{detail['input']}”", "write a number such as 10"
    if kind.startswith("bool"):
        return f"{name} must be true or false and is “{detail['input']}”", "write true or false"
    if kind in ("enum", "literal_error"):
        names = re.findall(r"'([^']+)'", detail["ctx"]["expected"])
        return f"{name} cannot be “{detail['input']}”", _choice(str(detail["input"]), names)
    if kind == "value_error":
        message, _, hint = str(detail["ctx"]["error"]).partition("\n")
        return message, hint
    return f"{name}: {detail['msg']}", ""


def _choice(given: str, names: Iterable[str]) -> str:
    listed = sorted(names)
    hint = did_you_mean(given, listed)
    return hint if hint.startswith("known") else f"{hint} Known are: {', '.join(listed)}"


def _name(path: Key) -> str:
    names = [part for part in path if isinstance(part, str)]
    last = f"“{names[-1]}”" if names else "the file"
    if path and isinstance(path[-1], int):
        return f"item {path[-1] + 1} of {last}"
    return last


def _kind_of(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a mapping (did a colon slip in?)"
    return "blank" if value is None else f"the text “{value}”"
