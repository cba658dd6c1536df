"""Reading the files of a dossier, strictly, into what the load writes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

from claims.domain.dossier.claims import ClaimEntry
from claims.domain.dossier.contents import (
    ConflictEntry,
    Dossier,
    EntityEntry,
    FileEntry,
    PropertyEntry,
    SeriesEntry,
    TopicEntry,
)
from claims.domain.dossier.faults import DossierRefused, Faults, entry_place
from claims.domain.dossier.fields import Entry, Known, read_account
from claims.domain.dossier.records import SourceEntry, check_origins, read_source
from sources.domain.refusals import Refusal, quoted
from sources.domain.strict_json import JsonRefused, read_json

SOURCES, DOSSIER = "sources.json", "dossier.json"

EntryT = TypeVar("EntryT", bound=Entry)


def parse_dossier(*, sources: bytes, dossier: bytes, folder: str, by: str) -> Dossier:
    """Read the two files; `folder` names a dossier that has no id, `by` writes its claims.

    Raises DossierRefused with all faults that were found.
    """
    both = Faults(SOURCES), Faults(DOSSIER)
    raws: list[object] = []
    for data, faults in zip((sources, dossier), both, strict=True):
        try:
            raws.append(read_json(data, file=faults.file))
        except JsonRefused as refusal:
            faults.found.append(refusal)
    read = None
    if len(raws) == len(both):
        read = _read(raws[0], raws[1], in_sources=both[0], in_dossier=both[1], folder=folder, by=by)
    found = [*both[0].found, *both[1].found]
    if read is None or found:
        raise DossierRefused(found)
    return read


def _read(
    raw_sources: object,
    raw_dossier: object,
    *,
    in_sources: Faults,
    in_dossier: Faults,
    folder: str,
    by: str,
) -> Dossier:
    file = _file(raw_dossier, faults=in_dossier)
    if not isinstance(raw_sources, list):
        in_sources.add("the file", "wrong_type", "It is no list. Write the records in [ and ].")
        raw_sources = []
    source_ids = _ids("source", [*raw_sources, *file.documents], in_dossier)
    known = Known(
        author=by,
        source=source_ids,
        series=_ids("series", file.series, in_dossier),
        entity=_ids("entity", file.entities, in_dossier),
        claim=_ids("claim", file.claims, in_dossier),
    )

    def each(model: type[EntryT], noun: str, raws: Iterable[object], known: Known) -> list[EntryT]:
        read = (
            in_dossier.read(model, raw, place=entry_place(noun, raw, position), known=known)
            for position, raw in enumerate(raws)
        )
        return [entry for entry in read if entry is not None]

    sources = _sources(raw_sources, "source", faults=in_sources)
    documents = _sources(file.documents, "document", faults=in_dossier)
    check_origins([*sources, *documents], source_ids, faults=in_sources)
    series = each(SeriesEntry, "series", file.series, known)
    topics = each(TopicEntry, "topic", [{"name": raw} for raw in file.topics], known)
    _once("topic", (topic.key for topic in topics), in_dossier)
    entities = each(EntityEntry, "entity", file.entities, known)
    _check_entities(entities, in_dossier)
    properties = each(PropertyEntry, "property", file.properties, known)
    known = replace(
        known,
        # One with faults is known too, but its values are not read.
        property=dict.fromkeys(_ids("property", file.properties, in_dossier))
        | {one.id: one.known for one in properties},
        topic={name: topic.key for topic in topics for name in (topic.key, topic.name)},
    )
    try:
        read_account(by)
    except Refusal as refusal:
        in_dossier.pass_on("the load", refusal)
    claims = each(ClaimEntry, "claim", file.claims, known)
    conflicts = each(ConflictEntry, "conflict", file.conflicts, known)
    return Dossier(
        namespace=file.id or folder[:100],
        author=by,
        sources=(*sources, *documents),
        series=tuple(series),
        topics=tuple(topics),
        entities=_wholes_first(entities, in_dossier),
        properties=tuple(properties),
        claims=tuple(claims),
        conflicts=tuple(conflicts),
    )


def _file(raw: object, *, faults: Faults) -> FileEntry:
    """The lists of the file, those with faults empty."""
    file = faults.read(FileEntry, raw, place="the file")
    if file is not None:
        return file
    lists = {
        key: value
        for key, value in (raw.items() if isinstance(raw, dict) else ())
        if key in FileEntry.model_fields and isinstance(value, list)
    }
    return Faults(faults.file).read(FileEntry, lists, place="the file") or FileEntry()


def _sources(raws: Iterable[object], noun: str, *, faults: Faults) -> list[SourceEntry]:
    read: list[SourceEntry] = []
    for position, raw in enumerate(raws):
        place = entry_place(noun, raw, position)
        source = read_source(raw, place=place, faults=faults)
        if source is not None:
            read.append(source)
        if noun == "document" and isinstance(raw, dict) and raw.get("file"):
            faults.add(
                place,
                "file_here",
                "A document is cited without its text. Move it to sources.json.",
            )
    return read


def _ids(noun: str, raws: Iterable[object], faults: Faults) -> frozenset[str]:
    """The ids of entries, also of those with faults; what stands twice is noted."""
    ids = [raw["id"] for raw in raws if isinstance(raw, dict) and isinstance(raw.get("id"), str)]
    _once(noun, ids, faults)
    return frozenset(ids)


def _once(noun: str, ids: Iterable[str], faults: Faults) -> None:
    """Note ids that several entries have."""
    for one, count in Counter(ids).items():
        for _again in range(count - 1):
            faults.add(
                entry_place(noun, {"id": one}, 0),
                "duplicate_id",
                "This id stands twice. Change one.",
            )


def _check_entities(entities: list[EntityEntry], faults: Faults) -> None:
    """Note two entities that stand for the same thing."""
    stands_for: dict[tuple[str, str], str] = {}
    for entity in entities:
        for noun, key in (("source", entity.source), ("series", entity.series)):
            if key and stands_for.setdefault((noun, key), entity.id) != entity.id:
                faults.add(
                    entry_place("entity", {"id": entity.id}, 0),
                    "twice",
                    f"The {noun} {quoted(key)} is the entity {stands_for[noun, key]} already.",
                )


def _wholes_first(entities: list[EntityEntry], faults: Faults) -> tuple[EntityEntry, ...]:
    """The entities, each after what it is part of."""
    by_key = {entity.id: entity for entity in entities}
    wholes = {key: {entity.part_of} & by_key.keys() for key, entity in by_key.items()}
    try:
        return tuple(by_key[key] for key in TopologicalSorter(wholes).static_order())
    except CycleError as error:
        place = entry_place("entity", {"id": error.args[1][0]}, 0)
        faults.add(place, "circle", "It is part of itself. Take one “part_of” out.")
        return ()
