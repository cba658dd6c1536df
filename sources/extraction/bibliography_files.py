"""From the bytes of a bibliography to records in CSL-JSON, and back.

Pandoc reads and writes BibTeX, within bounds. RIS and CSL-JSON are read and written here: pandoc's
RIS loses the day of issue, the number and the ISBN.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from sources.domain.bibliography.comparison import DATES, NAMES
from sources.domain.bibliography.csl_dates import issued_as_edtf
from sources.domain.bibliography.file_records import FileRecord
from sources.domain.bibliography.formats import (
    FileRefused,
    Format,
    date_parts,
    format_of,
    refuse_too_large,
    refuse_too_many,
)
from sources.domain.bibliography.ris import read_ris, write_ris
from sources.domain.dates import DateRefused
from sources.domain.refusals import quoted
from sources.domain.strict_json import read_json
from sources.extraction.bibtex import converted, read_bibtex

_TITLES = frozenset(("title", "container-title", "collection-title", "title-short"))
# The writer takes the others for a corporation of that name.
_OTHERS = re.compile(r" and \{others\}(?=\},?$)", re.MULTILINE)
# A doubtful date, whose mark the writer takes for a letter.
_ABOUT = re.compile(
    r"^  \w*date = \{[\d/~-]+\\textasciitilde\{\}(?:/[\d-]+\\textasciitilde\{\})?\},?$",
    re.MULTILINE,
)
# What pandoc writes as it stands, so that a brace in it would end the field.
_RAW_FIELDS = frozenset(("URL", "DOI", "ISBN", "ISSN"))


def read_bibliography(data: bytes, *, file_name: str) -> tuple[Format, list[FileRecord]]:
    """The format of a file and its records in order, those that cannot be read among them.

    Raises FileRefused or JsonRefused where nothing of it can be read.
    """
    refuse_too_large(len(data))
    text = _text(data)
    form = format_of(file_name, text)
    if form is Format.CSL_JSON:
        entries = [FileRecord(item) for item in _entries_of_json(data, file_name)]
    elif form is Format.RIS:
        entries = read_ris(text)
    else:
        entries = read_bibtex(text)
    refuse_too_many(len(entries))
    if not entries:
        raise FileRefused("no_records", f"The file holds no record in {form.label}.")
    return form, entries


def write_bibliography(records: Sequence[Mapping[str, Any]], form: Format) -> str:
    """Records, each in CSL-JSON, as a file. Raises FileRefused where pandoc cannot."""
    if form is Format.CSL_JSON:
        return json.dumps(records, ensure_ascii=False, indent=1) + "\n"
    if form is Format.RIS:
        return write_ris(records)
    if not records:
        return ""
    references = {"t": "MetaList", "c": [_reference(record, form) for record in records]}
    tree = {"pandoc-api-version": [1, 23, 1], "meta": {"references": references}, "blocks": []}
    asked = ("--from=json", f"--to={form.value}", "--wrap=none", "--eol=lf")
    written = converted(json.dumps(tree).encode("ascii"), *asked)
    written = _OTHERS.sub(" and others", written)
    return _ABOUT.sub(lambda found: found[0].replace(r"\textasciitilde{}", "~"), written)


def round_trip_all(
    records: Sequence[Mapping[str, Any]], form: Format
) -> list[list[Mapping[str, Any]]]:
    """For each record, what it becomes in each dialect of the format."""
    if form is Format.CSL_JSON or not records:
        return [[] for _record in records]
    numbered = [{**record, "id": f"k{place}"} for place, record in enumerate(records)]
    dialects = [form] if form is Format.RIS else [Format.BIBLATEX, Format.BIBTEX]
    round_trips: list[list[Mapping[str, Any]]] = [[] for _record in records]
    for dialect in dialects:
        written = write_bibliography(numbered, dialect)
        read = read_ris(written) if form is Format.RIS else read_bibtex(written)
        for record in (entry.item for entry in read):
            round_trips[int(record["id"][1:])].append(record)
    return round_trips


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused(
            "not_utf8",
            f"The byte at offset {error.start:,} is not UTF-8. Save the file as UTF-8.",
        ) from error
    if "\0" in text:
        raise FileRefused(
            "nul", "The file holds a NUL character, so it is no text. Save it as plain text."
        )
    if not text.strip():
        raise FileRefused("empty", "The file is empty.")
    return text


def _entries_of_json(data: bytes, file_name: str) -> list[Any]:
    """The entries of a list, or of the `items` of Zotero's and CSL's wrapping."""
    value = read_json(data, file=quoted(file_name))
    if isinstance(value, dict):
        value = value.get("items", value.get("references", [value]))
    if not isinstance(value, list):
        raise FileRefused("not_csl", "The file is no list of records in CSL-JSON. Export it anew.")
    return value


def _reference(record: Mapping[str, Any], form: Format) -> dict[str, Any]:
    """A record as metadata of a pandoc document, each string taken literally.

    What is neither a date, nor a list of names, nor a word has no field in BibTeX.
    """
    fields: dict[str, Any] = {}
    for name, value in record.items():
        if name in DATES:
            if date := _date_for(value, form):
                fields[name] = _meta(date)
        elif name in NAMES:
            if people := _people(value):
                fields[name] = _meta(people)
        elif not isinstance(value, str | int | float):
            continue
        elif name in _RAW_FIELDS:
            fields[name] = _meta(re.sub(r"[{}\\\s]", _percent, str(value)))
        elif name in _TITLES:
            # Kept from the writer, which would give it the capitals of an English title.
            span = {"t": "Span", "c": [["", ["nocase"], []], [_string(value)]]}
            fields[name] = {"t": "MetaInlines", "c": [span]}
        else:
            fields[name] = _meta(value)
    return {"t": "MetaMap", "c": fields}


def _date_for(value: Any, form: Format) -> dict[str, Any]:
    """A date as the writer takes it; a doubtful one and one in words as text.

    Plain BibTeX has a year and a month, and no words for a span of time.
    """
    try:
        edtf = issued_as_edtf(value)
    except DateRefused:
        return {}
    parts = date_parts(edtf)
    if not parts:
        words = value.get("literal") or value.get("raw") if isinstance(value, Mapping) else ""
        return {"literal": words} if isinstance(words, str) and words.strip() else {}
    if "~" in edtf and ".." not in edtf and form is Format.BIBLATEX:
        return {"literal": edtf}
    if "~" in edtf and form is Format.BIBTEX and len(parts[0]) == 1:
        return {"literal": f"ca. {parts[0][0]}"}
    return {"date-parts": parts[: 1 if form is Format.BIBTEX else 2]}


def _people(value: Any) -> list[dict[str, str]]:
    """The names of a list that have words, with the parts that are words."""
    people = (
        [person for person in value if isinstance(person, Mapping)]
        if isinstance(value, list)
        else []
    )
    named = [
        {part: word for part, word in person.items() if isinstance(word, str) and word.strip()}
        for person in people
    ]
    return [person for person in named if person.keys() & {"family", "literal", "given"}]


def _percent(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def _meta(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {"t": "MetaMap", "c": {name: _meta(inner) for name, inner in value.items()}}
    if isinstance(value, list):
        return {"t": "MetaList", "c": [_meta(inner) for inner in value]}
    return {"t": "MetaInlines", "c": [_string(value)]}


def _string(value: Any) -> dict[str, Any]:
    return {"t": "Str", "c": " ".join(str(value).split())}
