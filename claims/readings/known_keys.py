"""The keys of entities, properties, topics and fact sheets that a reader may ask for.

An entity stands for its parts and what was merged into it, too; a topic for those below it.
"""

from collections.abc import Collection, Mapping, Sequence

from claims.models import Edition, Entity, FactSheet, Property, Topic
from sources.readings.known_keys import KnownKeys
from sources.readings.reader import Reader

Found = Mapping[str, Collection[int]]


def _entities(keys: Sequence[str], reader: Reader) -> Found:
    return Entity.objects.closure(keys, reader.account, reader.at)


def _topics(keys: Sequence[str], reader: Reader) -> Found:
    return Topic.objects.closure(keys, reader.account, reader.at)


def _one_topic(keys: Sequence[str], reader: Reader) -> Found:
    closure = Topic.objects.closure(keys, reader.account, reader.at)
    return {key: [closure.roots[key]] for key in closure}


def _one_entity(keys: Sequence[str], reader: Reader) -> Found:
    closure = Entity.objects.closure(keys, reader.account, reader.at)
    return {key: [closure.roots[key]] for key in closure}


def _properties(keys: Sequence[str], reader: Reader) -> Found:
    found = dict(Property.objects.filter(key__in=keys).values_list("key", "pk"))
    known = Property.objects.all().ids_known_to(found.values(), reader.account, reader.at)
    return {key: [pk] for key, pk in found.items() if pk in known}


def _fact_sheets(keys: Sequence[str], reader: Reader) -> Found:
    """Those of which an edition was issued; a sheet that is being written is the desk's."""
    issued = Edition.objects.issued(reader.at).filter(fact_sheet__key__in=keys)
    return {key: [pk] for key, pk in issued.values_list("fact_sheet__key", "fact_sheet")}


ENTITIES = KnownKeys(Entity, _entities)
ENTITY_ALONE = KnownKeys(Entity, _one_entity)
TOPICS = KnownKeys(Topic, _topics)
TOPIC_ALONE = KnownKeys(Topic, _one_topic)
PROPERTIES = KnownKeys(Property, _properties)
FACT_SHEETS = KnownKeys(FactSheet, _fact_sheets)
