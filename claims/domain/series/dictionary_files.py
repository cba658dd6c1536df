"""Topic dictionaries as files: YAML for people who edit text, CSV for those who edit tables.

YAML has a mapping with a list `topics`; the number says which version was exported:

    series: quad
    number: 3
    topics:
    - topic: arctic
      note: The region, not the circle.
      terms:
      - Arctic NOT "Antarctic"
      - text: Арктик*
        language: ru

CSV has one row for each term, under the head `topic,term,language,note`; the note stands in the
first row of its topic. Commas, semicolons and tabs are read. A cell that a spreadsheet would run
as a formula is written behind an apostrophe, which is taken off when it is read.

Every scalar of YAML is text as it is written: `no` is Norwegian, not false. Refused are aliases
and anchors, tags, keys that stand twice, several documents and what is not UTF-8. JSON of the same
form is YAML, too.
"""

import csv
import difflib
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from claims.domain.series.dictionary import Dictionary, DictionaryEntry, DictionaryTerm
from claims.domain.series.dictionary_validation import (
    MAX_TERMS_IN_ALL,
    UNREADABLE,
    DictionaryRefused,
)
from sources.domain.refusals import quoted

MAX_BYTES = 600_000
COLUMNS = ("topic", "term", "language", "note")

_MAX_DEPTH = 5
_MAX_NODES = 40_000
_DELIMITERS = ",;\t"
# What a spreadsheet runs as a formula, behind the apostrophes that were written before it.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile("[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class DictionaryFile:
    """A file as it was read: the dictionary, and of which series and version it says it is.

    `series` is a key, empty where none is named; `number` is None where none is. CSV names neither.
    """

    dictionary: Dictionary
    series: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class _Scalar:
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class _List:
    items: list["_Node"]
    line: int


@dataclass(frozen=True, slots=True)
class _Mapping:
    values: dict[str, "_Node"]
    line: int


_Node = _Scalar | _List | _Mapping


def read_dictionary(data: bytes, *, file: str = "The file") -> Dictionary:
    """The dictionary in a file of YAML or CSV, as it is written. Raises DictionaryRefused.

    The name of the file says which of the two it is; where it does not, the first line does.
    Whether its topics are known and its terms can be read is for `validate_dictionary`.
    """
    return read_dictionary_file(data, file=file).dictionary


def read_dictionary_file(data: bytes, *, file: str = "The file") -> DictionaryFile:
    """As `read_dictionary`, with the series and the version that the file names."""
    text = _decoded(data, file)
    ending = file.lower().rpartition(".")[2]
    is_csv = ending in ("csv", "tsv") or (
        ending not in ("yaml", "yml", "json") and _delimiter(text) is not None
    )
    if is_csv:
        return DictionaryFile(_read_csv(text, file))
    return _read_yaml(text, file)


def dictionary_as_yaml(
    dictionary: Dictionary, *, series: str = "", number: int | None = None
) -> str:
    """The dictionary as YAML, in the version of the series that it is."""
    head: dict[str, Any] = {}
    if series:
        head["series"] = series
    if number is not None:
        head["number"] = number
    topics = [
        {
            "topic": entry.topic,
            **({"note": entry.note} if entry.note else {}),
            "terms": [
                {"text": term.text, "language": term.language} if term.language else term.text
                for term in entry.terms
            ],
        }
        for entry in dictionary.entries
    ]
    return yaml.safe_dump(
        head | {"topics": topics}, allow_unicode=True, sort_keys=False, width=10_000
    )


