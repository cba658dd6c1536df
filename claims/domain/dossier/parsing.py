"""Reading the files of a dossier, strictly, into what the load writes."""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from claims.domain.dossier.claims import Known, read_account, read_claim
from claims.domain.dossier.contents import (
    ConflictEntry,
    Dossier,
    DossierRefused,
    EntityEntry,
    PropertyEntry,
    SeriesEntry,
    SourceEntry,
    TopicEntry,
)
from claims.domain.dossier.entry_reader import Entry, Faults, place_of
from claims.domain.dossier.records import check_origins, read_source
from claims.domain.values.bases import MAX_BASIS, clean_bases
from claims.domain.values.units import find_unit
from claims.vocabulary import EntityKind, PropertyTime, ValueKind
from sources.domain.refusals import quoted
from sources.domain.strict_json import JsonRefused, read_json
from sources.domain.text.search_folding import fold_for_search

SOURCES, DOSSIER = "sources.json", "dossier.json"

_KEYS = (
    *("id", "documents", "series", "topics", "entities", "properties"),
    *("claims", "conflicts", "expect"),
)
_ENTITY = ["id", "label", "kind", "aliases", "wikidata", "part_of", "source", "series"]
_PROPERTY = ["id", "label", "value", "unit", "single_valued", "time", "bases"]
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")
_MAX_LABEL = 300
_MAX_QUESTION = 500

ReadT = TypeVar("ReadT")


