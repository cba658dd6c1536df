"""The catalogue: entities, properties and topics by key.

The public learns of a row by what is published: a name entered for a claim that waits is for the
desk.
"""

from typing import Annotated, Any, TypedDict

from django.db.models import QuerySet

from claims.api.references import (
    EntityRefShape,
    PropertyRefShape,
    TopicRefShape,
    present_name,
    present_topic_ref,
)
from claims.models import Entity, Property, Topic
from claims.readings.list_filters import ENTITY_FILTERS, PROPERTY_FILTERS, TOPIC_FILTERS
from claims.readings.values import name_of
from claims.vocabulary import DateExtent, EntityKind, PropertyTime, ValueKind
from sources.api.views import ListAndDetailViewSet
from sources.api.visit import Visit


class EntityShape(TypedDict):
    """An entity: a subject or an asserter of claims."""

    key: str
    url: str
    label: str
    kind: EntityKind
    aliases: list[str]
    wikidata: Annotated[str, "The id in Wikidata; empty where there is none."]
    part_of: EntityRefShape | None
    merged_into: Annotated[EntityRefShape | None, "The entity to use instead."]
    source: Annotated[str | None, "The key of the source that it stands for."]
    series: Annotated[str | None, "The key of the series that it stands for."]


class PropertyShape(PropertyRefShape):
    """A property that entities can have."""

    date_extent: Annotated[
        DateExtent | None, "Whether a date of several days is one of them or all; null of others."
    ]
    single_valued: Annotated[bool, "Whether two different values at one time are a conflict."]
    bases: Annotated[list[str], "What its values are comparable on; empty where any text is."]


class TopicShape(TopicRefShape):
    """A subject heading."""

    parent: TopicRefShape | None


def present_entity(entity: Entity, visit: Visit) -> EntityShape:
    """Present an entity, which the reader must be allowed to know."""
    return {
        "key": entity.key,
        "url": f"{visit.root}entities/{entity.key}/",
        "label": entity.label,
        "kind": EntityKind(entity.kind),
        "aliases": entity.aliases,
        "wikidata": entity.wikidata,
        "part_of": present_name(name_of(entity.part_of, visit.asking), visit),
        "merged_into": present_name(name_of(entity.merged_into, visit.asking), visit),
        "source": entity.source.key if entity.source else None,
        "series": entity.series.key if entity.series else None,
    }


def present_property(item: Property, visit: Visit) -> PropertyShape:
    """Present a property."""
    return {
        "key": item.key,
        "url": f"{visit.root}properties/{item.key}/",
        "label": item.label,
        "value_kind": ValueKind(item.value_kind),
        "unit": item.unit,
        "time": PropertyTime(item.time),
        "date_extent": DateExtent(item.date_extent) if item.value_kind == ValueKind.DATE else None,
        "single_valued": item.single_valued,
        "bases": item.bases,
    }


def present_topic(topic: Topic, visit: Visit) -> TopicShape:
    """Present a topic."""
    return {
        "key": topic.key,
        "url": f"{visit.root}topics/{topic.key}/",
        "name": topic.name,
        "parent": present_topic_ref(topic.parent, visit),
    }


class EntityViewSet(ListAndDetailViewSet):
    """Entities, ordered by key. One that was merged stays, and names the one to use instead."""

    takes_known_at = True
    present = present_entity
    filters = ENTITY_FILTERS
    queryset = Entity.objects.none()

    def rows(self) -> QuerySet[Any]:
        """The entities that the reader may know."""
        found: QuerySet[Any] = Entity.objects.known_to(self.visit.reader, self.visit.at)
        return found.select_related("source", "series", "part_of__source", "merged_into__source")


class PropertyViewSet(ListAndDetailViewSet):
    """Properties, ordered by key."""

    takes_known_at = True
    present = present_property
    filters = PROPERTY_FILTERS
    queryset = Property.objects.none()

    def rows(self) -> QuerySet[Any]:
        """The properties that the reader may know."""
        found: QuerySet[Any] = Property.objects.known_to(self.visit.reader, self.visit.at)
        return found


class TopicViewSet(ListAndDetailViewSet):
    """Topics, ordered by key."""

    takes_known_at = True
    present = present_topic
    filters = TOPIC_FILTERS
    queryset = Topic.objects.none()

    def rows(self) -> QuerySet[Any]:
        """The topics that the reader may know."""
        known = Topic.objects.known_to(self.visit.reader, self.visit.at)
        found: QuerySet[Any] = known.select_related("parent")
        return found
