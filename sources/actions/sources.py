"""Entering and revising sources, and putting them into series."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from psycopg.types.range import Range as PgRange

from sources.actions import announce
from sources.actions.action import action
from sources.actions.permission import require
from sources.actions.publishers import publisher_named, share_publisher_names
from sources.actions.search_words import index_sources, search_text_of
from sources.domain.bibliography.records import Record, read_record
from sources.domain.dates import parse_dates
from sources.domain.keys import is_key
from sources.domain.refusals import Refusal, quoted
from sources.domain.text_fields import clean_words
from sources.models import Series, SeriesMember, Source, SourceReader
from sources.vocabulary import Access, Rights, Role

if TYPE_CHECKING:
    from factbase.models import User


class SourceRefused(Refusal):
    """A source or series that cannot be entered like this."""


@action
def add_source(
    *,
    record: dict[str, Any],
    by: "User",
    at: datetime,  # noqa: ARG001 - history keeps the time
    rights: Rights = Rights.EXCERPTS,
    access: Access = Access.PUBLIC,
    public_descriptor: str = "",
) -> Source:
    """Enter a source from its CSL-JSON record, whose `id` becomes the key.

    One of public access is public once something published rests on it, or it is opened. One for
    named persons names who enters it as its first reader.

    Raises RecordRefused, SourceRefused where the key is taken, NotPermitted.
    """
    require(by, Role.CONTRIBUTOR)
    share_publisher_names()
    read = read_record(record)
    if Source.objects.filter(key=read.key).exists():
        raise SourceRefused(
            "key_taken", f"There is a source {read.key} already; choose another key."
        )
    source: Source = Source.objects.create(
        key=read.key,
        rights=rights,
        access=access,
        public_descriptor=required_descriptor(access, public_descriptor),
        **columns_of(read),
    )
    index_sources([source.pk])
    if access == Access.NAMED:
        SourceReader.objects.create(source=source, reader=by)
    return source


@action
def revise_source(
    *,
    source: Source,
    record: dict[str, Any],
    by: "User",
    at: datetime,
    rights: Rights | None = None,
    access: Access | None = None,
    public_descriptor: str | None = None,
) -> Source:
    """Replace the bibliographic record of a source; its key stays. Equal content is no change.

    To let more people know a confidential source takes an editor, also where somebody closed it
    just now. One that becomes confidential is no longer opened; one that becomes one for named
    persons names who narrows it as a reader.
    """
    require(by, Role.CONTRIBUTOR)
    share_publisher_names()
    locked(source)
    source.refresh_from_db()
    read = read_record({**record, "id": source.key})
    new_access = access or Access(source.access)
    if new_access.opens(Access(source.access)):
        require(by, Role.EDITOR)
    descriptor = source.public_descriptor if public_descriptor is None else public_descriptor
    fields: dict[str, Any] = {
        **columns_of(read),
        "rights": rights or source.rights,
        "access": new_access,
        "public_descriptor": required_descriptor(new_access, descriptor),
    }
    if new_access != Access.PUBLIC:
        fields |= {"opened_at": None, "opened_by": None}
    changed = {name: new for name, new in fields.items() if getattr(source, name) != new}
    if changed:
        for name, new in changed.items():
            setattr(source, name, new)
        source.save(update_fields=list(changed))
        index_sources([source.pk])
        announce.notify(announce.record_revised, source=source, fields=sorted(changed), at=at)
    if "access" in changed and new_access == Access.NAMED:
        SourceReader.objects.get_or_create(source=source, reader=by)
    return source


@action
def open_source(*, source: Source, by: "User", at: datetime) -> Source:
    """Let everybody read a source, whatever rests on it. One that is open stays as it is.

    Raises SourceRefused for a confidential source, NotPermitted.
    """
    require(by, Role.EDITOR)
    source = locked(source)
    if source.is_confidential:
        raise SourceRefused(
            "confidential",
            f"The source {source.key} is confidential, so it is not opened. Change its access "
            "first.",
        )
    if source.opened_at is None:
        source.opened_at, source.opened_by = at, by
        source.save(update_fields=["opened_at", "opened_by"])
    return source


@action
def close_source(
    *,
    source: Source,
    by: "User",
    at: datetime,  # noqa: ARG001 - history keeps the time
) -> Source:
    """Take back that a source was opened: it is public as far as something published rests on it.

    Raises NotPermitted.
    """
    require(by, Role.EDITOR)
    source = locked(source)
    if source.opened_at is not None:
        source.opened_at = source.opened_by = None
        source.save(update_fields=["opened_at", "opened_by"])
    return source


@action
def add_series(
    *, key: str, title: str, sources: Sequence[Source], by: "User", at: datetime
) -> Series:
    """Put sources of one kind in order. A series of that key takes on the title and the order."""
    require(by, Role.CONTRIBUTOR)
    if not is_key(key):
        raise SourceRefused(
            "not_a_key",
            f"{quoted(key)} is not a key. Use letters a to z, digits, - and _, at most 100.",
        )
    title = clean_words(title, name="title", limit=300, required=True)
    series, _created = Series.objects.get_or_create(key=key, defaults={"title": title})
    series = Series.objects.select_for_update(no_key=True).get(pk=series.pk)
    if series.title != title:
        series.title = title
        series.save(update_fields=["title"])
    old = list(series.members.order_by("position").values_list("source_id", flat=True))
    new = [source.pk for source in sources]
    if len(set(new)) != len(new):
        raise SourceRefused(
            "named_twice", f"The series {key} names a source twice; name each once."
        )
    if old != new:
        series.members.all().delete()
        SeriesMember.objects.bulk_create(
            SeriesMember(series=series, source=source, position=position)
            for position, source in enumerate(sources, start=1)
        )
        announce.notify(announce.series_changed, series=series, at=at)
    return series


def locked(source: Source) -> Source:
    """The source as it is now; who else captures or quotes it waits until the transaction ends."""
    row: Source = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    return row


def lock_sources(sources: Iterable[Source]) -> None:
    """Lock several sources in the one order in which all who lock several take them."""
    numbers = {source.pk for source in sources}
    rows = Source.objects.filter(pk__in=numbers).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))


def required_descriptor(access: Access, descriptor: str) -> str:
    """The descriptor that stands for a confidential source. Raises SourceRefused without one."""
    if access != Access.PUBLIC and not descriptor.strip():
        raise SourceRefused(
            "descriptor_missing",
            "A confidential source needs a public descriptor, such as “a senior official”.",
        )
    return clean_words(descriptor, name="public descriptor", limit=300)


def columns_of(record: Record) -> dict[str, Any]:
    """The columns of a source from its record. Call it under `share_publisher_names`."""
    days = parse_dates(record.issued).days if record.issued else None
    publisher = publisher_named(record.publisher) if record.publisher else None
    return {
        "type": record.type,
        "title": record.title,
        "authors": list(record.authors),
        "publisher": publisher,
        "container": record.container,
        "issued": record.issued,
        "issued_days": None if days is None else PgRange(days.lower, days.upper, "[)"),
        "url": record.url,
        "doi": record.doi,
        "isbn": record.isbn,
        "language": record.language,
        "number": record.number,
        "csl": record.csl,
        "search_text": search_text_of(
            title=record.title,
            authors=record.authors,
            publishers=[record.publisher, publisher.name if publisher else ""],
            container=record.container,
        ),
    }