def parse_dossier(*, sources: bytes, dossier: bytes, folder: str, by: str) -> Dossier:
    """What the two files say; `folder` names a dossier that has no id, `by` writes its claims.

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
    top = Entry(raw_dossier, place="the file", faults=in_dossier, keys=_KEYS)
    if top.has("expect") and not isinstance(top.raw["expect"], dict):
        top.fault("wrong_type", "What stands at “expect” is no object.")

    def each(key: str, noun: str, read: Callable[[object, str], ReadT]) -> list[ReadT]:
        return [
            read(raw, place_of(noun, raw, position))
            for position, raw in enumerate(top.entries(key))
        ]

    sources = _sources(raw_sources, faults=in_sources)
    sources += each(
        "documents",
        "document",
        lambda raw, place: read_source(raw, place=place, faults=in_dossier, may_have_text=False),
    )
    _once("source", (source.key for source in sources), in_dossier)
    check_origins(sources, faults=in_sources)
    source_keys = frozenset(source.key for source in sources)
    series = each(
        "series", "series", lambda raw, place: _series(raw, place, in_dossier, source_keys)
    )
    series_keys = frozenset(one.key for one in series)
    topics = each("topics", "topic", lambda raw, place: _topic(raw, place, in_dossier))
    entities = each("entities", "entity", lambda raw, place: _entity(raw, place, in_dossier))
    _check_entities(entities, source_keys, series_keys, in_dossier)
    properties = each(
        "properties", "property", lambda raw, place: _property(raw, place, in_dossier)
    )
    account = Entry({"by": by}, place="the load", faults=in_dossier, keys=["by"])
    known = Known(
        author=read_account(account, "by"),
        sources=source_keys,
        series=series_keys,
        entities=frozenset(entity.key for entity in entities),
        properties={one.key: one for one in properties},
        topics={name: topic.key for topic in topics for name in (topic.key, topic.name)},
    )
    claims = each(
        "claims",
        "claim",
        lambda raw, place: read_claim(raw, place=place, faults=in_dossier, known=known),
    )
    ids = frozenset(claim.id for claim in claims)
    conflicts = each(
        "conflicts", "conflict", lambda raw, place: _conflict(raw, place, in_dossier, ids)
    )
    _once("series", (one.key for one in series), in_dossier)
    _once("topic", (topic.key for topic in topics), in_dossier)
    _once("entity", (entity.key for entity in entities), in_dossier)
    _once("property", (one.key for one in properties), in_dossier)
    _once("claim", (claim.id for claim in claims), in_dossier)
    return Dossier(
        namespace=top.text("id", limit=100) or folder[:100],
        author=known.author,
        sources=tuple(sources),
        series=tuple(series),
        topics=tuple(topics),
        entities=_wholes_first(entities, in_dossier),
        properties=tuple(properties),
        claims=tuple(claims),
        conflicts=tuple(conflicts),
    )


def _sources(raw: object, *, faults: Faults) -> list[SourceEntry]:
    if not isinstance(raw, list):
        faults.add("the file", "wrong_type", "It is no list. Write the records in [ and ].")
        return []
    return [
        read_source(
            record, place=place_of("source", record, position), faults=faults, may_have_text=True
        )
        for position, record in enumerate(raw)
    ]


def _series(raw: object, place: str, faults: Faults, sources: frozenset[str]) -> SeriesEntry:
    entry = Entry(raw, place=place, faults=faults, keys=["id", "title", "documents"])
    documents = entry.texts("documents", limit=100)
    for key in documents:
        if key not in sources:
            entry.fault("unknown_source", f"{quoted(key)} is no source of this dossier.")
    return SeriesEntry(
        key=entry.key("id"),
        title=entry.text("title", limit=_MAX_LABEL, required=True),
        sources=documents,
    )


def _topic(raw: object, place: str, faults: Faults) -> TopicEntry:
    """A topic by its name; the key is the slug of it."""
    entry = Entry({"name": raw}, place=place, faults=faults, keys=["name"])
    name = entry.text("name", limit=200, required=True)
    key = re.sub(r"[^a-z0-9]+", "-", fold_for_search(name)).strip("-")[:100]
    if name and not key:
        entry.fault(
            "no_key", f"{quoted(name)} has no letters a to z and no digits to make a key of."
        )
    return TopicEntry(key, name)


def _entity(raw: object, place: str, faults: Faults) -> EntityEntry:
    entry = Entry(raw, place=place, faults=faults, keys=_ENTITY)
    wikidata = entry.text("wikidata", limit=20)
    if wikidata and not _WIKIDATA.fullmatch(wikidata):
        entry.fault("not_wikidata", f"{quoted(wikidata)} is no Wikidata id; they look like Q148.")
    kind = entry.word("kind", EntityKind)
    for link, fitting in (("source", EntityKind.DOCUMENT), ("series", EntityKind.SERIES)):
        if entry.has(link) and kind not in (fitting, None):
            entry.fault("wrong_kind", f"It stands for a {link}, so its kind is {fitting}.")
    return EntityEntry(
        key=entry.key("id"),
        label=entry.text("label", limit=_MAX_LABEL, required=True),
        kind=kind or EntityKind.CONCEPT,
        aliases=entry.texts("aliases", limit=_MAX_LABEL),
        wikidata=wikidata,
        part_of=entry.text("part_of", limit=100),
        source=entry.text("source", limit=100),
        series=entry.text("series", limit=100),
    )


def _check_entities(
    entities: list[EntityEntry], sources: frozenset[str], series: frozenset[str], faults: Faults
) -> None:
    """Note links to what is not there, and two entities that stand for the same thing."""
    keys = frozenset(entity.key for entity in entities)
    stands_for: dict[tuple[str, str], str] = {}
    for entity in entities:
        place = place_of("entity", {"id": entity.key}, 0)
        for noun, key, known in (
            ("source", entity.source, sources),
            ("series", entity.series, series),
            ("entity", entity.part_of, keys),
        ):
            if key and key not in known:
                faults.add(place, f"unknown_{noun}", f"{quoted(key)} is no {noun} of this dossier.")
            if (
                key
                and noun != "entity"
                and stands_for.setdefault((noun, key), entity.key) != entity.key
            ):
                faults.add(
                    place,
                    "twice",
                    f"The {noun} {quoted(key)} is the entity {stands_for[noun, key]} already.",
                )


def _wholes_first(entities: list[EntityEntry], faults: Faults) -> tuple[EntityEntry, ...]:
    """The entities in their order, but each after what it is part of."""
    by_key = {entity.key: entity for entity in entities}
    placed: dict[str, EntityEntry] = {}
    for entity in entities:
        chain: list[EntityEntry] = []
        here: EntityEntry | None = entity
        while here is not None and here.key not in placed:
            if here in chain:
                faults.add(
                    place_of("entity", {"id": entity.key}, 0),
                    "circle",
                    "It is part of itself. Take one “part_of” out.",
                )
                return ()
            chain.append(here)
            here = by_key.get(here.part_of)
        placed |= {one.key: one for one in reversed(chain)}
    return tuple(placed.values())


def _property(raw: object, place: str, faults: Faults) -> PropertyEntry:
    entry = Entry(raw, place=place, faults=faults, keys=_PROPERTY)
    kind = entry.word("value", ValueKind) or ValueKind.TEXT
    unit = entry.text("unit", limit=40)
    if unit and kind is not ValueKind.QUANTITY:
        entry.fault(
            "unit_without_quantity", f"Only a quantity has a unit. Take {quoted(unit)} out."
        )
    elif unit and find_unit(unit) is None:
        entry.fault("unknown_unit", f"The unit {quoted(unit)} is not in the table of units.")
    return PropertyEntry(
        key=entry.key("id"),
        label=entry.text("label", limit=_MAX_LABEL, required=True),
        value_kind=kind,
        unit=unit,
        single_valued=entry.flag("single_valued", default=True),
        time=entry.word("time", PropertyTime, PropertyTime.STATE) or PropertyTime.STATE,
        bases=tuple(clean_bases(entry.texts("bases", limit=MAX_BASIS))),
    )


def _conflict(raw: object, place: str, faults: Faults, claims: frozenset[str]) -> ConflictEntry:
    entry = Entry(raw, place=place, faults=faults, keys=["question", "members", "opened_by"])
    members = entry.texts("members", limit=200)
    for member in members:
        if member not in claims:
            entry.fault("unknown_claim", f"{quoted(member)} is no claim of this dossier.")
    if len(members) < 2:
        entry.fault("one_member", "A question is asked of two claims or more. Name them.")
    return ConflictEntry(
        question=entry.text("question", limit=_MAX_QUESTION, required=True),
        members=members,
        opened_by=read_account(entry, "opened_by"),
    )


def _once(noun: str, keys: Iterable[str], faults: Faults) -> None:
    """Note ids that several entries have."""
    seen: set[str] = set()
    for key in keys:
        if key and key in seen:
            faults.add(
                place_of(noun, {"id": key}, 0), "duplicate_id", "This id stands twice. Change one."
            )
        seen.add(key)
