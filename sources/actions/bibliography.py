"""Bibliographies in and out: what a file would change, importing it, and exporting sources."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Lower

from sources.actions.action import action
from sources.actions.permission import require
from sources.actions.publishers import share_publisher_names
from sources.actions.sources import add_source, revise_source
from sources.domain.bibliography.comparison import address_key
from sources.domain.bibliography.file_records import FileRecord
from sources.domain.bibliography.formats import MAX_RECORDS, Format
from sources.domain.bibliography.identifiers import doi_key, isbn_keys
from sources.domain.bibliography.preview import (
    Entry,
    Known,
    Outcome,
    free_key,
    preview,
    wanted_key,
)
from sources.domain.refusals import Refusal
from sources.extraction.bibliography_files import round_trip_all, write_bibliography
from sources.models import Source
from sources.querysets.sources import SourceQuerySet
from sources.readings.standing import csl_with_standing, read_standing
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

# An advisory lock of this number lets one bibliography in at a time, so that two people who bring
# the same book enter it once.
IMPORT_LOCK = 7_301_447_203


class ImportRefused(Refusal):
    """A bibliography that is not taken in like this."""


class StalePreview(ImportRefused):
    """Somebody changed what the preview showed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A person's decision on a record that was found: fields to take over, or another source."""

    take: frozenset[str] = frozenset()
    is_another: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """The summary of an import: keys of the sources entered and revised."""

    added: list[str] = field(default_factory=list)
    revised: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Exported:
    """A bibliography as a file, how many sources it has, and how many the reader may not know."""

    text: str
    count: int
    left_out: int


def preview_bibliography(
    *, records: Sequence[FileRecord], form: Format, by: "User", at: datetime
) -> list[Entry]:
    """Preview what a bibliography would change, for a person who may write. Nothing is written.

    Confidential sources that the person may not know are not found again: such a record is new.
    """
    require(by, Role.CONTRIBUTOR)
    return _preview(records, form, Source.objects.readable_by(by, at))


@action
def import_bibliography(
    *,
    records: Sequence[FileRecord],
    form: Format,
    marks: Sequence[str],
    choices: Mapping[int, Choice],
    by: "User",
    at: datetime,
) -> Imported:
    """Enter what is new, and take over what was ticked: all of it or nothing.

    `marks` are those of the entries of the preview, `choices` go by the number of a record.
    Raises StalePreview where the preview is another one by now, and Refusal where a record cannot
    be kept.
    """
    require(by, Role.CONTRIBUTOR)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
    share_publisher_names()
    rows = Source.objects.readable_by(by, at).select_for_update(no_key=True, of=("self",))
    entries = _preview(records, form, rows)
    _refuse_stale(entries, marks)
    done = Imported()
    for entry in entries:
        choice = choices.get(entry.number, Choice())
        try:
            _take(entry, choice, done, by=by, at=at)
        except Refusal as refusal:
            raise ImportRefused(
                refusal.code,
                f"The record no. {entry.number} ({entry.name}): {refusal.message} "
                "Nothing was imported.",
            ) from refusal
    return done


def export_bibliography(
    *, sources: SourceQuerySet, form: Format, reader: Any, at: datetime
) -> Exported:
    """The sources that the reader may know at that time, as a file, ordered by key.

    The note of a source that does not stand as published says so.

    Raises ImportRefused for more than are written at once.
    """
    chosen = sources.order_by().values("pk")
    readable = Source.objects.readable_by(reader, at).filter(pk__in=chosen)
    columns = ("key", "csl", "standing", "standing_on", "standing_reason")
    rows = list(readable.order_by("key").values_list(*columns)[: MAX_RECORDS + 1])
    if len(rows) > MAX_RECORDS:
        raise ImportRefused(
            "too_many",
            f"These are more than {MAX_RECORDS:,} sources, and no more are written into one file. "
            "Narrow the list.",
        )
    records = [
        {**csl_with_standing(csl, read_standing(*standing)), "id": key}
        for key, csl, *standing in rows
    ]
    text = write_bibliography(records, form)
    return Exported(text, len(rows), sources.count() - len(rows))


