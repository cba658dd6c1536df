"""References to entities, properties and topics in the API."""

from typing import Annotated, TypedDict, overload

from claims.models import Property, Topic
from claims.readings.facts import PropertyFacts, TopicFacts
from claims.readings.values import NameReading
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
def present_name(name: NameReading, visit: Visit) -> EntityRefShape: ...
@overload
def present_name(name: NameReading | None, visit: Visit) -> EntityRefShape | None: ...
def present_name(name: NameReading | None, visit: Visit) -> EntityRefShape | None:
    """Present an entity; for a source that the reader may not know, only its descriptor."""
    if name is None:
        return None
    return {
        "key": name.key,
        "url": None if name.key is None else f"{visit.root}entities/{name.key}/",
        "label": name.label,
        "kind": EntityKind(name.kind),
    }


def present_property_ref(
    item: Property | PropertyFacts | None, visit: Visit
) -> PropertyRefShape | None:
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
def present_topic_ref(topic: Topic | TopicFacts, visit: Visit) -> TopicRefShape: ...
@overload
def present_topic_ref(topic: Topic | TopicFacts | None, visit: Visit) -> TopicRefShape | None: ...
def present_topic_ref(topic: Topic | TopicFacts | None, visit: Visit) -> TopicRefShape | None:
    """Present a topic."""
    if topic is None:
        return None
    return {"key": topic.key, "url": f"{visit.root}topics/{topic.key}/", "name": topic.name}
