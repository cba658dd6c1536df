"""References to entities, properties and topics in the API."""

from typing import Annotated, TypedDict, overload

from claims.models import Entity, Property, Topic
from claims.vocabulary import EntityKind, PropertyTime, ValueKind
from sources.api.visit import Visit


class EntityRefShape(TypedDict):
    """A reference to an entity."""

    key: Annotated[str | None, "Null where it stands for a confidential source."]
    url: str | None
    label: str
    kind: EntityKind


class PropertyRefShape(TypedDict):
    """A reference to a property."""

    key: str
    url: str
    label: str
    value_kind: ValueKind
    unit: str
    time: PropertyTime


class TopicRefShape(TypedDict):
    """A reference to a topic."""

    key: str
    url: str
    name: str


@overload
def present_entity_ref(entity: Entity, visit: Visit) -> EntityRefShape: ...
@overload
def present_entity_ref(entity: Entity | None, visit: Visit) -> EntityRefShape | None: ...
def present_entity_ref(entity: Entity | None, visit: Visit) -> EntityRefShape | None:
    """Present an entity; for a source that the reader may not know, only its descriptor."""
    if entity is None:
        return None
    kind = EntityKind(entity.kind)
    if entity.source is not None and not visit.knows(entity.source):
        return {"key": None, "url": None, "label": entity.source.public_descriptor, "kind": kind}
    return {
        "key": entity.key,
        "url": f"{visit.root}entities/{entity.key}/",
        "label": entity.label,
        "kind": kind,
    }


def present_property_ref(item: Property | None, visit: Visit) -> PropertyRefShape | None:
    """Present a property with kind, unit and time."""
    if item is None:
        return None
    return {
        "key": item.key,
        "url": f"{visit.root}properties/{item.key}/",
        "label": item.label,
        "value_kind": ValueKind(item.value_kind),
        "unit": item.unit,
        "time": PropertyTime(item.time),
    }


@overload
def present_topic_ref(topic: Topic, visit: Visit) -> TopicRefShape: ...
@overload
def present_topic_ref(topic: Topic | None, visit: Visit) -> TopicRefShape | None: ...
def present_topic_ref(topic: Topic | None, visit: Visit) -> TopicRefShape | None:
    """Present a topic."""
    if topic is None:
        return None
    return {"key": topic.key, "url": f"{visit.root}topics/{topic.key}/", "name": topic.name}
