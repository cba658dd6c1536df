"""Preview of an imported bibliography: record by record, before anything is written.

Nothing is merged by itself. A record is known again by its key, else by its DOI, else by ISBN and
title, else by its address; one that only has the title, year and first author of a source is
*perhaps* the same.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from sources.domain.bibliography.comparison import Suggestion, address_key, record_differences
from sources.domain.bibliography.file_records import FileRecord, NotTaken
from sources.domain.bibliography.identifiers import doi_key, isbn_keys
from sources.domain.bibliography.records import Record, RecordRefused, read_record
from sources.domain.bibliography.standing_note import without_standing_note
from sources.domain.keys import is_key
from sources.domain.refusals import quoted
from sources.domain.text.search_folding import fold_for_search

_MAX_MADE_KEY = 60


class Outcome(StrEnum):
    """The outcome of importing a record of the file."""

    # It is entered as a source.
    NEW = "new"
    # A source says all of this already.
    SAME = "same"
    # A source says something else; a person ticks what to take over.
    DIFFERENT = "different"
    # A source has its title, year and first author, or its address; a person says whether it is it.
    PERHAPS = "perhaps"
    # The file has it twice; only the first is taken.
    REPEATED = "repeated"
    # It cannot be kept.
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Known:
    """A source that a record may be found again in, as far as the person may know it.

    `round_trips` are its record written in each dialect of the file and read again.
    """

    key: str
    csl: Mapping[str, Any]
    round_trips: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A record of the file: its place, counted from 1, and what becomes of it.

    `key` is the one it would get as a new source, `found` that of the source it is found in, `by`
    says by what. `message` says why it is refused or left. `line` is where it begins in the file,
    0 where that is not known, and `not_taken` the fields that the record has nothing or less of.
    """

    number: int
    name: str
    outcome: Outcome
    key: str = ""
    found: str = ""
    by: str = ""
    message: str = ""
    record: Mapping[str, Any] = field(default_factory=dict)
    differences: tuple[Suggestion, ...] = ()
    line: int = 0
    not_taken: tuple[NotTaken, ...] = ()

    @property
    def mark(self) -> str:
        """Digest of the entry: another mark later means that the data has changed."""
        differences = [[each.field, each.has, each.suggested] for each in self.differences]
        says = json.dumps([self.message, self.record, differences], sort_keys=True).encode()
        digest = hashlib.sha256(says).hexdigest()[:16]
        return f"{self.outcome} {self.key or '-'} {self.found or '-'} {digest}"


def preview(
    records: Iterable[FileRecord], known: Sequence[Known], *, is_taken: Callable[[str], bool]
) -> list[Entry]:
    """Say what each record of a file would change.

    `known` are sources that any of them may be found in; `is_taken` says whether any source has a
    key, also one that the person may not know.
    """
    return _Preview(known, is_taken).entries(records)


def wanted_key(item: Mapping[str, Any]) -> str:
    """The key that a record asks for: its `id`, else one from its author, year and title."""
    name = _id(item)
    return name if is_key(name) else made_key(item)


def made_key(item: Mapping[str, Any]) -> str:
    """A key such as `przychodniak-2025-power`, from what a record says."""
    people = item.get("author")
    person = people[0] if isinstance(people, list) and people else {}
    name = person.get("family") or person.get("literal") if isinstance(person, dict) else ""
    words = _slug(item.get("title")).split("-")
    word = next((word for word in words if len(word) > 3), words[0])
    parts = (_slug(name).rpartition("-")[2], _year(item), word)
    return "-".join(part for part in parts if part)[:_MAX_MADE_KEY].strip("-") or "source"


def free_key(wanted: str, is_taken: Callable[[str], bool]) -> str:
    """The key, or where it is taken the first of `key-2`, `key-3` … that is not."""
    number, key = 1, wanted
    while is_taken(key):
        number += 1
        ending = f"-{number}"
        key = f"{wanted[: 100 - len(ending)]}{ending}"
    return key


def identities(csl: Mapping[str, Any]) -> dict[str, str]:
    """Keys that identify a record, the surest first."""
    title = fold_for_search(_text(csl, "title"))
    isbns = sorted(isbn_keys(_text(csl, "ISBN")))
    person = made_key({"author": csl.get("author")})
    year = _year(csl)
    found = {
        "DOI": doi_key(_text(csl, "DOI")),
        "ISBN": f"{isbns[0]} {title}" if isbns else "",
        "URL": address_key(_text(csl, "URL")),
        "title": f"{title} {year} {person}" if title else "",
    }
    return {name: value for name, value in found.items() if value}


