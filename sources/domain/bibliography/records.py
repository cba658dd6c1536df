"""A bibliographic record in CSL-JSON, checked and laid out in columns (CSL 1.0.2).

https://docs.citationstyles.org/en/stable/specification.html, appendices III and IV, and the
schema csl-data.json of the same version.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sources.domain.bibliography.csl_dates import issued_as_edtf
from sources.domain.bibliography.identifiers import IdentifierRefused, read_doi, read_isbn
from sources.domain.bibliography.names import OTHERS
from sources.domain.dates import DateRefused
from sources.domain.refusals import Refusal, quoted

_TYPE_NAMES = """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure
    graphic hearing interview legal_case legislation manuscript map motion_picture musical_score
    pamphlet paper-conference patent performance periodical personal_communication post
    post-weblog regulation report review review-book software song speech standard thesis treaty
    webpage"""
TYPES = frozenset(_TYPE_NAMES.split())

MAX_DEPTH, MAX_VALUES = 8, 2_000  # of a whole record
_LENGTHS = {
    "id": 100,
    "title": 2_000,
    "publisher": 300,
    "container-title": 2_000,
    "URL": 2_000,
    "DOI": 200,
    "ISBN": 40,
    "language": 35,
    "number": 100,
}
_MAX_LENGTH = 20_000  # of any other string, abstracts among them
_MAX_AUTHORS = 500

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_FORBIDDEN = re.compile("[\0\ud800-\udfff]")


class RecordRefused(Refusal):
    """A record that cannot be kept. `field` names where it is wrong, as the record writes it."""

    def __init__(self, code: str, field: str, message: str) -> None:
        super().__init__(code, message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Record:
    """A record in the columns of a source; an empty string where it says nothing.

    `authors` are names as they are read aloud, `issued` is EDTF, `csl` the whole record without
    nulls.
    """

    key: str
    type: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    container: str
    issued: str
    url: str
    doi: str
    isbn: str
    language: str
    number: str
    csl: dict[str, Any]


def read_record(record: Mapping[str, Any]) -> Record:
    """The record of a source from CSL-JSON; its `id` is the key of the source.

    Raises RecordRefused, naming the field and what is wrong with it.
    """
    if not isinstance(record, Mapping):
        raise RecordRefused("shape", "", f"A record is a JSON object, not {_kind(record)}.")
    csl = _without_nulls(record, "", [0], depth=0)
    key = _matching(csl, "id", _KEY, "letters, digits, hyphens and underscores", is_required=True)
    csl["id"] = key
    return Record(
        key=key,
        type=_type(csl),
        title=_text(csl, "title", is_required=True),
        authors=read_names(csl, "author"),
        publisher=_text(csl, "publisher"),
        container=_text(csl, "container-title"),
        issued=_issued(csl),
        url=_url(csl),
        doi=_identifier(csl, "DOI", read_doi),
        isbn=_identifier(csl, "ISBN", read_isbn),
        language=_matching(csl, "language", _LANGUAGE, "a BCP 47 tag such as `en` or `zh-Hans`"),
        number=_text(csl, "number"),
        csl=csl,
    )


def _refused(code: str, field: str, what: str, remedy: str) -> RecordRefused:
    return RecordRefused(code, field, f"The field `{field}` of the record {what}. {remedy}")


def _kind(value: object) -> str:
    """Name of a JSON type, for messages."""
    if value is None:
        return "null"
    names = {bool: "a truth value", int: "a number", float: "a number", str: "text", list: "a list"}
    return names.get(type(value), "an object")


def _without_nulls(value: Any, field: str, counted: list[int], *, depth: int) -> Any:
    """A copy of a JSON value without nulls; refuses what no database or file could keep."""
    counted[0] += 1
    if depth > MAX_DEPTH or counted[0] > MAX_VALUES:
        raise _refused("too_large", field, "goes too deep or too far", "Shorten the record.")
    if isinstance(value, Mapping):
        return {
            _checked(str(name), field or "id"): _without_nulls(
                inner, field or str(name), counted, depth=depth + 1
            )
            for name, inner in value.items()
            if inner is not None
        }
    if isinstance(value, list | tuple):
        return [
            _without_nulls(inner, field, counted, depth=depth + 1)
            for inner in value
            if inner is not None
        ]
    if isinstance(value, str):
        return _checked(value, field)
    is_number = isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))
    if not is_number or abs(value) >= 10**15:
        raise _refused("shape", field, "holds a number out of bounds", "Write it as text.")
    return value


def _checked(text: str, field: str) -> str:
    if len(text) > _LENGTHS.get(field, _MAX_LENGTH):
        raise _refused(
            "too_long",
            field,
            f"has {len(text)} characters",
            f"At most {_LENGTHS.get(field, _MAX_LENGTH)} are kept.",
        )
    if _FORBIDDEN.search(text):
        raise _refused(
            "character", field, f"holds {quoted(text)}, no text", "Take the odd character out."
        )
    return text


def _text(csl: Mapping[str, Any], field: str, *, is_required: bool = False) -> str:
    """The text of a field in NFC, white space as single spaces; numbers count as written."""
    value = csl.get(field, "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _refused("shape", field, f"is {_kind(value)}", "Write it as text.")
    text = _checked(" ".join(unicodedata.normalize("NFC", str(value)).split()), field)
    if is_required and not text:
        raise _refused("missing", field, "is missing", "Give it.")
    return text


def _matching(
    csl: Mapping[str, Any],
    field: str,
    shape: re.Pattern[str],
    means: str,
    *,
    is_required: bool = False,
) -> str:
    text = _text(csl, field, is_required=is_required)
    if text and not shape.fullmatch(text):
        raise _refused("shape", field, f"is {quoted(text)}", f"Write {means}.")
    return text


def _type(csl: Mapping[str, Any]) -> str:
    text = _text(csl, "type", is_required=True)
    if text not in TYPES:
        raise _refused(
            "type",
            "type",
            f"is {quoted(text)}, no type of CSL 1.0.2",
            "Take one such as `report`, `webpage`, `book` or `document`.",
        )
    return text


def read_names(csl: Mapping[str, Any], field: str) -> tuple[str, ...]:
    """Names in order, each as it is read aloud: Ludwig van Beethoven; Martin Luther King, Jr."""
    people = csl.get(field, [])
    if not isinstance(people, list) or not all(isinstance(person, dict) for person in people):
        raise _refused("shape", field, "is no list of names", 'Write `[{"family": …}]`.')
    if len(people) > _MAX_AUTHORS:
        raise _refused("too_large", field, f"has {len(people)} names", f"Give {_MAX_AUTHORS}.")
    return tuple(_name(person, field) for person in people)


def _name(person: Mapping[str, Any], field: str) -> str:
    order = ("given", "dropping-particle", "non-dropping-particle", "family")
    try:
        parts = [_text(person, part) for part in order]
        literal, suffix = _text(person, "literal"), _text(person, "suffix")
    except RecordRefused as refused:
        raise _refused(
            "shape", field, f"has a name whose {refused.field} is no text", "Write it as text."
        ) from refused
    if literal == OTHERS:
        return "et al."
    name = literal or " ".join(part for part in parts if part)
    if not name:
        raise _refused("name", field, "has a name without a word", "Give `family` or `literal`.")
    return f"{name}, {suffix}" if suffix and not literal else name


def _issued(csl: Mapping[str, Any]) -> str:
    try:
        return issued_as_edtf(csl.get("issued"))
    except DateRefused as refused:
        raise RecordRefused(
            refused.code, "issued", f"The field `issued` of the record: {refused.message}"
        ) from refused


def _url(csl: Mapping[str, Any]) -> str:
    """An address of the web. Anything else (javascript:, data:, file:) is never linked to."""
    url = _text(csl, "URL")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_address = False
    if not is_address or re.search(r"[\s\x00-\x1f\x7f<>\"\\]", url):
        raise _refused(
            "url",
            "URL",
            f"is {quoted(url)}, no address of the web",
            "Write one that begins with http:// or https://.",
        )
    return url


def _identifier(csl: Mapping[str, Any], field: str, read: Callable[[str], str]) -> str:
    """A number that names the publication. One that is wrong names another, or none."""
    text = _text(csl, field)
    try:
        return read(text) if text else ""
    except IdentifierRefused as refused:
        raise RecordRefused(
            refused.code, field, f"The field `{field}` of the record: {refused.message}"
        ) from refused
