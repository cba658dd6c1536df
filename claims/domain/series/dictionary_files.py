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
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from claims.domain.series.dictionary import Dictionary, DictionaryEntry, DictionaryTerm
from claims.domain.series.dictionary_validation import (
    MAX_TERMS_IN_ALL,
    UNREADABLE,
    DictionaryRefused,
)
from claims.domain.series.yaml_nodes import (
    YamlList,
    YamlNode,
    YamlScalar,
    list_items,
    mapping_values,
    read_yaml_document,
    refused_line,
    scalar_text,
    unknown_name,
)
from sources.domain.refusals import quoted

MAX_BYTES = 600_000
COLUMNS = ("topic", "term", "language", "note")

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
        raise refused_line(
            "unreadable",
            file,
            text.count("\n", 0, found.start()) + 1,
            f"U+{ord(found[0]):04X} is no character of a text. Type the line anew.",
        )
    return text


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
        raise refused_line(
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
            raise refused_line(
                "too_long", file, line, f"there are more than {MAX_TERMS_IN_ALL:,} terms."
            )
        if len(cells) > len(names) and any(cells[len(names) :]):
            raise refused_line(
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
            raise refused_line(f"{missing}_missing", file, line, f"the {missing} is missing.")
        terms.setdefault(topic, []).append(DictionaryTerm(row["term"], row.get("language", "")))
        if note and notes.setdefault(topic, note) != note:
            raise refused_line(
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
        raise refused_line(
            "not_csv", file, rows.line_num, f"this is not CSV ({error}). Nothing was read."
        ) from error


def _head(cells: list[str], file: str, line: int) -> list[str]:
    """The names of the columns. Raises DictionaryRefused for one that is not known or twice."""
    while cells and not cells[-1]:
        cells.pop()
    for place, name in enumerate(cells):
        if name not in COLUMNS:
            raise refused_line("unknown_key", file, line, unknown_name("column", name, COLUMNS))
        if name in cells[:place]:
            raise refused_line(
                "duplicate_key", file, line, f"the column {quoted(name)} stands twice."
            )
    return cells


# --- YAML


def _read_yaml(text: str, file: str) -> DictionaryFile:
    """The dictionary in a document of YAML. Raises DictionaryRefused."""
    top = read_yaml_document(text, file)
    if isinstance(top, YamlList):
        return DictionaryFile(_entries(top, file))
    values = mapping_values(top, ("topics", "series", "number"), "the file", file)
    if "topics" not in values:
        raise refused_line("topics_missing", file, top.line, "the key `topics` is missing.")
    number = None
    if "number" in values:
        typed = scalar_text(values["number"], "number", file)
        if not _NUMBER.fullmatch(typed):
            raise refused_line(
                "wrong_type",
                file,
                values["number"].line,
                f"{quoted(typed)} is no number of a version. They are counted from 1.",
            )
        number = int(typed)
    series = scalar_text(values["series"], "series", file) if "series" in values else ""
    return DictionaryFile(_entries(values["topics"], file), series, number)


def _entries(node: YamlNode, file: str) -> Dictionary:
    return Dictionary(tuple(_entry(item, file) for item in list_items(node, "topics", file)))


def _entry(node: YamlNode, file: str) -> DictionaryEntry:
    values = mapping_values(node, ("topic", "terms", "note"), "an entry", file)
    for name in ("topic", "terms"):
        if name not in values:
            raise refused_line(
                f"{name}_missing", file, node.line, f"this entry has no key `{name}`."
            )
    note = scalar_text(values["note"], "note", file) if "note" in values else ""
    terms = tuple(_term(item, file) for item in list_items(values["terms"], "terms", file))
    return DictionaryEntry(scalar_text(values["topic"], "topic", file), terms, note)


def _term(node: YamlNode, file: str) -> DictionaryTerm:
    if isinstance(node, YamlScalar):
        return DictionaryTerm(node.text)
    values = mapping_values(node, ("text", "language"), "a term", file)
    if "text" not in values:
        raise refused_line("term_missing", file, node.line, "this term has no key `text`.")
    language = scalar_text(values["language"], "language", file) if "language" in values else ""
    return DictionaryTerm(scalar_text(values["text"], "text", file), language)
