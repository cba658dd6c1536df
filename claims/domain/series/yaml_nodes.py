"""Plain YAML of the files of topic dictionaries, as nodes with their lines.

Every scalar is text as it is written. Refused are aliases and anchors, tags, keys that stand twice
and several documents.
"""

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from claims.domain.series.dictionary_validation import DictionaryRefused
from sources.domain.refusals import quoted

_MAX_DEPTH = 5
_MAX_NODES = 40_000


@dataclass(frozen=True, slots=True)
class YamlScalar:
    """Text as it is written, without the blanks around it; `line` is counted from 1."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class YamlList:
    """A list of nodes; `line` is the one on which it begins."""

    items: list["YamlNode"]
    line: int


@dataclass(frozen=True, slots=True)
class YamlMapping:
    """Nodes by key, each key once; `line` is the one on which it begins."""

    values: dict[str, "YamlNode"]
    line: int


YamlNode = YamlScalar | YamlList | YamlMapping


def refused_line(code: str, file: str, line: int, words: str) -> DictionaryRefused:
    """A refusal that names the file and the line."""
    return DictionaryRefused(code, f"{file}, line {line}: {words}")


def unknown_name(noun: str, name: str, known: Collection[str]) -> str:
    """The sentence for a name that is none of the known ones, with the nearest of them."""
    near = difflib.get_close_matches(name[:60].lower(), known, n=1, cutoff=0.0)[0]
    return (
        f"the {noun} {quoted(name)} is not known here. The nearest one is {quoted(near)}; "
        f"known are: {', '.join(known)}."
    )


def scalar_text(node: YamlNode, name: str, file: str) -> str:
    """The text of a scalar. Raises DictionaryRefused for a list or a mapping."""
    if not isinstance(node, YamlScalar):
        raise refused_line(
            "wrong_type", file, node.line, f"`{name}` is to be text, not {_kind(node)}."
        )
    return node.text


def list_items(node: YamlNode, name: str, file: str) -> list[YamlNode]:
    """The items of a list; none of an empty scalar. Raises DictionaryRefused for other nodes."""
    if isinstance(node, YamlScalar) and not node.text:
        return []
    if not isinstance(node, YamlList):
        raise refused_line(
            "wrong_type", file, node.line, f"`{name}` is to be a list, not {_kind(node)}."
        )
    return node.items


def mapping_values(
    node: YamlNode, known: Collection[str], name: str, file: str
) -> dict[str, YamlNode]:
    """The values of a mapping by key. Raises DictionaryRefused for a key that is not known."""
    if not isinstance(node, YamlMapping):
        keys = ", ".join(f"`{key}`" for key in known)
        raise refused_line(
            "wrong_type",
            file,
            node.line,
            f"{name} is to be a mapping with {keys}, not {_kind(node)}.",
        )
    for key, value in node.values.items():
        if key not in known:
            raise refused_line("unknown_key", file, value.line, unknown_name("key", key, known))
    return node.values


def _kind(node: YamlNode) -> str:
    if isinstance(node, YamlScalar):
        return f"the text {quoted(node.text)}" if node.text else "nothing"
    return "a list" if isinstance(node, YamlList) else "a mapping"


def read_yaml_document(text: str, file: str) -> YamlNode:
    """The one document of a file of YAML as plain nodes. Raises DictionaryRefused."""
    reader = _YamlReader(text, file)
    try:
        return reader.document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise refused_line(
            "not_yaml", file, line, f"this is not YAML ({error.problem}). Nothing was read."
        ) from error
    except yaml.YAMLError as error:
        raise DictionaryRefused(
            "not_yaml", f"{file}: this is not YAML. Nothing was read."
        ) from error


class _YamlReader:
    """The events of PyYAML's safe parser as nodes; nothing is constructed, no alias followed."""

    def __init__(self, text: str, file: str) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=yaml.SafeLoader)
        self.file = file
        self.nodes = 0

    def document(self) -> YamlNode:
        """The node of the only document. Raises DictionaryRefused for none and for several."""
        next(self.events)  # the stream begins
        begins = next(self.events)
        if isinstance(begins, yaml.StreamEndEvent):
            raise DictionaryRefused("empty", f"{self.file} is empty.")
        node = self.node(next(self.events), 0)
        next(self.events)  # the document ends
        follows = next(self.events)
        if not isinstance(follows, yaml.StreamEndEvent):
            raise self.refused("not_yaml", follows, "a second document begins. Leave one.")
        return node

    def node(self, event: Any, depth: int) -> YamlNode:
        """The node that begins with this event."""
        line = event.start_mark.line + 1
        self.nodes += 1
        if self.nodes > _MAX_NODES or depth > _MAX_DEPTH:
            many = "is nested too deep" if depth > _MAX_DEPTH else "has too many parts"
            raise self.refused("too_long", event, f"the file {many} for a dictionary.")
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self.refused(
                "alias", event, f"{quoted(event.anchor)} is an alias or anchor. Write it out."
            )
        if event.tag is not None:
            raise self.refused("tag", event, f"the tag {quoted(event.tag)} is not read. Leave it.")
        if isinstance(event, yaml.ScalarEvent):
            return YamlScalar(event.value.strip(), line)
        if isinstance(event, yaml.SequenceStartEvent):
            return YamlList(list(self.items(depth)), line)
        return YamlMapping(self.pairs(depth), line)

    def items(self, depth: int) -> Iterator[YamlNode]:
        """The nodes of a list, up to its end."""
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self.node(event, depth + 1)

    def pairs(self, depth: int) -> dict[str, YamlNode]:
        """The values of a mapping by key, up to its end."""
        values: dict[str, YamlNode] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            if not isinstance(key, YamlScalar):
                raise self.refused("wrong_type", event, f"{_kind(key)} stands for a key.")
            if key.text in values:
                raise self.refused(
                    "duplicate_key", event, f"the key {quoted(key.text)} stands twice. Leave one."
                )
            values[key.text] = self.node(next(self.events), depth + 1)
        return values

    def refused(self, code: str, event: Any, words: str) -> DictionaryRefused:
        """A refusal of the line on which the event begins."""
        return refused_line(code, self.file, event.start_mark.line + 1, words)
