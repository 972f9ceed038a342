"""YAML text to plain data, with the line and column of every value, within limits."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

import yaml
from yaml.reader import Reader

from zine.content.yaml_hints import explain
from zine.diagnostics import Finding, Place, ZineError, error

# libyaml slows down with the square of the depth and recurses while composing: depth is
# counted on the stream of events, before anything is built.
MAX_DEPTH = 24
MAX_NODES = 50_000
MAX_ALIASES = 100

Key = tuple[str | int, ...]

_STANDARD_COLLECTIONS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")
_VALUE_TAG = "tag:yaml.org,2002:value"
_MERGE_TAG = "tag:yaml.org,2002:merge"
_NULL_TAG = "tag:yaml.org,2002:null"


@dataclass(frozen=True)
class Document:
    """A YAML document as data and positions.

    Args:
        file: name of the file in messages.
        data: mappings, lists and scalars *as written*: `title: 1984`, `title: No` and
            `when: 2001-02-03` stay the text the author typed; a blank value is None.
        typed: the same tree as YAML types it (numbers, booleans, dates).
        values: path of a value → (line, column) in the file, from 1.
        keys: path of a value → (line, column) of its key.
        sources: path of a value → the rest of its line as it stands in the file.
    """

    file: PurePath
    data: object
    typed: object
    values: Mapping[Key, tuple[int, int]]
    keys: Mapping[Key, tuple[int, int]]
    sources: Mapping[Key, str]

    def place(self, path: Key, *, key: bool = False) -> Place:
        """Where the value at `path` stands (its key, if `key`), or the nearest thing above it."""
        spots = self.keys if key else self.values
        for length in range(len(path), -1, -1):
            spot = spots.get(path[:length]) or self.values.get(path[:length])
            if spot:
                return Place.of(self.file, *spot)
        return Place.of(self.file, 1)


def load_yaml(text: str, file: PurePath, first_line: int = 1) -> Document:
    """Read a YAML document.

    Args:
        text: the document.
        file: name of the file in messages.
        first_line: the line of the file on which `text` starts.

    Raises:
        ZineError: `yaml-broken` (with a hint in plain words), `yaml-duplicate-key` (each of
            them), `yaml-unsupported` (tags, merge keys) or `yaml-limit` (depth, size, aliases).
    """
    lines = _Lines(text, file, first_line)
    bad = Reader.NON_PRINTABLE.search(text)
    if bad:
        code = f"U+{ord(bad[0]):04X}"
        raise ZineError(
            [
                error(
                    "yaml-broken",
                    f"holds a control character ({code}) that no text may have",
                    lines.place(bad.start()),
                    "delete the invisible character; retype the words around it if needed",
                )
            ]
        )
    loader = yaml.CSafeLoader(text)
    try:
        anchors = _check_events(text, lines)
        root = loader.get_single_node()
        walker = _Walker(loader, lines)
        data, typed = walker.walk(root, ()) if root else (None, None)
    except yaml.MarkedYAMLError as problem:
        if "nesting depth" in str(problem.problem):  # a limit of libyaml's own, of late
            raise ZineError([_limit(lines.place(0))]) from problem
        index, message, hint = explain(text, problem)
        raise ZineError([error("yaml-broken", message, lines.place(index), hint)]) from problem
    except yaml.YAMLError as problem:
        raise ZineError([error("yaml-broken", str(problem), lines.place(0))]) from problem
    finally:
        loader.dispose()
    problems = [*walker.problems, *anchors]
    if problems:
        raise ZineError(problems)
    return Document(file, data, typed, walker.values, walker.keys, walker.sources)


class _Lines:
    """Offsets to places. libyaml's own lines also break at U+2028, editors' do not."""

    def __init__(self, text: str, file: PurePath, first_line: int) -> None:
        self.text = text
        self._file = file
        self._first = first_line
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def spot(self, index: int) -> tuple[int, int]:
        line = bisect_right(self._starts, index) - 1
        return self._first + line, index - self._starts[line] + 1

    def place(self, index: int) -> Place:
        return Place.of(self._file, *self.spot(index))

    def rest(self, index: int) -> str:
        end = self.text.find("\n", index)
        return self.text[index : end if end >= 0 else len(self.text)]


def _check_events(text: str, lines: _Lines) -> list[Finding]:
    """Refuse what is too deep or too large; findings for names that are given and never used."""
    depth = nodes = aliases = 0
    anchors: dict[str, int] = {}
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        mark = event.start_mark
        index = mark.index if mark else 0
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
            anchors.pop(event.anchor or "", None)
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            anchors[event.anchor] = index
        nodes += isinstance(event, yaml.NodeEvent)
        if depth > MAX_DEPTH or nodes > MAX_NODES or aliases > MAX_ALIASES:
            raise ZineError([_limit(lines.place(index))])
    return [_lost_word(name, lines.place(at)) for name, at in anchors.items()]


def _lost_word(name: str, place: Place) -> Finding:
    """A name that is given and never used: "&Co and friends" would lose its first word."""
    hint = "put the text in double quotes"
    return error("yaml-broken", f"a text that starts with “&{name}” needs quotes", place, hint)


def _limit(place: Place) -> Finding:
    return error(
        "yaml-limit",
        "holds more nesting, values or repeats (&, *) than any entry needs",
        place,
        "write the values out, without & and *",
    )


class _Walker:
    """Builds both trees from composed nodes, each visit counted so that aliases cannot explode."""

    def __init__(self, loader: yaml.CSafeLoader, lines: _Lines) -> None:
        self._loader = loader
        self._lines = lines
        self._visits = 0
        self.values: dict[Key, tuple[int, int]] = {}
        self.keys: dict[Key, tuple[int, int]] = {}
        self.sources: dict[Key, str] = {}
        self.problems: list[Finding] = []

    def walk(self, node: yaml.Node, path: Key) -> tuple[object, object]:
        start = node.start_mark.index
        self._visits += 1
        # An alias to its own parent would go on for ever: the depth of the path stops it.
        if self._visits > MAX_NODES or len(path) > MAX_DEPTH:
            raise ZineError([_limit(self._lines.place(start))])
        self.values[path] = self._lines.spot(start)
        if isinstance(node, yaml.ScalarNode):
            self.sources[path] = self._lines.rest(start)
            return self._scalar(node)
        if node.tag not in _STANDARD_COLLECTIONS:
            self._unsupported(node, f"the tag {node.tag.rpartition(':')[2]}")
        if isinstance(node, yaml.SequenceNode):
            pairs = [self.walk(item, (*path, number)) for number, item in enumerate(node.value)]
            return [plain for plain, _ in pairs], [typed for _, typed in pairs]
        return self._mapping(node, path)

    def _mapping(self, node: yaml.Node, path: Key) -> tuple[dict[str, object], dict[str, object]]:
        plain: dict[str, object] = {}
        typed: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._unsupported(key_node, "a list or a mapping as a key")
                continue
            if key_node.tag == _MERGE_TAG:
                self._unsupported(key_node, "the merge key <<")
                continue
            key = key_node.value
            here = (*path, key)
            if key in plain:
                first = self.keys[here][0]
                self.problems.append(
                    error(
                        "yaml-duplicate-key",
                        f"the key “{key}” stands here a second time (first in line {first})",
                        self._lines.place(key_node.start_mark.index),
                        "keep one of the two",
                    )
                )
                continue
            self.keys[here] = self._lines.spot(key_node.start_mark.index)
            plain[key], typed[key] = self.walk(value_node, here)
        return plain, typed

    def _scalar(self, node: yaml.ScalarNode) -> tuple[object, object]:
        if node.tag == _NULL_TAG:
            return None, None
        if node.tag == _VALUE_TAG:
            return node.value, node.value
        try:
            return node.value, self._loader.construct_object(node)
        except yaml.constructor.ConstructorError:
            self._unsupported(node, f"the tag {node.tag}")
        except (ValueError, OverflowError):
            # 2026-02-31 looks like a date and is none; as text it is judged by its key.
            return node.value, node.value
        return None, None

    def _unsupported(self, node: yaml.Node, what: str) -> None:
        self.problems.append(
            error(
                "yaml-unsupported",
                f"{what} is not used here",
                self._lines.place(node.start_mark.index),
                "write plain keys, texts and lists; put a text that starts with ! in quotes",
            )
        )
