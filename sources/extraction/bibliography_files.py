"""From the bytes of a bibliography to records in CSL-JSON, and back.

Pandoc reads and writes BibTeX, within bounds. RIS and CSL-JSON are read and written here: pandoc's
RIS loses the day of issue, the number and the ISBN.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from sources.domain.bibliography.comparison import DATES, NAMES
from sources.domain.bibliography.csl_dates import issued_as_edtf
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
from sources.extraction.bounded_pandoc import PandocFailed, run_pandoc, turn

# Braces within braces that no bibliography needs; pandoc takes long over thousands.
MAX_BRACES = 50

_ENTRY = re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(]", re.MULTILINE)
_MARK = re.compile(r"\\.|[{}\"]", re.DOTALL)
_MAX_TITLE = 10_000
_TITLE = re.compile(
    r"\b(?:(?:main|book|issue)?(?:sub)?title(?:addon)?|shorttitle|journal)\s*=\s*(?=[{\"])", re.I
)
_MARKUP = re.compile(r"</?(?:i|b|sc|span)(?: [^<>]*)?>")
_DOTLESS = re.compile("ı(?=[\u0300-\u036f])")
_RAISED = re.compile(r"<(sup|sub)>(.*?)</\1>", re.DOTALL)
_RAISED_DIGITS = {
    "sup": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
# What pandoc writes as it stands, so that a brace in it would end the field.
_RAW_FIELDS = frozenset(("URL", "DOI", "ISBN", "ISSN"))


def read_bibliography(data: bytes, *, file_name: str) -> tuple[Format, list[Any]]:
    """The format of a file and its entries as they stand, each to be read as a record.

    Raises FileRefused or JsonRefused where nothing of it can be read.
    """
    refuse_too_large(len(data))
    text = _text(data)
    form = format_of(file_name, text)
    if form is Format.CSL_JSON:
        entries = _entries_of_json(data, file_name)
    elif form is Format.RIS:
        entries = read_ris(text)
    else:
        entries = _read_bibtex(text)
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
    return _pandoc(json.dumps(tree).encode("ascii"), *asked)


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
        read = read_ris(written) if form is Format.RIS else _read_bibtex(written)
        for entry in read:
            round_trips[int(entry["id"][1:])].append(entry)
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


def _read_bibtex(text: str) -> list[dict[str, Any]]:
    refuse_too_many(len(_ENTRY.findall(text)))
    _refuse_nesting(text)
    written = _pandoc(_as_written(text).encode(), "--from=biblatex", "--to=csljson", "--eol=lf")
    return [_cleaned(entry) for entry in json.loads(written)]


def _refuse_nesting(text: str) -> None:
    depth = 0
    for brace in _MARK.finditer(text):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth > MAX_BRACES:
            raise FileRefused(
                "too_deep",
                f"The braces of the file go deeper than {MAX_BRACES}. One is not closed, or it is "
                "no bibliography.",
            )


def _as_written(text: str) -> str:
    """The file with its titles in braces of their own, which keep their capitals.

    Without, pandoc takes English titles for ones in title case, and makes “russia” of “Russia”.
    """
    parts, done = [], 0
    for found in _TITLE.finditer(text):
        start = found.end()
        end = _end_of_value(text, start) if start >= done else -1
        if end > 0:
            parts += [text[done:start], "{{", text[start + 1 : end], "}}"]
            done = end + 1
    return "".join([*parts, text[done:]])


def _end_of_value(text: str, start: int) -> int:
    """Where the value that begins with a brace or a quotation mark ends; -1 where it does not."""
    is_braced, depth = text[start] == "{", 0
    for mark in _MARK.finditer(text, start + (not is_braced), start + _MAX_TITLE):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        is_end = mark[0] == "}" if is_braced else mark[0] == '"'
        if depth == 0 and is_end:
            return mark.start()
        if depth < 0:
            break
    return -1


def _cleaned(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry as pandoc read it, without its markup and without what pandoc adds of its own."""
    record: dict[str, Any] = {name: _plain(value) for name, value in entry.items()}
    record["type"] = record.get("type") or "document"
    if not (record.get("issued") or {}).get("date-parts", True):
        del record["issued"]
    short = record.get("title-short", "")
    if short and str(record.get("title", "")).startswith(f"{short}:"):
        del record["title-short"]
    publisher = str(record.get("publisher", ""))
    if re.match(r"https?://", publisher) and not record.get("URL"):
        record["URL"] = record.pop("publisher")  # howpublished = {\url{…}}
    if record.get("author"):
        people = [person for person in record["author"] if person != {"literal": "others"}]
        record["author"] = people
    return record


