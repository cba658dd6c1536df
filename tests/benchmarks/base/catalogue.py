"""Entities, properties and topics of the filled base."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from claims.models import Entity, Property, Topic
from claims.vocabulary import EntityKind, PropertyTime, ValueKind
from sources.domain.text.search_folding import fold_for_search
from tests.benchmarks.base.load import load
from tests.benchmarks.base.sources import Library

TABLES = (Entity, Property, Topic)
# Four of ten claims are under the first, one in a hundred is under the second.
COMMON_TOPIC, RARE_TOPIC = "t-common", "t-rare"
TOPICS = 60
KINDS = [kind.value for kind in EntityKind if kind not in (EntityKind.DOCUMENT, EntityKind.SERIES)]

# Key, kind of value, unit, relation to time, whether there is one value at a time.
PROPERTIES = (
    ("share", ValueKind.QUANTITY, "percent", PropertyTime.STATE, True),
    ("growth", ValueKind.QUANTITY, "percent", PropertyTime.OVER, True),
    ("length", ValueKind.QUANTITY, "km", PropertyTime.STATE, True),
    ("deliveries", ValueKind.COUNT, "", PropertyTime.OVER, True),
    ("members", ValueKind.COUNT, "", PropertyTime.STATE, True),
    ("begun", ValueKind.DATE, "", PropertyTime.STATE, True),
    ("in-force", ValueKind.TRUTH, "", PropertyTime.STATE, True),
    ("owner", ValueKind.ENTITY, "", PropertyTime.STATE, True),
    ("status", ValueKind.TEXT, "", PropertyTime.STATE, True),
    ("partner", ValueKind.ENTITY, "", PropertyTime.STATE, False),
    ("mentions", ValueKind.PRESENCE, "", PropertyTime.STATE, True),
)


@dataclass
class Catalogue:
    """The catalogue as claims name it: by ids, with the keys that hashes are made of.

    `survivors` maps an entity that was merged to the one to use instead; `of_source` and
    `of_series` name the entities that stand for sources and series.
    """

    entities: dict[int, str] = field(default_factory=dict)
    survivors: dict[int, int] = field(default_factory=dict)
    of_source: dict[int, int] = field(default_factory=dict)
    of_series: dict[int, int] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    properties: list[Property] = field(default_factory=list)

    @property
    def presence(self) -> Property:
        """The property whose values are present and absent."""
        return self.properties[-1]


def load_catalogue(library: Library, chance: Random, *, claims: int) -> Catalogue:
    """Write an entity for every ten claims, eleven properties and sixty topics.

    Three in a hundred entities stand for a source, confidential ones among them, and one in a
    hundred was merged into the one before it.
    """
    catalogue = Catalogue()
    rows: list[dict[str, Any]] = []
    sources = list(library.keys)
    for number in range(1, max(claims // 10, 40) + 1):
        label = library.prose.sentence(1, 3).rstrip(".").title()
        row: dict[str, Any] = {
            "id": number,
            "key": f"e{number}",
            "label": f"{label} {number}",
            "kind": chance.choice(KINDS),
        }
        if number <= len(library.series):
            row |= {"kind": EntityKind.SERIES.value, "series_id": number}
            catalogue.of_series[number] = number
        elif number % 33 == 5 and number < len(sources):
            row |= {"kind": EntityKind.DOCUMENT.value, "source_id": sources[number]}
            catalogue.of_source[sources[number]] = number
        elif number % 100 == 70:
            row["merged_into_id"] = number - 2
            catalogue.survivors[number] = number - 2
        elif number % 20 == 11:
            row["part_of_id"] = number - 3
        row["search_text"] = fold_for_search(row["label"])
        catalogue.entities[number] = row["key"]
        rows.append(row)
    load(Entity, rows)
    catalogue.topics = {1: COMMON_TOPIC, 2: RARE_TOPIC}
    catalogue.topics |= {number: f"t{number}" for number in range(3, TOPICS + 1)}
    load(
        Topic,
        (
            {
                "id": number,
                "key": key,
                "name": f"Topic {key}",
                "parent_id": 3 + number % 4 if number > 6 and number % 5 == 0 else None,
            }
            for number, key in catalogue.topics.items()
        ),
    )
    catalogue.properties = [
        Property(
            pk=number, key=key, label=key, value_kind=kind, unit=unit, time=time, single_valued=one
        )
        for number, (key, kind, unit, time, one) in enumerate(PROPERTIES, start=1)
    ]
    load(
        Property,
        (
            {
                "id": one.pk,
                "key": one.key,
                "label": one.label,
                "value_kind": one.value_kind,
                "unit": one.unit,
                "time": one.time,
                "single_valued": one.single_valued,
            }
            for one in catalogue.properties
        ),
    )
    return catalogue