class _Preview:
    """One walk through a file: what is known, and what the file said before."""

    def __init__(self, known: Sequence[Known], is_taken: Callable[[str], bool]) -> None:
        self.by_key = {source.key: source for source in known}
        self.by_identity: dict[tuple[str, str], Known] = {}
        for source in sorted(known, key=lambda source: source.key):
            for identity in identities(source.csl).items():
                self.by_identity.setdefault(identity, source)
        self.is_taken = is_taken
        self.given: set[str] = set()
        self.seen: dict[tuple[str, str], int] = {}

    def entries(self, records: Iterable[FileRecord]) -> list[Entry]:
        return [
            replace(self._entry(number, read), line=read.line, not_taken=read.not_taken)
            for number, read in enumerate(records, start=1)
        ]

    def _entry(self, number: int, given: FileRecord) -> Entry:
        item = given.item
        name = _name(item)
        if given.refusal:
            return Entry(number, name, Outcome.REFUSED, message=given.refusal)
        try:
            wanted = wanted_key(item) if isinstance(item, Mapping) else ""
            read = read_record({**item, "id": wanted} if isinstance(item, Mapping) else item)
        except RecordRefused as refused:
            return Entry(number, name, Outcome.REFUSED, message=refused.message)
        own = identities(read.csl)
        earlier = self._earlier(number, item, own, read)
        if earlier is not None:
            message = f"It is the record no. {earlier} of the file again; only that one is taken."
            return Entry(number, name, Outcome.REPEATED, message=message)
        found, by = self._found(item, own)
        if found is None:
            key = free_key(wanted, lambda key: self.is_taken(key) or key in self.given)
            self.given.add(key)
            csl = {**read.csl, "id": key}
            return Entry(number, name, Outcome.NEW, key=key, record=csl)
        other = self.by_identity.get(("DOI", own.get("DOI", "")))
        if by == "key" and other is not None and other.key != found.key:
            message = (
                f"It has the key of {found.key} and the DOI of {other.key}. Change its `id` or its "
                "`DOI`, and import it anew."
            )
            return Entry(number, name, Outcome.REFUSED, message=message)
        return self._compared(number, name, read, found, by)

    def _compared(self, number: int, name: str, read: Record, found: Known, by: str) -> Entry:
        """A record beside the source that it is found in; the standing is known of that source."""
        says = without_standing_note(read.csl)
        offers = record_differences(found.csl, says, round_trips=found.round_trips)
        is_other_title = any(offer.field == "title" for offer in offers)
        if by == "title" or (by == "URL" and is_other_title):
            outcome = Outcome.PERHAPS
        else:
            outcome = Outcome.DIFFERENT if offers else Outcome.SAME
        return Entry(
            number,
            name,
            outcome,
            found=found.key,
            by=by,
            record=read.csl,
            differences=offers,
        )

    def _found(self, item: Mapping[str, Any], own: Mapping[str, str]) -> tuple[Known | None, str]:
        """The source that a record is found in, and by what."""
        if _id(item) in self.by_key:
            return self.by_key[_id(item)], "key"
        for identity in own.items():
            if identity in self.by_identity:
                return self.by_identity[identity], identity[0]
        return None, ""

    def _earlier(
        self, number: int, item: Mapping[str, Any], own: Mapping[str, str], read: Record
    ) -> int | None:
        """The record of the file that this one repeats. An address alone is none: a site has many
        pages, and a file may give all of them the address of the site."""
        title = fold_for_search(read.title)
        names = [(kind, value) for kind, value in own.items() if kind in ("DOI", "ISBN")]
        if "URL" in own:
            names.append(("URL", f"{own['URL']} {title}"))
        if _id(item):
            names.append(("id", _id(item)))
        earlier = next((self.seen[one] for one in names if one in self.seen), None)
        if earlier is None:
            self.seen |= dict.fromkeys(names, number)
        return earlier


def _name(item: Any) -> str:
    """The name of a record in the preview: its id and its title."""
    if not isinstance(item, Mapping):
        return quoted(str(item))
    named = [str(item[part]) for part in ("id", "title") if item.get(part)]
    return quoted(": ".join(named)) if named else "–"


def _id(item: Mapping[str, Any]) -> str:
    """The identifier of the record in the file; CSL-JSON allows a number."""
    name = item.get("id")
    return str(name) if isinstance(name, str | int) else ""


def _text(csl: Mapping[str, Any], name: str) -> str:
    value = csl.get(name, "")
    return str(value) if isinstance(value, str | int) else ""


def _slug(text: Any) -> str:
    """Small letters and digits of a text, with hyphens between the words."""
    folded = fold_for_search(text) if isinstance(text, str) else ""
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")


def _year(item: Mapping[str, Any]) -> str:
    """The year of issue, as far as it can be told."""
    date = item.get("issued")
    if isinstance(date, Mapping):
        parts = date.get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts else None
        if isinstance(first, list) and first:
            date = str(first[0])
        else:
            date = date.get("literal", date.get("raw", ""))
    found = re.match(r"\d{4}", date) if isinstance(date, str) else None
    return found[0] if found else ""
