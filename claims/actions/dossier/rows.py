"""Loading what the claims of a dossier stand on: sources, series, topics, entities, properties."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from claims.actions.catalogue import (
    add_entity,
    add_property,
    add_topic,
    revise_entity,
    revise_property,
    revise_topic,
)
from claims.actions.dossier.loading import Loaded, count, entry
from claims.domain.dossier.contents import (
    Dossier,
    EntityEntry,
    PropertyEntry,
    SeriesEntry,
    TopicEntry,
)
from claims.domain.dossier.parsing import DOSSIER
from claims.domain.dossier.records import SourceEntry
from claims.models import Entity, Property, Topic
from sources.actions.action import ReadOutdated
from sources.actions.captures.capture import CaptureRefused, save_capture
from sources.actions.captures.texts import extract_text, record_text
from sources.actions.origins import add_origin
from sources.actions.quotes.grading import grade_source_again
from sources.actions.sources import add_series, add_source, revise_source
from sources.domain.bibliography.records import read_record
from sources.extraction.extract import ExtractedText, extract
from sources.models import Blob, Series, Source
from sources.vocabulary import ExtractionOutcome, Rights


def load_sources(loaded: Loaded, texts: Mapping[str, bytes]) -> None:
    """Load records, texts, origins and series."""
    for source in loaded.dossier.sources:
        with entry(source.stands_in, "source", source.id):
            loaded.sources[source.id] = load_source(loaded, source)
    for source in loaded.dossier.sources:
        with entry(source.stands_in, "source", source.id):
            load_origins(loaded, source)
            if source.file:
                load_text(loaded, source, texts[source.file])
    for series in loaded.dossier.series:
        with entry(DOSSIER, "series", series.id):
            loaded.series[series.id] = load_series(loaded, series)


def load_source(loaded: Loaded, given: SourceEntry) -> Source:
    """The source of a record."""
    tally, by, at = loaded.summary.sources, loaded.author, loaded.at
    source = Source.objects.filter(key=given.id).first()
    record = dict(given.record)
    if source is not None and is_as_given(source, given):
        tally.skipped += 1
        return source
    loaded.about_to_write()
    if source is None:
        tally.new += 1
        rights = given.rights or Rights.EXCERPTS
        return add_source(record=record, rights=rights, by=by, at=at)
    before = source.csl, source.rights
    source = revise_source(source=source, record=record, rights=given.rights, by=by, at=at)
    count(tally, is_changed=(source.csl, source.rights) != before)
    return source


def is_as_given(source: Source, given: SourceEntry) -> bool:
    """Whether a source has the record and the rights of its entry."""
    csl = read_record(dict(given.record)).csl
    return source.csl == csl and given.rights in (None, source.rights)


def load_origins(loaded: Loaded, given: SourceEntry) -> None:
    """The ties of a source to what it derives from; those that the desk added stay."""
    source = loaded.sources[given.id]
    known = set(source.origin_ties.values_list("origin__key", flat=True))
    for origin in given.origins:
        if origin.source not in known:
            loaded.about_to_write()
            add_origin(
                source=source,
                origin=loaded.sources[origin.source],
                kind=origin.kind,
                by=loaded.author,
                at=loaded.at,
            )


def load_text(loaded: Loaded, given: SourceEntry, data: bytes) -> None:
    """The text of a source; the same bytes are kept once."""
    source = loaded.sources[given.id]
    if has_text(source, given, data):
        loaded.summary.captures.skipped += 1
        return
    loaded.about_to_write()
    kept, is_new = save_capture(
        source=source, data=data, file_name=given.file, by=loaded.author, at=loaded.at
    )
    # Bytes that were kept before may have no text yet: a server can end between the two.
    is_unread = is_new or not kept.extractions.exists()
    extracted = loaded.extracted.get(given.file)
    if is_unread and extracted is not None and not kept.blob.layers.exists():
        record_text(capture=kept, extracted=extracted, at=loaded.at)
    elif is_unread:
        extract_text(capture=kept, at=loaded.at, data=data)
    latest = kept.extractions.order_by("pk").last()
    if latest is None or latest.outcome != ExtractionOutcome.TEXT:
        message = "" if latest is None else latest.message
        raise CaptureRefused("no_text", message or f"The file {given.file} gave no text.")
    if is_unread:
        with suppress(ReadOutdated):  # the job that the new text queued grades its quotes then
            grade_source_again(source=source, at=loaded.at)
    if is_new:
        loaded.summary.captures.new += 1
    else:
        count(loaded.summary.captures, is_changed=is_unread)


def has_text(source: Source, given: SourceEntry, data: bytes) -> bool:
    """Whether the source has a capture of these bytes, from which a text was extracted last."""
    sha256 = hashlib.sha256(data).hexdigest()
    same = source.captures.filter(blob__sha256=sha256, file_name=given.file, fetched_from="")
    capture = same.order_by("pk").first()
    latest = None if capture is None else capture.extractions.order_by("pk").last()
    return latest is not None and latest.outcome == ExtractionOutcome.TEXT


def extract_texts(dossier: Dossier, texts: Mapping[str, bytes]) -> dict[str, ExtractedText]:
    """Extract the texts of files whose bytes are not here yet, by file; nothing is locked or kept.

    Raises DossierRefused for a file that gives no text.
    """
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in texts.items()}
    here = Blob.objects.filter(sha256__in=hashes.values(), layers__isnull=False)
    known = set(here.values_list("sha256", flat=True))
    extracted: dict[str, ExtractedText] = {}
    for source in dossier.sources:
        name = source.file
        if name and name not in extracted and hashes[name] not in known:
            with entry(source.stands_in, "source", source.id):
                extracted[name] = extract(
                    texts[name],
                    media_type="",
                    file_name=name,
                    language=read_record(dict(source.record)).language,
                )
    return extracted


def load_series(loaded: Loaded, given: SeriesEntry) -> Series:
    """The sources of a series, in their order."""
    before = title_and_members(given.id)
    if before == (given.title, list(given.documents)):
        loaded.summary.series.skipped += 1
        return Series.objects.get(key=given.id)
    loaded.about_to_write()
    series = add_series(
        key=given.id,
        title=given.title,
        sources=[loaded.sources[key] for key in given.documents],
        by=loaded.author,
        at=loaded.at,
    )
    if before is None:
        loaded.summary.series.new += 1
    else:
        count(loaded.summary.series, is_changed=title_and_members(given.id) != before)
    return series


def title_and_members(key: str) -> tuple[str, list[str]] | None:
    """Title and members of a series; None where it is not there."""
    series = Series.objects.filter(key=key).first()
    if series is None:
        return None
    members = series.members.order_by("position").values_list("source__key", flat=True)
    return series.title, list(members)


def load_catalogue(loaded: Loaded) -> None:
    """Load topics, entities and properties."""
    for topic in loaded.dossier.topics:
        with entry(DOSSIER, "topic", topic.name):
            loaded.topics[topic.key] = load_topic(loaded, topic)
    for entity in loaded.dossier.entities:
        with entry(DOSSIER, "entity", entity.id):
            loaded.entities[entity.id] = load_entity(loaded, entity)
    for given in loaded.dossier.properties:
        with entry(DOSSIER, "property", given.id):
            load_property(loaded, given)


def load_topic(loaded: Loaded, given: TopicEntry) -> Topic:
    """The topic of a name."""
    tally, by, at = loaded.summary.topics, loaded.author, loaded.at
    topic = Topic.objects.filter(key=given.key).first()
    if topic is None:
        loaded.about_to_write()
        tally.new += 1
        return add_topic(key=given.key, name=given.name, by=by, at=at)
    changed = differing(topic, {"name": given.name})
    count(tally, is_changed=bool(changed))
    if not changed:
        return topic
    loaded.about_to_write()
    return revise_topic(topic=topic, by=by, at=at, **changed)


def load_entity(loaded: Loaded, given: EntityEntry) -> Entity:
    """The entity of an entry; what the entry does not say stays as the desk has it."""
    tally, by, at = loaded.summary.entities, loaded.author, loaded.at
    fields: dict[str, Any] = {"label": given.label, "kind": given.kind}
    fields |= {
        name: value
        for name, value in {
            "aliases": list(given.aliases),
            "wikidata": given.wikidata,
            "part_of": loaded.entities.get(given.part_of),
            "source": loaded.sources.get(given.source),
            "series": loaded.series.get(given.series),
        }.items()
        if value
    }
    entity = Entity.objects.filter(key=given.id).first()
    if entity is None:
        loaded.about_to_write()
        tally.new += 1
        return add_entity(key=given.id, by=by, at=at, **fields)
    changed = differing(entity, fields)
    count(tally, is_changed=bool(changed))
    if not changed:
        return entity
    loaded.about_to_write()
    return revise_entity(entity=entity, by=by, at=at, **changed)


def load_property(loaded: Loaded, given: PropertyEntry) -> None:
    """The property of an entry; bases and extent that the entry does not name stay the desk's."""
    tally, by, at = loaded.summary.properties, loaded.author, loaded.at
    fields: dict[str, Any] = {
        "label": given.label,
        "value_kind": given.value,
        "unit": given.unit,
        "single_valued": given.single_valued,
        "time": given.time,
        **({"bases": list(given.bases)} if given.bases else {}),
        **({"date_extent": given.date_extent} if given.date_extent else {}),
    }
    known = Property.objects.filter(key=given.id).first()
    if known is None:
        loaded.about_to_write()
        tally.new += 1
        add_property(key=given.id, by=by, at=at, **fields)
        return
    changed = differing(known, fields)
    count(tally, is_changed=bool(changed))
    if changed:
        loaded.about_to_write()
        revise_property(property=known, by=by, at=at, **changed)


def differing(row: Entity | Property | Topic, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the row has otherwise."""
    return {name: value for name, value in fields.items() if getattr(row, name) != value}
