"""Compare two bibliographic records field by field, by their meaning.

`https://doi.org/10.1000/182` and `10.1000/182` say the same, and so do a name in its parts and
the name as it is read aloud.
"""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sources.domain.bibliography.csl_dates import issued_as_edtf
from sources.domain.bibliography.identifiers import doi_key, isbn_keys
from sources.domain.bibliography.records import RecordRefused, read_names, read_record
from sources.domain.bibliography.standing_note import own_note
from sources.domain.dates import DateRefused

# Fields of a record that are suggested from the metadata of a captured file.
SUGGESTED_FIELDS = (
    "title",
    "author",
    "issued",
    "publisher",
    "container-title",
    "language",
    "URL",
    "DOI",
)
# Fields whose values are lists of names, and dates.
NAMES = frozenset(
    (
        *("author", "collection-editor", "composer", "container-author", "director", "editor"),
        *("editorial-director", "illustrator", "interviewer", "original-author", "recipient"),
        *("reviewed-author", "translator"),
    )
)
DATES = frozenset(("accessed", "event-date", "issued", "original-date", "submitted"))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another value for a field of a record, beside the one that the record has.

    `has` is None where the record has no value. Nothing is taken over by itself.
    """

    field: str
    has: Any
    suggested: Any


def suggestions_for(csl: Mapping[str, Any], metadata: Mapping[str, Any]) -> list[Suggestion]:
    """Metadata of a captured file that the record lacks, or has otherwise.

    `metadata` is like CSL-JSON, from a file that nobody vouches for: what no record could keep
    is not suggested.
    """
    stated = {
        name: metadata[name] for name in SUGGESTED_FIELDS if _is_sound(name, metadata.get(name))
    }
    return list(record_differences(csl, stated))


def record_differences(
    has: Mapping[str, Any],
    says: Mapping[str, Any],
    *,
    round_trips: Iterable[Mapping[str, Any]] = (),
) -> tuple[Suggestion, ...]:
    """The fields in which a record says something else; a field that it lacks is no difference.

    `round_trips` are what `has` becomes in the file format that the record came in: what a format
    cannot carry is no difference.
    """
    ways = (has, *round_trips)
    return tuple(
        Suggestion(field, has.get(field), value)
        for field, value in says.items()
        if field != "id"
        and value not in (None, "", [], {})
        and all(meaning(field, way.get(field)) != meaning(field, value) for way in ways)
    )


def meaning(field: str, value: Any) -> Any:
    """Normalise the value of a field, so that it can be compared."""
    if value is None:
        return None
    if field in NAMES and isinstance(value, list):
        return _names(field, value)
    if field in DATES and isinstance(value, dict | str):
        return _date(value)
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True)
    text = " ".join(unicodedata.normalize("NFC", str(value)).split())
    found: Any = None
    if field == "DOI":
        found = doi_key(text)
    elif field == "ISBN":
        found = isbn_keys(text)
    elif field == "URL":
        found = address_key(text)
    elif field == "language":
        found = text.lower()
    elif field == "note":
        return own_note(text)
    return found or text


def address_key(url: str) -> str:
    """Key of a page: its address without `http`, `www.` and a slash at the end."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return ""
    rest = parts._replace(scheme="", netloc="", path=parts.path.rstrip("/")).geturl()
    return f"{host}{port}{rest}" if host else ""


def in_words(value: Any) -> str:
    """A value as a person reads it in a preview; empty for none."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(person, dict) for person in value):
        try:
            return "; ".join(read_names({"author": value}, "author"))
        except RecordRefused:
            return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        date = _date(value)
        return date if isinstance(date, str) else json.dumps(value, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)


def _names(field: str, value: list[Any]) -> Any:
    try:
        return read_names({field: value}, field)
    except RecordRefused:
        return json.dumps(value, sort_keys=True)


def _date(value: Any) -> Any:
    """A date in EDTF; one that only a person can read, as it is written."""
    try:
        written = issued_as_edtf(value)
    except DateRefused:
        written = ""
    return written or (value if isinstance(value, str) else json.dumps(value, sort_keys=True))


def _is_sound(field: str, value: Any) -> bool:
    """Whether a record could keep the value."""
    if value in (None, "", [], {}):
        return False
    bare = {"id": "any", "type": "document", "title": "Any"}
    try:
        read_record({**bare, field: value})
    except RecordRefused:
        return False
    return True