def dictionary_as_csv(dictionary: Dictionary) -> str:
    """The dictionary as CSV with commas, one row for each term."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for entry in dictionary.entries:
        for place, term in enumerate(entry.terms):
            note = entry.note if place == 0 else ""
            writer.writerow(map(_escaped, (entry.topic, term.text, term.language, note)))
    return written.getvalue()


def _decoded(data: bytes, file: str) -> str:
    """The text of the bytes. Raises DictionaryRefused for too many, and for what is no text."""
    if len(data) > MAX_BYTES:
        raise DictionaryRefused(
            "too_long", f"{file} has {len(data):,} bytes. At most {MAX_BYTES:,} are read."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DictionaryRefused(
            "not_utf8", f"{file}, line {line}: there is a byte that is not UTF-8. Save it as UTF-8."
        ) from error
    found = UNREADABLE.search(text)
    if found is not None:
        raise _refused(
            "unreadable",
            file,
            text.count("\n", 0, found.start()) + 1,
            f"U+{ord(found[0]):04X} is no character of a text. Type the line anew.",
        )
    return text


def _refused(code: str, file: str, line: int, words: str) -> DictionaryRefused:
    return DictionaryRefused(code, f"{file}, line {line}: {words}")


# --- CSV


def _escaped(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unescaped(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if _ESCAPED.match(cell) else cell


def _delimiter(text: str) -> str | None:
    """The character between the cells of the head; None where the first line is no such head."""
    first = text.lstrip().partition("\n")[0].strip().lower()
    for delimiter in _DELIMITERS:
        cells = [cell.strip().strip('"') for cell in first.split(delimiter)]
        if cells[:2] == list(COLUMNS[:2]):
            return delimiter
    return None


def _read_csv(text: str, file: str) -> Dictionary:
    """The dictionary in a table; rows of one topic need not follow each other."""
    delimiter = _delimiter(text)
    if delimiter is None:
        raise _refused(
            "no_head", file, 1, f"the head {','.join(COLUMNS)} is missing. Write it as first row."
        )
    terms: dict[str, list[DictionaryTerm]] = {}
    notes: dict[str, str] = {}
    names: list[str] = []
    rows = 0
    for line, cells in _csv_rows(text, delimiter, file):
        if not names:
            names = _head([cell.lower() for cell in cells], file, line)
            continue
        if not any(cells):
            continue
        rows += 1
        if rows > MAX_TERMS_IN_ALL:
            raise _refused(
                "too_long", file, line, f"there are more than {MAX_TERMS_IN_ALL:,} terms."
            )
        if len(cells) > len(names) and any(cells[len(names) :]):
            raise _refused(
                "not_csv",
                file,
                line,
                f"the row has {len(cells)} cells, the head has {len(names)}. Put a term that has "
                "the separator in it into quotation marks.",
            )
        row = dict(zip(names, cells, strict=False))
        topic, note = row.get("topic", ""), row.get("note", "")
        if not topic or not row.get("term"):
            missing = "term" if topic else "topic"
            raise _refused(f"{missing}_missing", file, line, f"the {missing} is missing.")
        terms.setdefault(topic, []).append(DictionaryTerm(row["term"], row.get("language", "")))
        if note and notes.setdefault(topic, note) != note:
            raise _refused(
                "note_twice",
                file,
                line,
                f"the topic {quoted(topic)} has another note above: {quoted(notes[topic])}. "
                "Leave one of them.",
            )
    return Dictionary(
        tuple(
            DictionaryEntry(topic, tuple(of_it), notes.get(topic, ""))
            for topic, of_it in terms.items()
        )
    )


def _csv_rows(text: str, delimiter: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of the line on which each ends. Raises DictionaryRefused."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in rows:
            yield rows.line_num, [_unescaped(cell) for cell in cells]
    except csv.Error as error:
        raise _refused(
            "not_csv", file, rows.line_num, f"this is not CSV ({error}). Nothing was read."
        ) from error


def _head(cells: list[str], file: str, line: int) -> list[str]:
    """The names of the columns. Raises DictionaryRefused for one that is not known or twice."""
    while cells and not cells[-1]:
        cells.pop()
    for place, name in enumerate(cells):
        if name not in COLUMNS:
            raise _refused("unknown_key", file, line, _unknown("column", name, COLUMNS))
        if name in cells[:place]:
            raise _refused("duplicate_key", file, line, f"the column {quoted(name)} stands twice.")
    return cells


# --- YAML


def _read_yaml(text: str, file: str) -> DictionaryFile:
    """The dictionary in a document of YAML. Raises DictionaryRefused."""
    top = _yaml_document(text, file)
    if isinstance(top, _List):
        return DictionaryFile(_entries(top, file))
    values = _values(top, ("topics", "series", "number"), "the file", file)
    if "topics" not in values:
        raise _refused("topics_missing", file, top.line, "the key `topics` is missing.")
    number = None
    if "number" in values:
        typed = _text(values["number"], "number", file)
        if not _NUMBER.fullmatch(typed):
            raise _refused(
                "wrong_type",
                file,
                values["number"].line,
                f"{quoted(typed)} is no number of a version. They are counted from 1.",
            )
        number = int(typed)
    series = _text(values["series"], "series", file) if "series" in values else ""
    return DictionaryFile(_entries(values["topics"], file), series, number)


def _entries(node: _Node, file: str) -> Dictionary:
    return Dictionary(tuple(_entry(item, file) for item in _items(node, "topics", file)))


def _entry(node: _Node, file: str) -> DictionaryEntry:
    values = _values(node, ("topic", "terms", "note"), "an entry", file)
    for name in ("topic", "terms"):
        if name not in values:
            raise _refused(f"{name}_missing", file, node.line, f"this entry has no key `{name}`.")
    note = _text(values["note"], "note", file) if "note" in values else ""
    terms = tuple(_term(item, file) for item in _items(values["terms"], "terms", file))
    return DictionaryEntry(_text(values["topic"], "topic", file), terms, note)


def _term(node: _Node, file: str) -> DictionaryTerm:
    if isinstance(node, _Scalar):
        return DictionaryTerm(node.text)
    values = _values(node, ("text", "language"), "a term", file)
    if "text" not in values:
        raise _refused("term_missing", file, node.line, "this term has no key `text`.")
    language = _text(values["language"], "language", file) if "language" in values else ""
    return DictionaryTerm(_text(values["text"], "text", file), language)


def _text(node: _Node, name: str, file: str) -> str:
    if not isinstance(node, _Scalar):
        raise _refused("wrong_type", file, node.line, f"`{name}` is to be text, not {_kind(node)}.")
    return node.text


def _items(node: _Node, name: str, file: str) -> list[_Node]:
    if isinstance(node, _Scalar) and not node.text:
        return []
    if not isinstance(node, _List):
        raise _refused(
            "wrong_type", file, node.line, f"`{name}` is to be a list, not {_kind(node)}."
        )
    return node.items


def _values(node: _Node, known: Collection[str], name: str, file: str) -> dict[str, _Node]:
    if not isinstance(node, _Mapping):
        keys = ", ".join(f"`{key}`" for key in known)
        raise _refused(
            "wrong_type",
            file,
            node.line,
            f"{name} is to be a mapping with {keys}, not {_kind(node)}.",
        )
    for key, value in node.values.items():
        if key not in known:
            raise _refused("unknown_key", file, value.line, _unknown("key", key, known))
    return node.values


def _unknown(noun: str, name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name[:60].lower(), known, n=1, cutoff=0.0)[0]
    return (
        f"the {noun} {quoted(name)} is not known here. The nearest one is {quoted(near)}; "
        f"known are: {', '.join(known)}."
    )


def _kind(node: _Node) -> str:
    if isinstance(node, _Scalar):
        return f"the text {quoted(node.text)}" if node.text else "nothing"
    return "a list" if isinstance(node, _List) else "a mapping"


def _yaml_document(text: str, file: str) -> _Node:
    """The one document of a file of YAML as plain nodes with their lines."""
    reader = _YamlReader(text, file)
    try:
        return reader.document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _refused(
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

    def document(self) -> _Node:
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

    def node(self, event: Any, depth: int) -> _Node:
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
            return _Scalar(event.value.strip(), line)
        if isinstance(event, yaml.SequenceStartEvent):
            return _List(list(self.items(depth)), line)
        return _Mapping(self.pairs(depth), line)

    def items(self, depth: int) -> Iterator[_Node]:
        """The nodes of a list, up to its end."""
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self.node(event, depth + 1)

    def pairs(self, depth: int) -> dict[str, _Node]:
        """The values of a mapping by key, up to its end."""
        values: dict[str, _Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            if not isinstance(key, _Scalar):
                raise self.refused("wrong_type", event, f"{_kind(key)} stands for a key.")
            if key.text in values:
                raise self.refused(
                    "duplicate_key", event, f"the key {quoted(key.text)} stands twice. Leave one."
                )
            values[key.text] = self.node(next(self.events), depth + 1)
        return values

    def refused(self, code: str, event: Any, words: str) -> DictionaryRefused:
        """A refusal of the line on which the event begins."""
        return _refused(code, self.file, event.start_mark.line + 1, words)