def _take(entry: Entry, choice: Choice, done: Imported, *, by: "User", at: datetime) -> None:
    """Write what becomes of one record."""
    is_found = entry.outcome in (Outcome.DIFFERENT, Outcome.PERHAPS, Outcome.SAME)
    if entry.outcome is Outcome.NEW or (is_found and choice.is_another):
        key = entry.key or free_key(wanted_key(entry.record), _is_taken([]))
        add_source(record={**entry.record, "id": key}, by=by, at=at)
        done.added.append(key)
    elif is_found and choice.take:
        taken = {
            difference.field: difference.suggested
            for difference in entry.differences
            if difference.field in choice.take
        }
        source = Source.objects.readable_by(by, at).get(key=entry.found)
        revise_source(source=source, record={**source.csl, **taken}, by=by, at=at)
        done.revised.append(source.key)


def _refuse_stale(entries: Sequence[Entry], marks: Sequence[str]) -> None:
    """Raise StalePreview, naming the first records that changed."""
    changed = [
        f"no. {entry.number} ({entry.name}) was {before.split(' ')[0]} and is {entry.outcome}"
        + (f" (source {entry.found})" if entry.found else "")
        for entry, before in zip(entries, marks, strict=False)
        if entry.mark != before
    ]
    if changed or len(marks) != len(entries):
        more = f", and {len(changed) - 5} more" if len(changed) > 5 else ""
        raise StalePreview(
            "stale_preview",
            "Sources were changed since this preview was made: "
            f"{'; '.join(changed[:5]) or 'it is of another file'}{more}. Nothing was imported. "
            "Look at the preview again.",
        )


def _preview(records: Sequence[FileRecord], form: Format, rows: Any) -> list[Entry]:
    """The preview against the sources among `rows` that any of the records may be."""
    items = [each.item for each in records if isinstance(each.item, Mapping)]
    wanted = [wanted_key(item) for item in items]
    found = rows.filter(_may_be(items, wanted)).order_by("pk").values_list("key", "csl")
    sources = [(key, {**csl, "id": key}) for key, csl in found]
    round_trips = round_trip_all([csl for _key, csl in sources], form)
    known = [Known(key, csl, way) for (key, csl), way in zip(sources, round_trips, strict=True)]
    return preview(records, known, is_taken=_is_taken(wanted))


def _may_be(items: Sequence[Mapping[str, Any]], wanted: Sequence[str]) -> Q:
    """Sources of the same key, DOI, ISBN, address or title as one of the records."""
    texts = {
        name: [
            " ".join(normalize("NFC", str(item[name])).split())
            for item in items
            if _is_text(item, name)
        ]
        for name in ("DOI", "ISBN", "URL", "title")
    }
    dois = {doi_key(text) for text in texts["DOI"]} - {""}
    numbers = {number for text in texts["ISBN"] for number in isbn_keys(text)}
    addresses = {way for text in texts["URL"] for way in _ways_of(address_key(text)) if way}
    titles = {text.lower() for text in texts["title"]} - {""}
    found = Q(key__in=set(wanted)) | Q(url__in=addresses)
    if dois:
        found |= Q(pk__in=Source.objects.alias(low=Lower("doi")).filter(low__in=dois).values("pk"))
    if numbers:
        books = Source.objects.exclude(isbn="").values_list("pk", "isbn")
        found |= Q(pk__in=[pk for pk, isbn in books if not numbers.isdisjoint(isbn_keys(isbn))])
    if titles:
        same = Source.objects.alias(low=Lower("title")).filter(low__in=titles)
        found |= Q(pk__in=same.values("pk"))
    return found


def _is_text(item: Mapping[str, Any], name: str) -> bool:
    return isinstance(item.get(name), str | int)


def _ways_of(address: str) -> list[str]:
    """The ways in which an address without scheme, `www.` and last slash may be written."""
    return [
        f"{scheme}://{www}{address}{slash}"
        for scheme in ("https", "http")
        for www in ("", "www.")
        for slash in ("", "/")
        if address
    ]


def _is_taken(wanted: Sequence[str]) -> Callable[[str], bool]:
    """Whether a source has a key; of those that are wanted, asked for all at once."""
    asked = set(wanted)
    taken = set(Source.objects.filter(key__in=asked).values_list("key", flat=True))

    def answer(key: str) -> bool:
        return key in taken if key in asked else Source.objects.filter(key=key).exists()

    return answer