def _plain(value: Any) -> Any:
    """A value without markup; raised and lowered digits stay so, since 10⁶ is not 106."""
    if isinstance(value, str):
        raised = _RAISED.sub(lambda found: found[2].translate(_RAISED_DIGITS[found[1]]), value)
        # \\i with a mark on it is an i: ï, í.
        return unicodedata.normalize("NFC", _DOTLESS.sub("i", _MARKUP.sub("", raised)))
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return value


def _reference(record: Mapping[str, Any], form: Format) -> dict[str, Any]:
    """A record as metadata of a pandoc document, each string taken literally.

    What is neither a date, nor a list of names, nor a word has no field in BibTeX.
    """
    fields: dict[str, Any] = {}
    for name, value in record.items():
        if name in DATES:
            # Plain BibTeX has a year and a month, and no words for a stretch of time.
            parts = _days(value)[: 1 if form is Format.BIBTEX else 2]
            if parts:
                fields[name] = _meta({"date-parts": parts})
        elif name in NAMES:
            if people := _people(value):
                fields[name] = _meta(people)
        elif not isinstance(value, str | int | float):
            continue
        elif name in _RAW_FIELDS:
            fields[name] = _meta(re.sub(r"[{}\\\s]", _percent, str(value)))
        elif name == "title":
            # Kept from the writer, which would give it the capitals of an English title.
            span = {"t": "Span", "c": [["", ["nocase"], []], [_string(value)]]}
            fields[name] = {"t": "MetaInlines", "c": [span]}
        else:
            fields[name] = _meta(value)
    return {"t": "MetaMap", "c": fields}


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


def _days(value: Any) -> list[list[int]]:
    try:
        return date_parts(issued_as_edtf(value))
    except DateRefused:
        return []


def _meta(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {"t": "MetaMap", "c": {name: _meta(inner) for name, inner in value.items()}}
    if isinstance(value, list):
        return {"t": "MetaList", "c": [_meta(inner) for inner in value]}
    return {"t": "MetaInlines", "c": [_string(value)]}


def _string(value: Any) -> dict[str, Any]:
    return {"t": "Str", "c": " ".join(str(value).split())}


def _pandoc(data: bytes, *options: str) -> str:
    """Convert data with pandoc, waiting for a turn. Raises FileRefused."""
    try:
        with turn():
            return run_pandoc(data, *options)
    except PandocFailed as failed:
        raise _refusal(failed) from failed


def _refusal(failed: PandocFailed) -> FileRefused:
    """Why pandoc made nothing, in a sentence."""
    match failed.code:
        case "busy":
            return FileRefused(
                "busy", "Other bibliographies are being read at the moment. Try again in a minute."
            )
        case "missing":
            return FileRefused(
                "pandoc_missing",
                "Pandoc is not installed. Install the packages of requirements.txt again.",
            )
        case "refused":
            return FileRefused(
                "not_bibtex",
                f"The file is no BibTeX that can be read: {quoted(failed.message)}. Mend it, or "
                "export it anew.",
            )
    return FileRefused(
        "too_large", "Reading the file took more time or memory than is given to it. Split it."
    )
